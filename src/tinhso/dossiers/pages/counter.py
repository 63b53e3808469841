"""Receive at the counter (tiếp nhận tại quầy): choose the procedure, fill in on one page, receive at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions, services
from tinhso.dossiers.errors import DraftNotFound
from tinhso.dossiers.filing import take_in
from tinhso.dossiers.models import Channel, Draft
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.procedures import find_procedures
from tinhso.dossiers.services import drafting
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.dossiers.filing import Posted
    from tinhso.kernel.requests import ActedRequest


@require_GET
def choose(request: ActedRequest) -> HttpResponse:
    """Find the procedure that the person at the counter needs."""
    require(request.actor, DossierPermission.SUBMIT_FOR, at=request.at)
    search = request.GET.get("tim", "")[:200]
    found = find_procedures(search, day_of(request.at))
    return render(request, "dossiers/counter.html", {"versions": found[:50], "search": search})


@require_http_methods(["GET", "POST"])
def fill_in(request: ActedRequest, code: str) -> HttpResponse:
    """The whole form on one page; handed in and, if the desk says so, received in one go."""
    require(request.actor, DossierPermission.SUBMIT_FOR, at=request.at)
    key = _key(request)
    if key is None:
        return redirect(f"{request.path}?nhap={uuid4()}")
    draft = _draft(request, code, key)
    if request.method == "GET":
        return _page(request, draft, None, None)
    posted = take_in(
        request, draft, step=None, actor=request.actor, at=request.at, agency=_desk(request)
    )
    if posted.errors or posted.asks_again:
        return _page(request, draft, posted, None)
    try:
        return _hand_in(request, draft)
    except DomainError as refusal:
        return _page(request, draft, posted, refusal)


def _key(request: ActedRequest) -> UUID | None:
    """The uuid in the address, under which the draft is kept and the dossier will be known."""
    try:
        return UUID(request.GET.get("nhap", ""))
    except ValueError:
        return None


def _draft(request: ActedRequest, code: str, key: UUID) -> Draft:
    """The draft of that uuid; a new one is written when the page is sent, not when it is looked at."""
    try:
        draft = drafting.find(key, actor=request.actor)
    except DraftNotFound:
        if Draft.objects.filter(uuid=key).exists():
            raise
        begin = drafting.blank if request.method == "GET" else drafting.start
        return begin(
            code,
            channel=Channel.COUNTER,
            actor=request.actor,
            at=request.at,
            agency=_desk(request),
            key=key,
        )
    if draft.procedure.procedure.code != code:
        raise DraftNotFound
    return draft


def _desk(request: ActedRequest) -> int | None:
    """The agency chosen on the page, else the only one where the officer may receive."""
    chosen = request.POST.get("agency", "")
    if chosen.isdecimal():
        return int(chosen)
    scope = request.actor.scope(DossierPermission.SUBMIT_FOR, at=request.at)
    return next(iter(sorted(scope.agencies)), None)


def _hand_in(request: ActedRequest, draft: Draft) -> HttpResponse:
    dossier = drafting.hand_in(draft, channel=Channel.COUNTER, actor=request.actor, at=request.at)
    if request.POST.get("then") == "receive":
        dossier = services.receive(dossier.uuid, actor=request.actor, at=request.at)
        messages.success(request, _("Đã tiếp nhận hồ sơ %(number)s.") % {"number": dossier.number})
    else:
        messages.success(request, _("Đã nhập hồ sơ, chờ tiếp nhận."))
    return redirect("dossiers:dossier", dossier.uuid)


def _page(
    request: ActedRequest, draft: Draft, posted: Posted | None, refusal: DomainError | None
) -> HttpResponse:
    form = definitions.of_version(draft.procedure_id).form
    answers = posted.answers if posted else drafting.answers_of(draft, at=request.at)
    errors = posted.errors if posted else {}
    scope = request.actor.scope(DossierPermission.SUBMIT_FOR, at=request.at)
    context = {
        "draft": draft,
        "version": draft.procedure,
        "steps": [
            (step, rendering.fields(form, step, answers, errors)) for step in form.steps_of(answers)
        ],
        "summary": rendering.error_summary(form, answers, errors),
        "refusal": refusal,
        "desks": list(names_of(scope.agencies, day_of(request.at)).items()),
        "desk": draft.agency_id,
    }
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, "dossiers/counter_form.html", context, status=status)
