"""Extend, suspend, require payment, withdraw, cancel a receipt, reopen: acts of the law beside the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers import definitions
from tinhso.dossiers.errors import (
    CancellationTooLate,
    ClockStopped,
    DecidedAlready,
    DecisionAhead,
    ExtendedBefore,
    ExtensionTooLate,
    ReasonMissing,
    WorkBegun,
)
from tinhso.dossiers.models import Dossier, Extension, State, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import competent_on
from tinhso.dossiers.plans import interrupting as plans
from tinhso.dossiers.plans.intake import RECEIPT_NODE
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.kernel.permissions import require
from tinhso.parties.queries import stood_for
from tinhso.payments import services as payments
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.cases import Case
    from tinhso.kernel.actors import Actor

WITHDRAWABLE = frozenset(
    {
        State.SUBMITTED,
        State.IN_PROCESS,
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_PAYMENT,
        State.SUSPENDED,
    }
)
"""Until the matter is decided (rút hồ sơ)."""
CANCELLABLE = Term(1, Unit.WORKING_DAYS)
"""How long after receipt a mistake may be undone: to the end of the next working day. A rule of this house."""


def said(*texts: str) -> list[str]:
    """The texts without blanks around; refuses with `ReasonMissing` an empty one."""
    stripped = [text.strip() for text in texts]
    if not all(stripped):
        raise ReasonMissing
    return stripped


@transaction.atomic
def extend(
    key: UUID,
    *,
    actor: Actor,
    reason: str,
    term: Term,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Extend the appointed time once, with the apology (xin lỗi và gia hạn, mẫu 04), counted on from the old one.

    At the latest on the day before the appointed one (NĐ 118/2025/NĐ-CP keeps the rule of Điều 19 NĐ 61/2018/NĐ-CP).
    """
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.EXTEND, agency=place, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_running(case, _("gia hạn"))
    before = Extension.objects.filter(pk=case.key_for(Extension, case.round)).first()
    if before is not None:
        raise ExtendedBefore(day=formatting.day(day_of(before.due_after)))
    if case.due_at is None or day_of(at) >= day_of(case.due_at):
        raise ExtensionTooLate(day=formatting.day(day_of(case.due_at or at)))

    rows = plans.plan_extend(
        case, due=due(case.working, case.due_at, term), reason=why, actor=actor.key, at=at
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


def require_running(case: Case, act: StrOrPromise) -> None:
    """Refuse unless it is in process and its clock runs."""
    if case.is_stopped:
        raise ClockStopped(act=act)
    require_state(case, {State.IN_PROCESS}, act)


@transaction.atomic
def suspend(
    key: UUID, *, actor: Actor, reason: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Suspend the work (tạm dừng giải quyết, mẫu 05), with the reason; the clock stands still."""
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.SUSPEND, agency=place, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_running(case, _("tạm dừng"))

    rows = plans.plan_suspend(case, reason=why, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def resume(
    key: UUID, *, actor: Actor, note: str = "", at: datetime, expected_version: int | None = None
) -> Dossier:
    """Go on with suspended work (tiếp tục giải quyết): the appointed time moves by the time it stood still."""
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.SUSPEND, agency=place, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUSPENDED}, _("tiếp tục giải quyết"))

    rows = plans.plan_resume(case, note=note.strip(), actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def require_payment(
    key: UUID,
    *,
    actor: Actor,
    amount: int,
    reason: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Ask the applicant for a financial duty (yêu cầu nghĩa vụ tài chính), in đồng; the clock stands still."""
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.REQUIRE_PAYMENT, agency=place, at=at)
    (why,) = said(reason)
    if amount <= 0:
        raise ReasonMissing
    case = lock(dossier, at=at, expected_version=expected_version)
    require_running(case, _("yêu cầu nghĩa vụ tài chính"))

    rows = plans.plan_require_payment(case, amount=amount, reason=why, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def confirm_payment(
    key: UUID, *, actor: Actor, voucher: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """The duty is done (xác nhận đã nộp), by the voucher that the desk has seen; the clock goes on."""
    dossier = visible(key, actor=actor, at=at)
    place = dossier.receiving_agency_id
    require(actor, DossierPermission.CONFIRM_PAYMENT, agency=place, at=at)
    (proof,) = said(voucher)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.AWAITING_PAYMENT}, _("xác nhận nghĩa vụ tài chính"))

    rows = plans.plan_confirm_payment(case, voucher=proof, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def withdraw(
    key: UUID, *, actor: Actor, reason: str = "", at: datetime, expected_version: int | None = None
) -> Dossier:
    """Take the dossier back (rút hồ sơ), until it is decided: the applicant themselves, or the desk for them.

    The desk writes down why and how the applicant asked for it.
    """
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id if dossier.received_at else dossier.receiving_agency_id
    own = dossier.applicant_id in stood_for(actor)
    if not own:
        desk = dossier.receiving_agency_id
        require(actor, DossierPermission.WITHDRAW_FOR, agency=desk, at=at)
        said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, WITHDRAWABLE, _("rút hồ sơ"))
    if case.is_decided:
        raise DecidedAlready(act=_("rút hồ sơ"))

    rows = plans.plan_withdraw(
        case,
        reason=reason.strip(),
        by="applicant" if own else "desk",
        actor=actor.key,
        at=at,
    )
    why = reason.strip() or "Người nộp rút hồ sơ"
    payments.withdraw_unpaid(dossier.uuid, reason=why, actor=actor, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def cancel_receipt(
    key: UUID, *, actor: Actor, reason: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Cancel a receipt made by mistake (hủy tiếp nhận nhầm): soon after it, and before any step was completed."""
    dossier = visible(key, actor=actor, at=at)
    desk = dossier.receiving_agency_id
    require(actor, DossierPermission.CANCEL_RECEIPT, agency=desk, at=at)
    (why,) = said(reason)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.IN_PROCESS}, _("hủy tiếp nhận"))
    until = due(case.working, case.dossier["received_at"], CANCELLABLE).at
    if at > until:
        raise CancellationTooLate(until=formatting.moment(until))
    if any(
        step["closed_at"] is not None and step["node"] != RECEIPT_NODE
        for step in case.rows(Step).values()
    ):
        raise WorkBegun

    rows = plans.plan_cancel_receipt(case, reason=why, actor=actor.key, at=at)
    payments.withdraw_unpaid(dossier.uuid, reason=why, actor=actor, at=at)
    return finish(case, rows, actor=actor, at=at, agency=desk)


@transaction.atomic
def reopen(
    key: UUID,
    *,
    actor: Actor,
    decision_number: str,
    decided_on: date,
    reason: str,
    term: Term,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Take a concluded dossier up again by decision (mở lại hồ sơ); its time is counted anew from now."""
    dossier = visible(key, actor=actor, at=at)
    definition = definitions.of_version(dossier.procedure_id)
    place = competent_on(dossier, definition, day_of(at))
    require(actor, DossierPermission.REOPEN, agency=place, at=at)
    number, why = said(decision_number, reason)
    if decided_on > day_of(at):
        raise DecisionAhead(day=formatting.day(day_of(at)))
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.HANDED_OVER}, _("mở lại"))

    old = case.dossier["competent_agency_id"]
    case.places = {name: place if there == old else there for name, there in case.places.items()}
    rows = plans.plan_reopen(
        case,
        agency=place,
        decision_number=number,
        decided_on=decided_on,
        reason=why,
        due=due(case.working, at, term),
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)
