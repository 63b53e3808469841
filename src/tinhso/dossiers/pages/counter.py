"""Receive at the counter (tiếp nhận tại quầy): choose way and procedure, fill in on one page, receive at once.

What comes by post or by a helper is typed in here too; any counter takes in what another unit settles.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.agencies.queries import ancestors
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions, desk_notices
from tinhso.dossiers.carding import fill_from_card
from tinhso.dossiers.errors import BringingIncomplete, DraftHandedIn, DraftNotFound
from tinhso.dossiers.fees import tariffs
from tinhso.dossiers.filing import Posted, take_in
from tinhso.dossiers.models import ON_PAPER, Channel, Draft
from tinhso.dossiers.pages import drafts, keeping, knowing
from tinhso.dossiers.pages.bringing import (
    channel_named,
    communes_on,
    desks_of,
    form_for,
    way_tabs,
    ways_open,
)
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.lists import online_only
from tinhso.dossiers.queries.procedures import find_procedures
from tinhso.dossiers.services import drafting
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.parties.identity import read_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from tinhso.dossiers.pages.bringing import BringingForm, Desks
    from tinhso.kernel.requests import ActedRequest

RECEIVE, KEEP = "receive", "keep"
"""The buttons that send. They come last in the form: without one the post was cut on its way, and is only kept."""
READ_CARD = "card"
"""The button that fills in from a scanned card, and the first of the form: a scanner ends its text with Enter."""


@dataclass
class Intake:
    """One application at the counter: its draft, the way it comes, the desk, what is asked of the way."""

    draft: Draft
    channel: Channel
    desks: Desks
    way: BringingForm
    posted: Posted | None = None
    filled: Sequence[str] = ()
    refusal: DomainError | None = None
    found: dict[str, Any] = field(default_factory=dict)


@require_safe
def choose(request: ActedRequest) -> HttpResponse:
    """Say which way it came, and find the procedure."""
    require(request.actor, DossierPermission.SUBMIT_FOR, at=request.at)
    search = request.GET.get("tim", "")[:200]
    found = find_procedures(search, day_of(request.at))
    ways = ways_open(day_of(request.at))
    named = channel_named(request.GET)
    channel = named if named in ways else next(iter(ways), named)
    context = {
        "versions": found[:50],
        "search": search,
        "tabs": way_tabs(ways, channel, request.GET),
        "channel": channel,
        "online_only": online_only(day_of(request.at)),
    }
    return render(request, "dossiers/counter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: ActedRequest, code: str) -> HttpResponse:
    """The whole form on one page; handed in and, if the desk says so, received in one go."""
    require(request.actor, DossierPermission.SUBMIT_FOR, at=request.at)
    key = _key(request)
    if key is None:
        return redirect(f"{request.path}?nhap={uuid4()}&kenh={channel_named(request.GET).value}")
    try:
        if request.method != "POST":
            return _page(request, _intake(request, code, key))
        return keeping.held(_sent(request, code, key))
    except DraftHandedIn:
        before = keeping.handed_in_before(request, key)
        if (
            before is None
        ):  # what an officer may not see is not there: dossier or draft, the answer is one
            raise DraftNotFound from None
        return before


def _sent(request: ActedRequest, code: str, key: UUID) -> HttpResponse:
    """What was sent: kept in the draft, then judged; refuses with `DraftHandedIn` what was handed in before."""
    intake = _intake(request, code, key)
    intake.posted = take_in(
        request, intake.draft, step=None, actor=request.actor, at=request.at, agency=_named(request)
    )
    if request.POST.get("then") == READ_CARD or knowing.asks(request.POST):
        return _answer(request, intake)
    if request.POST.get("then") not in {RECEIVE, KEEP}:
        intake.posted = replace(intake.posted, errors={}, asks_again=True)
    if intake.posted.asks_again or not intake.way.is_valid() or intake.posted.errors:
        return _page(request, intake)
    try:
        return _hand_in(request, intake)
    except DraftHandedIn:
        raise
    except DomainError as refusal:
        if not (isinstance(refusal, BringingIncomplete) and intake.way.add_refusal(refusal)):
            intake.refusal = refusal
        return _page(request, intake)


def _answer(request: ActedRequest, intake: Intake) -> HttpResponse:
    """A button about the card, the person or what is held of them: the page once more, nothing judged."""
    if request.POST["then"] == READ_CARD:
        return _page(request, _with_card(request, intake))
    intake.posted = None
    try:
        intake.found = knowing.answer(request, intake.draft, intake.desks.here)
    except DomainError as refusal:
        intake.refusal = refusal
    return _page(request, intake)


def _key(request: ActedRequest) -> UUID | None:
    """The uuid in the address, under which the draft is kept and the dossier will be known."""
    try:
        return UUID(request.GET.get("nhap", ""))
    except ValueError:
        return None


def _intake(request: ActedRequest, code: str, key: UUID) -> Intake:
    """The draft with the way it comes: as sent and kept from now on, else as it was kept."""
    channel = channel_named(request.GET)
    draft = _draft(request, code, key, channel)
    kept: dict[str, Any] = draft.intake or {}
    sent = request.POST if request.method == "POST" else None
    desks = desks_of(request.actor, sent.get("desk") if sent else kept.get("desk"), at=request.at)
    way = form_for(channel, sent, kept=kept, at=request.at, procedure=code)
    if sent is not None:
        typed = {name: sent.get(way.add_prefix(name), "")[:1000] for name in way.fields}
        also = knowing.typed(sent, draft)
        drafting.remember_intake(draft, {"desk": desks.here, "typed": typed, **also})
    return Intake(draft, channel, desks, way)


def _draft(request: ActedRequest, code: str, key: UUID, channel: Channel) -> Draft:
    """The draft of that uuid; a new one is written when the page is sent, not when it is looked at."""
    try:
        draft = drafting.find(key, actor=request.actor, held=drafts.held(request))
    except DraftNotFound:
        facts: dict[str, Any] = {"channel": channel, "agency": _named(request), "key": key}
        is_shown = request.method != "POST" and not Draft.objects.filter(uuid=key).exists()
        try:
            begin = drafting.blank if is_shown else drafting.start
            return begin(code, actor=request.actor, at=request.at, **facts)
        except IntegrityError:  # it is another's, or the same came at the same moment and was first
            draft = drafting.find(key, actor=request.actor, held=drafts.held(request))
    if draft.procedure.procedure.code != code:
        raise DraftNotFound
    return draft


def _named(request: ActedRequest) -> int | None:
    """The commune that was chosen to settle it, if one was."""
    return read_number(request.POST.get("agency", ""))


def _with_card(request: ActedRequest, intake: Intake) -> Intake:
    """The intake with the text of the scanned card in its form; without a text it is kept as typed, and shown again."""
    assert intake.posted is not None  # noqa: S101  (narrows the type)
    answers = intake.posted.answers
    text = request.POST.get("card", "").strip()
    form = definitions.of_version(intake.draft.procedure_id).form
    try:
        if text:
            answers, intake.filled = fill_from_card(form, answers, read_card(text))
            drafting.keep(intake.draft, answers, at=request.at)
    except DomainError as refusal:
        intake.refusal = refusal
    intake.posted = Posted(answers, {}, asks_again=True)
    return intake


def _hand_in(request: ActedRequest, intake: Intake) -> HttpResponse:
    received = request.POST["then"] == RECEIVE
    facts: dict[str, Any] = {
        "channel": intake.channel,
        "actor": request.actor,
        "at": request.at,
        "bringing": intake.way.came(intake.desks.here),
        **knowing.facts_of_desk(intake.draft),
    }
    if received:
        seen = (intake.draft.intake or {}).get("seen")
        dossier = drafting.hand_in_and_receive(intake.draft, seen=seen, **facts)
    else:
        dossier = drafting.hand_in(intake.draft, **facts)
    for one in knowing.open_alike_of(request, intake.draft):
        words = _("Người này còn hồ sơ %(number)s cùng thủ tục chưa giải quyết xong.")
        messages.warning(request, words % {"number": one})
    said = _("Đã tiếp nhận hồ sơ %(number)s.") if received else _("Đã nhập hồ sơ, chờ tiếp nhận.")
    messages.success(request, said % {"number": dossier.number} if received else said)
    return keeping.went(request, dossier.uuid)


def _page(request: ActedRequest, intake: Intake) -> HttpResponse:
    draft, posted = intake.draft, intake.posted
    definition = definitions.of_version(draft.procedure_id)
    form = definition.form
    answers = posted.answers if posted else drafting.answers_of(draft, at=request.at)
    asks_again = posted is not None and posted.asks_again
    errors = posted.errors if posted else {}
    ahead = intake.way.lines() if posted and not asks_again else []
    communes = communes_on(day_of(request.at)) if definition.level == "commune" else []
    context = {
        "draft": draft,
        "version": draft.procedure,
        "tariffs": tariffs(definitions.of_version(draft.procedure_id), day_of(request.at)),
        "channel": intake.channel,
        "way": intake.way,
        "desks": list(intake.desks.names.items()),
        "desk": intake.desks.here,
        "communes": communes,
        "settles": draft.agency_id or _own_commune(intake.desks.here, communes, request),
        "steps": [
            (step, rendering.fields(form, step, answers, errors)) for step in form.steps_of(answers)
        ],
        "summary": rendering.error_summary(form, answers, errors, ahead=ahead),
        "is_wrong": bool(errors or ahead),
        "refusal": intake.refusal,
        "filled": intake.filled,
        "told": desk_notices.told(intake.desks.here, request.at)
        if intake.channel in ON_PAPER
        else "",
        "takes_card": "citizen" in {kind.value for kind in form.fields["applicant_kind"].choices()},
        **knowing.shown(request, draft, answers, intake.refusal),
        **intake.found,
    }
    status = intake.refusal.status if intake.refusal else 422 if errors or ahead else 200
    return render(request, "dossiers/counter_form.html", context, status=status)


def _own_commune(
    desk: int | None, communes: Sequence[tuple[int, str]], request: ActedRequest
) -> int | None:
    """The commune whose counter this is: what it settles itself is the usual case."""
    keys = {key for key, _name in communes}
    near = [] if desk is None or not keys else [desk, *ancestors(desk, day_of(request.at))]
    return next((key for key in near if key in keys), None)
