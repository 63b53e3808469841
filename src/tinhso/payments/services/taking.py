"""Take money and give its receipt; cancel a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from tinhso.agencies.queries import sole_follower
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.payments import events, queries
from tinhso.payments.errors import (
    AccountMissing,
    AmountChanged,
    NothingDue,
    ReasonMissing,
    ReceiptCancelled,
    TransferReceipted,
    TransferUnnamed,
)
from tinhso.payments.models import (
    Charge,
    CollectingAccount,
    Method,
    Payment,
    PaymentCancellation,
    PaymentLine,
    transfer_name,
)
from tinhso.payments.permissions import PaymentPermission, require_over
from tinhso.payments.services.moving import carry
from tinhso.ui.formatting import number as shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


def plan_payment(
    charges: Sequence[Charge],
    *,
    method: Method,
    sequence: int,
    day: date,
    bank_reference: str,
    actor: str,
    at: datetime,
) -> tuple[Payment, list[PaymentLine]]:
    """The receipt of these charges, of one matter and agency, and its lines. Pure: no database, no clock."""
    first = charges[0]
    payment = Payment(
        subject=first.subject,
        agency_id=first.agency_id,
        year=day.year,
        sequence=sequence,
        method=method.value,
        amount=sum(charge.amount for charge in charges),
        payer=first.payer,
        bank_reference=bank_reference,
        day=day,
        at=at,
        actor=actor,
    )
    return payment, [
        PaymentLine(payment=payment, charge=charge, amount=charge.amount) for charge in charges
    ]


@transaction.atomic
def take(
    subject: UUID,
    *,
    agency: int,
    method: Method,
    expected: int,
    actor: Actor,
    at: datetime,
    bank_reference: str = "",
) -> Payment:
    """Take what a matter owes to an agency and give the receipt (thu tiền, cấp biên lai), in one step.

    `expected` is the sum in đồng that was shown and paid: `AmountChanged` when it is not what is owed. A scanned code
    (VietQR) is taken when the officer saw that the money arrived: no bank tells this system.
    """
    owed = Charge.objects.visible_to(actor, at=at).filter(subject=subject, agency=agency)
    if not owed.exists():
        raise NothingDue
    require(actor, PaymentPermission.TAKE, agency=agency, at=at)
    list(owed.select_for_update(of=("self",)).order_by("pk"))  # one cashier at a time
    charges = list(owed.unpaid().order_by("pk"))
    if not charges:
        raise NothingDue
    total = sum(charge.amount for charge in charges)
    if total != expected:
        raise AmountChanged(amount=shown_number(total))

    day = day_of(at)
    payment, lines = plan_payment(
        charges,
        method=method,
        sequence=_next_sequence(agency, day.year),
        day=day,
        bank_reference=bank_reference.strip(),
        actor=actor.key,
        at=at,
    )
    payment.transfer = _transfer(payment)
    payment.save(force_insert=True)
    PaymentLine.objects.bulk_create(lines)
    record(
        events.TAKEN,
        subject=subject,
        actor=actor,
        at=at,
        agency=agency,
        payload={
            **_named(payment),
            "charges": [charge.uuid for charge in charges],
        },
    )
    return payment


def _transfer(payment: Payment) -> str | None:
    """What names the transfer behind a payment among all banks; None for cash.

    Refused without the bank's reference, without an account, and when another receipt stands for the transfer, also
    one to an account that was in force before. Two at once: the account is locked, so the second finds the first.
    """
    if payment.method == Method.CASH:
        return None
    reference = "".join(payment.bank_reference.split()).upper()
    if not reference:
        raise TransferUnnamed({"bank_reference": [str(TransferUnnamed.message)]})
    account = queries.account_on(payment.agency_id, payment.day)
    if account is None:
        raise AccountMissing
    same = CollectingAccount.objects.filter(bank=account.bank, number=account.number)
    list(same.select_for_update().order_by("pk"))
    if queries.receipted(reference, payment.agency_id, account, on=payment.day):
        raise TransferReceipted(reference=reference)
    return transfer_name(account.bank, account.number, reference)


def _next_sequence(agency: int, year: int) -> int:
    """The next receipt number; the counter stays locked until the act commits, and goes back with it: no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_receiptcounter (agency_id, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, year) DO UPDATE SET last = payments_receiptcounter.last + 1"
            " RETURNING last",
            [agency, year],
        )
        (last,) = cursor.fetchone()
    return int(last)


@transaction.atomic
def cancel(key: UUID, *, reason: str, actor: Actor, at: datetime) -> PaymentCancellation:
    """Cancel a receipt (hủy biên lai) with the reason, by a row against it; what it paid is owed again.

    It is owed to who alone follows an agency that has ended. Where several do, it stays in the name of that agency:
    whoever holds the right over all of them withdraws it there, to be charged where it belongs.
    """
    found = Payment.objects.visible_to(actor, at=at).get_or_refuse(key)
    require_over(actor, PaymentPermission.CANCEL, agency=found.agency_id, at=at)
    if not reason.strip():
        raise ReasonMissing
    payment = Payment.objects.select_for_update().get(pk=found.pk)
    if PaymentCancellation.objects.filter(payment=payment).exists():
        raise ReceiptCancelled(number=payment.number)
    Payment.objects.filter(pk=payment.pk).update(transfer=None)  # another receipt may stand for it
    cancellation = PaymentCancellation.objects.create(
        payment=payment, reason=reason.strip(), day=day_of(at), at=at, actor=actor.key
    )
    record(
        events.CANCELLED,
        subject=payment.subject,
        actor=actor,
        at=at,
        agency=payment.agency_id,
        payload=_named(payment),
    )
    place = sole_follower(payment.agency_id, day_of(at))
    if place != payment.agency_id:  # owed again, and to who alone stands in its place
        paid = Charge.objects.standing().filter(lines_paid__payment=payment)
        carry(paid.filter(agency=payment.agency_id), place, actor=actor, at=at)
    return cancellation


def _named(payment: Payment) -> dict[str, object]:
    return {
        "payment": payment.uuid,
        "number": payment.number,
        "method": payment.method,
        "amount": payment.amount,
    }
