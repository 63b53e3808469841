"""Interruptions in a play: which are possible now, and by which plan each goes into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers.models import Extension, Rating, State, Step, TransferRequest
from tinhso.dossiers.places import takers
from tinhso.dossiers.plans import guiding, interrupting, transferring, voicing
from tinhso.dossiers.plans.intake import RECEIPT_NODE
from tinhso.dossiers.queries.telling import guidance_of
from tinhso.dossiers.services.interrupting import CANCELLABLE, WITHDRAWABLE
from tinhso.dossiers.services.offering import ANSWER_TERM
from tinhso.dossiers.tests.deeds import Deed
from tinhso.dossiers.tests.factories import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows
    from tinhso.kernel.actors import Actor

TERM = Term(3, Unit.WORKING_DAYS)
COMPLAINT_ANSWER = {"is_right": False, "content": "Đúng hạn"}
COMPLAINT_TERM = Term(30, Unit.CALENDAR_DAYS)
AT_DESK = frozenset({"confirm_payment", "cancel_receipt", "guide", "correct"})


def possible(case: Case, applicant: Actor, at: datetime) -> list[Deed]:
    """Every interruption that the rules allow now."""
    found: list[tuple[str, Actor, dict[str, Any]]] = []
    if case.state is State.SUBMITTED:
        found.append(("guide", SYSTEM, {"content": "Ghi rõ hơn"}))
        found += [("correct", applicant, {})] if _is_guided(case) else []
    if all(step["act"] != "answer_complaint" for step in case.open_steps()):
        found.append(("complain", applicant, {"content": "Chậm"}))
    is_rated = Rating.objects.filter(pk=case.key_for(Rating, case.round)).exists()
    if case.state is State.HANDED_OVER and not is_rated:
        found.append(("rate", applicant, {"score": 5, "words": "Tốt"}))
    if case.state in WITHDRAWABLE and not case.is_decided:
        found.append(("withdraw", applicant, {}))
    found += [(name, SYSTEM, facts) for name, facts in _of_state(case, at)]
    deeds = [Deed(name, case.uuid, actor, at, facts=facts) for name, actor, facts in found]
    if not case.is_decided:
        deeds += [
            Deed("answer_transfer", case.uuid, SYSTEM, at, step["id"], answer)
            for step in case.open_steps()
            if step["act"] == "answer_transfer"
            for answer in ({"accepts": True}, {"accepts": False, "reason": "Không thuộc"})
        ]
    deeds += [
        Deed("answer_complaint", case.uuid, SYSTEM, at, step["id"], COMPLAINT_ANSWER)
        for step in case.open_steps()
        if step["act"] == "answer_complaint"
    ]
    return deeds


def _of_state(case: Case, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    if case.state is State.SUSPENDED:
        return [("resume", {"note": "Đã rõ"})]
    if case.state is State.AWAITING_PAYMENT:
        return [("confirm_payment", {"voucher": "BL-1"})]
    if case.state is State.HANDED_OVER:
        decision = {"decision_number": "7/QĐ", "decided_on": day_of(at), "reason": "Khiếu nại đúng"}
        return [("reopen", {**decision, "term": TERM})]
    if case.state is not State.IN_PROCESS:
        return []
    found: list[tuple[str, dict[str, Any]]] = [
        ("suspend", {"reason": "Chờ tòa"}),
        ("require_payment", {"amount": 50_000, "reason": "Lệ phí"}),
    ]
    is_extended = Extension.objects.filter(pk=case.key_for(Extension, case.round)).exists()
    if not is_extended and case.due_at and day_of(at) < day_of(case.due_at):
        found.append(("extend", {"reason": "Chậm", "term": TERM}))
    steps = [step for step in case.rows(Step).values() if step["node"] != RECEIPT_NODE]
    is_early = at <= due(case.working, case.dossier["received_at"], CANCELLABLE).at
    if is_early and all(step["closed_at"] is None for step in steps):
        found.append(("cancel_receipt", {"reason": "Nhầm"}))
    is_asked = any(step["act"] == "answer_transfer" for step in case.open_steps())
    if not is_asked and not case.is_decided:
        there = min(takers(case.definition, day_of(at)) - {case.dossier["competent_agency_id"]})
        found.append(("ask_transfer", {"agency": there, "reason": "Sai thẩm quyền"}))
    return found


def _is_guided(case: Case) -> bool:
    from tinhso.dossiers.models import Dossier  # noqa: PLC0415

    return guidance_of(Dossier(**case.dossier)) is not None


def asked_because(case: Case, step: UUID) -> str:
    """The reason with which another agency was asked; a case taken up half-way has it in the table alone."""
    for row in case.rows(TransferRequest).values():
        if row["step_id"] == step:
            return str(row["reason"])
    return TransferRequest.objects.get(step=step).reason


def _extend(case: Case, facts: Mapping[str, Any], by: Mapping[str, Any]) -> Rows:
    assert case.due_at is not None
    appointed = due(case.working, case.due_at, facts["term"])
    return interrupting.plan_extend(case, due=appointed, reason=facts["reason"], **by)


def _reopen(case: Case, facts: Mapping[str, Any], by: Mapping[str, Any]) -> Rows:
    rest = {name: value for name, value in facts.items() if name != "term"}
    return interrupting.plan_reopen(
        case,
        agency=case.dossier["competent_agency_id"],
        due=due(case.working, by["at"], facts["term"]),
        **rest,
        **by,
    )


def _complain(case: Case, facts: Mapping[str, Any], by: Mapping[str, Any]) -> Rows:
    until = due(case.working, by["at"], COMPLAINT_TERM).at
    return voicing.plan_complain(
        case, agency=case.dossier["competent_agency_id"], due_at=until, **facts, **by
    )


def _ask_transfer(case: Case, facts: Mapping[str, Any], by: Mapping[str, Any]) -> Rows:
    until = due(case.working, by["at"], ANSWER_TERM).at
    return transferring.plan_ask_transfer(case, due_at=until, **facts, **by)


PLANS: dict[str, Callable[[Case, Mapping[str, Any], Mapping[str, Any]], Rows]] = {
    "extend": _extend,
    "reopen": _reopen,
    "ask_transfer": _ask_transfer,
    "suspend": lambda case, facts, by: interrupting.plan_suspend(case, **facts, **by),
    "resume": lambda case, facts, by: interrupting.plan_resume(case, **facts, **by),
    "require_payment": lambda case, facts, by: interrupting.plan_require_payment(
        case, **facts, **by
    ),
    "confirm_payment": lambda case, facts, by: interrupting.plan_confirm_payment(
        case, **facts, **by
    ),
    "withdraw": lambda case, facts, by: interrupting.plan_withdraw(
        case, reason="", by="applicant", **facts, **by
    ),
    "cancel_receipt": lambda case, facts, by: interrupting.plan_cancel_receipt(case, **facts, **by),
    "complain": _complain,
    "rate": lambda case, facts, by: voicing.plan_rate(case, **facts, **by),
    "guide": lambda case, facts, by: guiding.plan_guide(case, **facts, **by),
}
