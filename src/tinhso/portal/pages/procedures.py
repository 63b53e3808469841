"""Procedures: find one, read what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.fees import tariffs
from tinhso.dossiers.queries.lists import listings
from tinhso.dossiers.queries.procedures import find_procedures, open_channels, version_in_force
from tinhso.portal import channels
from tinhso.portal.pages import catalogue
from tinhso.portal.queries import LONGEST_SEARCH

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20
LEVELS = {
    "commune": _("Xã, phường, đặc khu"),
    "district": _("Huyện"),
    "province": _("Sở, ngành của tỉnh"),
}
AUDIENCES = {
    "citizen": _("Cá nhân"),
    "organisation": _("Doanh nghiệp, tổ chức"),
    "both": _("Cá nhân; doanh nghiệp, tổ chức"),
}


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """Procedures in force; a search goes over those of the national catalogue too."""
    search = request.GET.get("tim", "").strip()[:LONGEST_SEARCH]
    if search:
        return catalogue.found(request, search)
    found = Paginator(find_procedures("", day_of(request.at)), PER_PAGE)
    page = found.get_page(request.GET.get("trang"))
    rows = [(version, LEVELS.get(version.level, "")) for version in page]
    return render(request, "portal/procedures.html", {"page": page, "rows": rows})


@require_safe
def procedure(request: ActedRequest, code: str) -> HttpResponse:
    """What it is for, who may ask, papers, fee, time, steps, legal basis, where, result."""
    day = day_of(request.at)
    version = version_in_force(code, day)
    definition = definitions.of_version(version.pk)
    context = {
        "version": version,
        "definition": definition,
        "tariffs": tariffs(definition, day),
        "listings": listings(code, day),
        "level": LEVELS.get(definition.level, ""),
        "audience": AUDIENCES.get(definition.audience, ""),
        "ways": [channel.label for channel in open_channels(day) if channel.value != "api"],
        "channel": channels.filing_channel(request.at),
        "is_under_review": not all(basis["verified"] for basis in definition.legal_basis),
        "is_elsewhere": channels.is_filed_elsewhere(request.at),
        "national_portal": channels.NATIONAL_PORTAL,
    }
    return render(request, "portal/procedure.html", context)
