"""Reads: what a matter owes, which account is in force, what a cashier took on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from tinhso.agencies.queries import ancestors, inherited, sole_follower
from tinhso.payments.models import (
    Charge,
    CollectingAccount,
    Method,
    Payment,
    PaymentCancellation,
    PaymentLine,
    transfer_name,
)
from tinhso.payments.vietqr import LONGEST_PURPOSE, MOST, Destination, payload, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.payments.models import ChargeQuerySet


@dataclass(frozen=True)
class ChargeStanding:
    """A charge and the receipt that paid it, None while it is owed."""

    charge: Charge
    payment: Payment | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed for it: paid, or of zero đồng."""
        return self.payment is not None or self.charge.amount == 0


def standing(subject: UUID, charges: ChargeQuerySet | None = None) -> list[ChargeStanding]:
    """What one matter was charged and was not withdrawn, with what was paid, in order.

    Who asks has seen the matter itself; give `charges` to narrow it to what an actor sees.
    """
    rows = list(
        (Charge.objects if charges is None else charges)
        .filter(subject=subject, withdrawal=None)
        .order_by("pk")
    )
    lines = PaymentLine.objects.filter(charge__in=rows, payment__cancellation=None)
    paid = {line.charge_id: line.payment for line in lines.select_related("payment")}
    return [ChargeStanding(row, paid.get(row.pk)) for row in rows]


def payment_of(charge: Charge) -> Payment | None:
    """The payment that stands for a charge."""
    return Payment.objects.filter(lines__charge=charge, cancellation=None).first()


def account_on(agency: int, day: date) -> CollectingAccount | None:
    """The account into which the agency collects on the day: its own, else that of the nearest agency above it.

    Of an agency that has ended, that of who alone follows it: nothing is paid to who is no more.
    """
    place = sole_follower(agency, day)
    near = [place, *ancestors(place, day)]
    in_force = CollectingAccount.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    found = {row.agency_id: row for row in in_force.filter(agency__in=near)}
    return next((found[each] for each in near if each in found), None)


def receipted(reference: str, agency: int, account: CollectingAccount, *, on: date) -> bool:
    """Whether a receipt stands for the transfer of that reference to an agency that collects into the account that day.

    By whatever account of who keeps this one (also before a change, or before a reform) the receipt names; and by the
    accounts of the agency and of those above it, where the agency itself gave it.
    """
    theirs = {account.agency_id, *inherited([account.agency_id], on)}
    own = {agency, sole_follower(agency, on)}
    own |= inherited(own, on)
    near = own | {above for place in own for above in ancestors(place, on)}
    names: dict[bool, list[str]] = {True: [], False: []}
    for row in CollectingAccount.objects.filter(agency__in=theirs | near):
        names[row.agency_id in theirs].append(transfer_name(row.bank, row.number, reference))
    stands = Q(transfer__in=names[True]) | Q(transfer__in=names[False], agency__in=own)
    return Payment.objects.filter(stands).exists()


@dataclass(frozen=True)
class TransferOrder:
    """What a payer needs to transfer: account, amount, words; `text` is the VietQR code's."""

    account: CollectingAccount
    amount: int
    purpose: str
    text: str


def transfer_order(agency: int, amount: int, reference: str, *, on: date) -> TransferOrder | None:
    """How to transfer an amount for a reference; None when nothing is owed or no account is declared."""
    account = account_on(agency, on) if 0 < amount <= MOST else None
    if account is None:
        return None
    purpose = purpose_of(reference)
    text = payload(Destination(account.bank, account.number), amount=amount, purpose=purpose)
    return TransferOrder(account, amount, purpose, text)


def purpose_of(reference: str) -> str:
    """The words of a transfer for a reference, in the 25 characters that a code has room for.

    With `PLP` before it where there is room, else the reference alone, else its end: a dossier is found by the end of
    its number as well as by its beginning, and the end is what tells it from others.
    """
    code = plain(reference, len(reference))
    named = f"PLP {code}"
    return named if len(named) <= LONGEST_PURPOSE else code[-LONGEST_PURPOSE:].lstrip(" -./")


@dataclass(frozen=True)
class MethodTotal:
    """What came by one method on a day, less what was cancelled on it; amounts in đồng."""

    method: Method
    count: int
    taken: int
    cancelled: int

    @property
    def net(self) -> int:
        """Taken less cancelled."""
        return self.taken - self.cancelled


@dataclass(frozen=True)
class DayList:
    """A cashier's day (bảng kê thu trong ngày)."""

    payments: list[Payment]
    cancellations: list[PaymentCancellation]
    totals: list[MethodTotal]

    @property
    def net(self) -> int:
        """All that stays of the day, in đồng."""
        return sum(total.net for total in self.totals)

    @property
    def count(self) -> int:
        """Receipts given on the day, the cancelled ones among them."""
        return len(self.payments)


def day_list(agency: int, day: date, *, actor: Actor, at: datetime) -> DayList:
    """Receipts given and receipts cancelled at an agency on an official day, and their sums by method.

    A receipt of another day that was cancelled today lowers today's sum: a closed day never changes.
    """
    seen = Payment.objects.visible_to(actor, at=at).filter(agency=agency)
    payments = seen.filter(day=day).select_related("cancellation")
    cancelled = PaymentCancellation.objects.filter(payment__in=seen, day=day)
    return DayList(
        payments=list(payments.order_by("sequence")),
        cancellations=list(cancelled.select_related("payment").order_by("at")),
        totals=_totals(
            payments.values_list("method").annotate(Count("pk"), Sum("amount")),
            cancelled.values_list("payment__method").annotate(Sum("payment__amount")),
        ),
    )


def _totals(
    taken: Iterable[tuple[str, int, int]], cancelled: Iterable[tuple[str, int]]
) -> list[MethodTotal]:
    came = {method: (count, amount) for method, count, amount in taken}
    went = dict(cancelled)
    return [
        MethodTotal(method, *came.get(method.value, (0, 0)), went.get(method.value, 0))
        for method in Method
    ]
