"""Charge what a rule says is due; withdraw a charge that should not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from tinhso.events.services import record
from tinhso.payments import events, queries
from tinhso.payments.errors import ChargePaid, ChargeWithdrawn, ReasonMissing
from tinhso.payments.models import Charge, ChargeKind, ChargeWithdrawal, Moment
from tinhso.payments.permissions import PaymentPermission, require_over
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Owed:
    """One fee as a rule worked it out: `amount` and `full` (without reductions) in đồng, `lines` say why.

    `lines_en` say the same in English.
    """

    code: str
    name: str
    kind: ChargeKind
    amount: int
    full: int
    lines: tuple[str, ...]
    moment: Moment
    holds_result: bool = True
    lines_en: tuple[str, ...] = ()

    @property
    def why(self) -> Sequence[str]:
        """The lines in the language of the page."""
        return self.lines if is_vietnamese() else self.lines_en or self.lines


@dataclass(frozen=True)
class Bill:
    """For what, by whom and to whom the fees are owed.

    `subject` is the uuid of the matter, `reference` the code that people write on a transfer, `on` the day whose rules
    were applied.
    """

    subject: UUID
    about: str
    reference: str
    payer: str
    agency: int
    on: date


def plan_charges(
    bill: Bill, owed: Sequence[Owed], known: Mapping[str, int], *, actor: str, at: datetime
) -> list[Charge]:
    """The rows of the fees, numbered on from those `known` by code. Pure: no database, no clock."""
    return [
        Charge(
            subject=bill.subject,
            code=fee.code,
            ordinal=known.get(fee.code, 0) + 1,
            kind=fee.kind.value,
            name=fee.name,
            about=bill.about,
            reference=bill.reference,
            payer=bill.payer,
            agency_id=bill.agency,
            amount=fee.amount,
            full=fee.full,
            lines=list(fee.lines),
            lines_en=list(fee.lines_en),
            on=bill.on,
            moment=fee.moment.value,
            holds_result=fee.holds_result,
            at=at,
            actor=actor,
        )
        for fee in owed
    ]


@transaction.atomic
def charge(bill: Bill, owed: Sequence[Owed], *, actor: Actor, at: datetime) -> list[Charge]:
    """Charge the fees of one matter (lập khoản phải thu); a fee that stands charged already is left as it is.

    It follows from an act on the matter, which has required its own right and holds the matter's lock; so it is no
    right of its own.
    """
    standing = set(
        Charge.objects.standing().filter(subject=bill.subject).values_list("code", flat=True)
    )
    new = [fee for fee in owed if fee.code not in standing]
    if not new:
        return []
    known = dict(
        Charge.objects.filter(subject=bill.subject)
        .values_list("code")
        .annotate(last=Max("ordinal"))
    )
    charges = Charge.objects.bulk_create(plan_charges(bill, new, known, actor=actor.key, at=at))
    for row in charges:
        if row.amount == 0:  # nothing is owed, so nothing happened to anybody; the row is a figure
            continue
        payload = {"charge": row.uuid, "code": row.code, "amount": row.amount, "full": row.full}
        record(
            events.CHARGED,
            subject=row.subject,
            actor=actor,
            at=at,
            agency=row.agency_id,
            payload=payload,
        )
    return charges


@transaction.atomic
def withdraw(key: UUID, *, reason: str, actor: Actor, at: datetime) -> ChargeWithdrawal:
    """Withdraw a charge (hủy khoản phải thu) that was made wrongly and is not paid, with the reason."""
    found = Charge.objects.visible_to(actor, at=at).get_or_refuse(key)
    require_over(actor, PaymentPermission.WITHDRAW, agency=found.agency_id, at=at)
    if not reason.strip():
        raise ReasonMissing
    locked = Charge.objects.select_for_update().get(pk=found.pk)
    if ChargeWithdrawal.objects.filter(charge=locked).exists():
        raise ChargeWithdrawn
    paid = queries.payment_of(locked)
    if paid is not None:
        raise ChargePaid(number=paid.number)
    return _withdraw(locked, reason=reason.strip(), actor=actor, at=at)


@transaction.atomic
def withdraw_unpaid(subject: UUID, *, reason: str, actor: Actor, at: datetime) -> int:
    """Withdraw every charge of a matter for which money is still to come, as the matter itself ended; how many.

    Like `charge` it follows from an act on the matter, which has required its own right and holds the matter's lock.
    """
    owed = Charge.objects.filter(subject=subject)
    list(owed.select_for_update().order_by("pk"))  # no cashier takes money meanwhile
    unpaid = list(owed.unpaid().order_by("pk"))
    for row in unpaid:
        _withdraw(row, reason=reason, actor=actor, at=at)
    return len(unpaid)


def _withdraw(row: Charge, *, reason: str, actor: Actor, at: datetime) -> ChargeWithdrawal:
    made = ChargeWithdrawal.objects.create(charge=row, reason=reason[:1000], at=at, actor=actor.key)
    record(
        events.CHARGE_WITHDRAWN,
        subject=row.subject,
        actor=actor,
        at=at,
        agency=row.agency_id,
        payload={"charge": row.uuid, "code": row.code, "amount": row.amount},
    )
    return made
