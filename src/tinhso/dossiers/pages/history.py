"""Imported history (lịch sử hồ sơ): the batches with their undoing, and the dossiers that came with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries import history
from tinhso.dossiers.queries.showing import pace
from tinhso.dossiers.services.importing import remove_history
from tinhso.kernel.permissions import require
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.requests import ActedRequest

ROWS = 20


@require_safe
def batches(request: ActedRequest) -> HttpResponse:
    """What was brought in, the latest first."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.IMPORT_HISTORY, at=at)
    found = history.batches(actor, at=at)
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    context = {"page": page, "lines": history.lines_of(page, at)}
    return render(request, "dossiers/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActedRequest, key: UUID) -> HttpResponse:
    """Confirm, then take out everything that a batch brought in."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.IMPORT_HISTORY, at=at)
    if request.method == "POST":
        gone = remove_history(key, actor=actor, at=at)
        told = {"cases": number(gone.cases), "steps": number(gone.steps)}
        messages.success(request, _("Đã hủy đợt nhập: %(cases)s hồ sơ, %(steps)s bước.") % told)
        return redirect("dossiers:history")
    [line] = history.lines_of([history.batch(key, actor=actor, at=at)], at)
    return render(request, "dossiers/history_undo.html", {"line": line})


@require_safe
def dossiers(request: ActedRequest) -> HttpResponse:
    """Imported dossiers that the actor may see, found by the code of the old system."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ, at=at)
    search = request.GET.get("tim", "")[:200]
    found = history.dossiers(actor, search, at=at)
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    return render(request, "dossiers/history_dossiers.html", {"page": page, "search": search})


def dossier(request: ActedRequest, found: Dossier) -> HttpResponse:
    """An imported dossier, which the actor may see: what the log says of it."""
    steps = history.steps_of(found)
    context = {
        "dossier": found,
        "pace": pace(found, request.at),
        "competent": names_of([found.competent_agency_id], day_of(request.at)).get(
            found.competent_agency_id, ""
        ),
        "steps": steps,
        "more": found.imported_steps.count() - len(steps),
    }
    return render(request, "dossiers/imported.html", context)
