"""Ask for what is missing, and take it in: the clock stops and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.calendars.deadlines import due, resume
from tinhso.dossiers import events
from tinhso.dossiers.definitions import AfterSupplement
from tinhso.dossiers.models import (
    Dossier,
    Resumption,
    State,
    Stop,
    Submission,
    SupplementRequest,
    Suspension,
)
from tinhso.dossiers.plans.bringing import IN_PERSON, Bringing, insert_bringing
from tinhso.dossiers.plans.confirming import AskedAnyway, insert_asked
from tinhso.dossiers.plans.intake import insert_papers
from tinhso.dossiers.plans.moving import end_work, repace, shift_alarms
from tinhso.dossiers.rows import Rows, moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.calendars.deadlines import Due
    from tinhso.dossiers.cases import Case


PHASES = {"reception": _("tiếp nhận"), "appraisal": _("thẩm định")}
"""Who may ask by the procedure's rule (`asked_in`): the desk before receipt, the competent agency afterwards."""


def phase_of(case: Case) -> str:
    """The phase in which a request would be made now."""
    return "appraisal" if case.dossier["received_at"] is not None else "reception"


def plan_request_supplement(
    case: Case,
    *,
    items: Sequence[str],
    reason: str,
    answer_by: date,
    actor: str,
    at: datetime,
    asked: Sequence[AskedAnyway] = (),
) -> Rows:
    """The applicant is asked for everything missing (yêu cầu bổ sung); the clock stops unless the rule says go on."""
    rows = Rows(
        events.SUPPLEMENT_REQUESTED, {"items": len(items), "answer_by": answer_by.isoformat()}
    )
    dossier = case.dossier["id"]
    request = case.key_for(SupplementRequest)
    is_received = case.dossier["received_at"] is not None
    rows.change(
        Dossier, dossier, state=State.AWAITING_SUPPLEMENT.value, version=case.dossier["version"] + 1
    )
    rows.insert(
        SupplementRequest,
        id=request,
        dossier_id=dossier,
        at=at,
        actor=actor,
        items=list(items),
        reason=reason,
        answer_by=answer_by,
        phase=phase_of(case),
    )
    insert_asked(case, rows, asked, request, actor=actor, at=at)
    stops = case.definition.supplement.after is not AfterSupplement.CONTINUE
    if is_received and stops:
        rows.insert(
            Suspension,
            id=case.key_for(Suspension),
            dossier_id=dossier,
            at=at,
            actor=actor,
            kind="supplement",
            request_id=request,
        )
    repace(case, rows, due_at=case.due_at, is_paused=stops or not is_received)
    return rows


def plan_supplement(
    case: Case,
    *,
    answers: Mapping[str, Any],
    papers: Sequence[tuple[str, int]],
    channel: str,
    actor: str,
    at: datetime,
    bringing: Bringing = IN_PERSON,
) -> Rows:
    """What was missing came (bổ sung hồ sơ): the appointed time is worked out anew by the rule of the procedure.

    The clock goes on from when the administration holds it: what came by post, from its arrival.
    """
    rows = Rows(events.SUPPLEMENTED, {"channel": channel})
    dossier = case.dossier["id"]
    request = open_request(case)
    submission = case.key_for(Submission)
    rows.insert(
        Submission,
        id=submission,
        dossier_id=dossier,
        at=at,
        actor=actor,
        channel=channel,
        answers=dict(answers),
        answered_request_id=request["id"],
    )
    insert_bringing(case, rows, submission, bringing, actor=actor, at=at)
    insert_papers(case, rows, submission, papers, actor=actor, at=at)
    due_at = _due_after(case, rows, actor=actor, at=at, came_at=bringing.came_at(at))
    is_received = case.dossier["received_at"] is not None
    state = State.IN_PROCESS if is_received else State.SUBMITTED
    rows.change(
        Dossier, dossier, state=state.value, due_at=due_at, version=case.dossier["version"] + 1
    )
    repace(case, rows, due_at=due_at, is_paused=False)
    if due_at:
        rows.payload["due_at"] = moment(due_at)
    return rows


def open_request(case: Case) -> dict[str, Any]:
    """The request that waits for its answer; `KeyError` never: the service has refused before."""
    answered = {row["answered_request_id"] for row in case.rows(Submission).values()}
    return next(row for key, row in case.rows(SupplementRequest).items() if key not in answered)


def plan_stop(case: Case, *, reason: str, actor: str, at: datetime) -> Rows:
    """The applicant never answered (dừng xử lý): what is open closes, no token and no alarm stays.

    The time that the applicant was awaited is taken out of the clock, so that their silence is nobody's delay.
    """
    rows = Rows(events.STOPPED, {"ground": "unanswered"})
    dossier = case.dossier["id"]
    rows.insert(
        Stop,
        id=case.key_for(Stop, 1),
        dossier_id=dossier,
        at=at,
        actor=actor,
        request_id=open_request(case)["id"],
        reason=reason,
    )
    due_at = case.due_at
    suspension = case.open_suspension()
    if suspension is not None and due_at is not None:
        new = resume(case.working, due_at, suspension["at"], at)
        due_at = new.at
        _insert_resumption(case, rows, suspension["id"], new, actor=actor, at=at)
    rows.change(
        Dossier,
        dossier,
        state=State.STOPPED.value,
        due_at=due_at,
        finished_at=at,
        version=case.dossier["version"] + 1,
    )
    end_work(case, rows, outcome="cancelled", actor=actor, at=at)
    return rows


def _due_after(
    case: Case, rows: Rows, *, actor: str, at: datetime, came_at: datetime
) -> datetime | None:
    suspension = case.open_suspension()
    if suspension is None or case.due_at is None:
        return case.due_at
    if case.definition.supplement.after is AfterSupplement.RESTART:
        rule = case.definition.supplement
        new = due(case.working, came_at, rule.restart_term or case.definition.term)
    else:
        new = resume(case.working, case.due_at, suspension["at"], came_at)
    _insert_resumption(case, rows, suspension["id"], new, actor=actor, at=at)
    shift_alarms(case, rows, suspension["at"], came_at)
    return new.at


def _insert_resumption(
    case: Case, rows: Rows, suspension: UUID, new: Due, *, actor: str, at: datetime
) -> None:
    rows.insert(
        Resumption,
        id=case.key_for(Resumption),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        suspension_id=suspension,
        due_before=case.due_at,
        due_after=new.at,
        explanation=[str(line) for line in new.lines],
    )
