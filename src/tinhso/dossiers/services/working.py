"""Assign, take, forward, send back, opinions, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import User
from tinhso.calendars.deadlines import Term, due
from tinhso.dossiers.errors import (
    AgencyNotOffering,
    ClockStopped,
    DecidedAlready,
    OfficerNotThere,
    ReasonMissing,
    StepTaken,
)
from tinhso.dossiers.errors_of_opinions import OpinionAskedBefore, OpinionAwaited
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans import working as plans
from tinhso.dossiers.queries.deciding import awaited_opinions
from tinhso.dossiers.queries.officers import officers_at
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.services.acting import (
    finish,
    lock,
    open_step,
    require_state,
    step_of,
    visible,
)
from tinhso.dossiers.services.stepping import UNDECIDED, begin_at_step
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.kernel.actors import Actor


@transaction.atomic
def assign(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    person: User | None,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Give a step to an officer of the agency where it lies, or take it from one (phân công)."""
    dossier = visible(key, actor=actor, at=at)
    place = step_of(dossier, step).agency_id
    require(actor, DossierPermission.ASSIGN, agency=place, at=at)
    if person is not None and not officers_at(place, at=at).filter(pk=person.pk).exists():
        raise OfficerNotThere
    case = lock(dossier, at=at, expected_version=expected_version)
    open_step(case, step, case.step(step)["act"], _("phân công"))

    rows = plans.plan_assign(
        case,
        step,
        person=person.pk if person else None,
        person_key=f"user:{person.uuid}" if person else "",
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def take(
    key: UUID, step: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Take a step that nobody holds (nhận xử lý): one that the actor may also do."""
    dossier = visible(key, actor=actor, at=at)
    found = step_of(dossier, step)
    place = found.agency_id
    require(actor, DossierPermission.TAKE, agency=place, at=at)
    require(actor, RIGHT_AT[found.act], agency=place, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    values = open_step(case, step, case.step(step)["act"], _("nhận xử lý"))
    person = getattr(actor, "user", None)
    if values["person_id"] is not None and values["person_id"] != person:
        holder = User.objects.get(pk=values["person_id"])
        raise StepTaken(person=holder.name)

    rows = plans.plan_assign(
        case, step, person=person, person_key=actor.key, actor=actor.key, at=at, taken=True
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def forward(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    outcome: str,
    note: str = "",
    unheard: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Finish a step of appraisal with one of its outcomes (chuyển bước).

    While an opinion is awaited it takes a word, `unheard`, that the work goes on without it.
    """
    case, place = begin_at_step(
        key,
        step,
        DossierPermission.FORWARD,
        actor=actor,
        act="forward",
        says=_("chuyển bước"),
        at=at,
        expected_version=expected_version,
    )
    rows = plans.plan_forward(
        case,
        step,
        outcome=outcome,
        note=note.strip(),
        unheard=_not_awaited(case, unheard=unheard, at=at),
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def send_back(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    to: str,
    note: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Send work back to an earlier step of the same branch (trả lại bước trước), with the reason."""
    if not note.strip():
        raise ReasonMissing
    case, place = begin_at_step(
        key,
        step,
        None,
        actor=actor,
        act=None,
        says=_("trả lại"),
        at=at,
        expected_version=expected_version,
        states=UNDECIDED,
    )
    rows = plans.plan_send_back(case, step, to=to, note=note.strip(), actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def ask_opinion(
    key: UUID,
    *,
    actor: Actor,
    agency: int,
    question: str,
    term: Term,
    again: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Ask another agency for its opinion (lấy ý kiến); the work goes on beside it.

    One that has not answered yet is asked something else only `again`, knowingly.
    """
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.ASK_OPINION, agency=place, at=at)
    if not question.strip():
        raise ReasonMissing
    if agency == place:
        raise AgencyNotOffering
    case = lock(dossier, at=at, expected_version=expected_version)
    if case.is_stopped:
        raise ClockStopped(act=_("lấy ý kiến"))
    require_state(case, UNDECIDED, _("lấy ý kiến"))
    if case.is_decided:
        raise DecidedAlready(act=_("lấy ý kiến"))
    _require_new(case, agency, question, again=again, at=at)

    rows = plans.plan_ask_opinion(
        case,
        agency=agency,
        question=question.strip(),
        due_at=due(case.working, at, term).at,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


def _require_new(case: Case, agency: int, question: str, *, again: bool, at: datetime) -> None:
    """The same question lies with an agency once; another one is put knowingly while the first is open."""
    open_there = [
        one for one in awaited_opinions(case.dossier["id"], at=at) if one.agency == agency
    ]
    is_same = any(one.question.split() == question.split() for one in open_there)
    if is_same or (open_there and not again):
        raise OpinionAskedBefore(who=open_there[0])


def _not_awaited(case: Case, *, unheard: bool, at: datetime) -> list[int]:
    """The agencies that were asked and have not answered: none, or whoever acts knows of them."""
    awaited = awaited_opinions(case.dossier["id"], at=at)
    if awaited and not unheard:
        raise OpinionAwaited(who="; ".join(map(str, awaited)))
    return sorted({one.agency for one in awaited})


@transaction.atomic
def give_opinion(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    agrees: bool,
    content: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Answer as the asked agency (cho ý kiến)."""
    if not content.strip():
        raise ReasonMissing
    case, place = begin_at_step(
        key,
        step,
        DossierPermission.GIVE_OPINION,
        actor=actor,
        act="give_opinion",
        says=_("cho ý kiến"),
        at=at,
        expected_version=expected_version,
    )
    rows = plans.plan_give_opinion(
        case, step, agrees=agrees, content=content.strip(), actor=actor.key, at=at
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def decide(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    approves: bool,
    reason: str = "",
    unheard: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Decide (quyết định giải quyết); a rejection gives its reason; `unheard` as when a step is finished."""
    if not approves and not reason.strip():
        raise ReasonMissing
    case, place = begin_at_step(
        key,
        step,
        DossierPermission.DECIDE,
        actor=actor,
        act="decide",
        says=_("quyết định"),
        at=at,
        expected_version=expected_version,
    )
    rows = plans.plan_decide(
        case,
        step,
        approves=approves,
        reason=reason.strip(),
        unheard=_not_awaited(case, unheard=unheard, at=at),
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)
