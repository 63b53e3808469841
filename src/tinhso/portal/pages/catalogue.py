"""The national catalogue: search together with our own procedures, browse, read one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.dossiers.queries.catalogue import (
    catalogue,
    catalogue_versions,
    find_anywhere,
    own_versions,
    sectors,
)
from tinhso.portal import catalogue as wording
from tinhso.portal.guides.finding import answering

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20
BROWSED_LEVELS = ("commune", "province", "ministry")


def found(request: ActedRequest, search: str) -> HttpResponse:
    """The answers to a search over all procedures, ours and the catalogue's, the best first."""
    lines, are_answers = find_anywhere(search)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    own = own_versions([line.code for line in page], day_of(request.at))
    rows = [(line, own.get(line.code), wording.levels(line.levels)) for line in page]
    rows = [row for row in rows if row[1] or row[0].entry_id]
    guides = answering(search, day_of(request.at)) if page.number == 1 else []
    context = {
        "page": page,
        "rows": rows,
        "search": search,
        "guides": guides,
        "are_answers": are_answers,
    }
    return render(request, "portal/found.html", context)


@require_safe
def browse(request: ActedRequest) -> HttpResponse:
    """The catalogue by level and sector."""
    level, sector = request.GET.get("cap", ""), request.GET.get("linh-vuc", "")
    level = level if level in BROWSED_LEVELS else ""
    known = sectors()
    sector = sector if sector in known else ""
    page = Paginator(catalogue(level=level, sector=sector), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page": page,
        "rows": [(version, wording.levels(version.levels)) for version in page],
        "levels": [
            ("", gettext("Tất cả")),
            *((code, wording.LEVELS[code]) for code in BROWSED_LEVELS),
        ],
        "sectors": [("", gettext("Tất cả")), *((name, name) for name in known)],
        "level": level,
        "sector": sector,
    }
    return render(request, "portal/catalogue.html", context)


@require_safe
def entry(request: ActedRequest, code: str) -> HttpResponse:
    """One procedure as the catalogue states it, with its source; and whether it can be filed here."""
    version, *former = catalogue_versions(code)
    own = own_versions([code], day_of(request.at)).get(code)
    context = {"version": version, "former": former, "own": own, **wording.told(version)}
    return render(request, "portal/catalogue_entry.html", context)
