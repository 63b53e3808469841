"""Charge, take, cancel, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection

from tinhso.calendars.clock import day_of
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.payments import queries, services
from tinhso.payments.errors import (
    AccountMissing,
    AmountChanged,
    ChargePaid,
    ChargeUnknown,
    ChargeWithdrawn,
    NothingDue,
    PaymentUnknown,
    ReasonMissing,
    ReceiptCancelled,
    TransferReceipted,
    TransferUnnamed,
)
from tinhso.payments.models import (
    Charge,
    ChargeWithdrawal,
    Method,
    Payment,
    PaymentCancellation,
    PaymentLine,
    ReceiptCounter,
)
from tinhso.payments.naming import subjects_called
from tinhso.payments.tests.factories import (
    ACCOUNT,
    AT,
    DAY,
    account,
    charged,
    make_till,
    owed,
    taken,
)

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tinhso.kernel.errors import DomainError
    from tinhso.payments.tests.factories import Till

TABLES = (Charge, ChargeWithdrawal, Payment, PaymentCancellation, PaymentLine, Event)


@contextmanager
def refused(error: type[DomainError]) -> Iterator[None]:
    """The act is refused by that name, and nothing has happened: no row, no event, no number used."""
    before = [table.objects.count() for table in TABLES], list(ReceiptCounter.objects.values())
    with pytest.raises(error):
        yield
    assert (
        [table.objects.count() for table in TABLES],
        list(ReceiptCounter.objects.values()),
    ) == before


def test_money_is_taken_and_receipted_in_one_step(till: Till) -> None:
    payment = taken(till, owed(), owed("phi", 5_000))
    assert (payment.number, payment.amount, payment.day) == ("2026/0000001", 20_000, DAY)
    assert [line.amount for line in payment.lines.order_by("pk")] == [15_000, 5_000]
    event = Event.objects.get(kind="payments.taken")
    assert (event.subject, event.payload["amount"]) == (payment.subject, 20_000)
    assert "Lan" not in str(Event.objects.values_list("payload"))


def test_the_log_names_what_is_paid_for_and_accounts_by_one_question(
    till: Till, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    payment, into = taken(till, owed(), owed("phi", 5_000)), account(till.commune)
    with django_assert_num_queries(1):
        named = subjects_called([payment.subject, into.uuid, uuid4()])
    code = Charge.objects.filter(subject=payment.subject).values_list("reference", flat=True)[0]
    assert named == {payment.subject: code, into.uuid: f"Tài khoản thu, {into.bank_name}"}


def test_it_is_paid_only_once(till: Till) -> None:
    payment = taken(till)
    with refused(NothingDue):
        services.take(
            payment.subject,
            agency=till.commune.pk,
            method=Method.CASH,
            expected=15_000,
            actor=till.minh,
            at=AT,
        )


def test_numbers_have_no_gaps_and_begin_anew_each_year(till: Till) -> None:
    first, second = taken(till), taken(till)
    (stale,) = charged(till)
    with refused(AmountChanged):
        services.take(
            stale.subject,
            agency=till.commune.pk,
            method=Method.CASH,
            expected=1,
            actor=till.minh,
            at=AT,
        )
    third, later = taken(till), taken(till, at=AT + timedelta(days=150))
    numbers = [str(payment) for payment in (first, second, third, later)]
    assert numbers == ["2026/0000001", "2026/0000002", "2026/0000003", "2027/0000001"]


def test_a_cashier_of_another_commune_sees_no_charge(till: Till) -> None:
    (charge,) = charged(till)
    with refused(NothingDue):
        services.take(
            charge.subject,
            agency=till.commune.pk,
            method=Method.CASH,
            expected=15_000,
            actor=till.nam,
            at=AT,
        )


def test_who_only_reads_takes_nothing(till: Till) -> None:
    (charge,) = charged(till)
    with refused(PermissionMissing):
        services.take(
            charge.subject,
            agency=till.commune.pk,
            method=Method.CASH,
            expected=15_000,
            actor=till.hoa,
            at=AT,
        )


def test_a_fee_is_charged_once(till: Till) -> None:
    (charge,) = charged(till)
    assert charged(till, subject=charge.subject) == []
    assert Event.objects.filter(kind="payments.charged").count() == 1


def test_of_zero_dong_it_is_settled_from_birth_and_still_a_figure(till: Till) -> None:
    (charge,) = charged(till, owed(amount=0, full=15_000))
    (line,) = queries.standing(charge.subject)
    assert (line.is_settled, charge.forgone) == (True, 15_000)
    assert not Event.objects.exists()


def test_a_cancelled_receipt_keeps_its_number_and_the_fee_is_owed_again(till: Till) -> None:
    account(till.commune)
    payment = taken(till)
    services.cancel(payment.uuid, reason=" Ghi nhầm ", actor=till.hoa, at=AT)
    assert PaymentCancellation.objects.get().reason == "Ghi nhầm"
    assert not queries.standing(payment.subject)[0].is_settled
    again = services.take(
        payment.subject,
        agency=till.commune.pk,
        method=Method.QR,
        expected=15_000,
        actor=till.minh,
        at=AT,
        bank_reference="FT0000",
    )
    assert str(again) == "2026/0000002"
    assert Payment.objects.count() == 2


def test_it_is_cancelled_once_with_a_reason_by_who_may(till: Till) -> None:
    payment = taken(till)
    with refused(PermissionMissing):
        services.cancel(payment.uuid, reason="Nhầm", actor=till.minh, at=AT)
    with refused(PaymentUnknown):
        services.cancel(payment.uuid, reason="Nhầm", actor=till.nam, at=AT)
    with refused(ReasonMissing):
        services.cancel(payment.uuid, reason=" ", actor=till.hoa, at=AT)
    services.cancel(payment.uuid, reason="Nhầm", actor=till.hoa, at=AT)
    with refused(ReceiptCancelled):
        services.cancel(payment.uuid, reason="Nhầm", actor=till.hoa, at=AT)


def test_a_charge_is_withdrawn_and_made_anew(till: Till) -> None:
    (charge,) = charged(till)
    services.withdraw(charge.uuid, reason="Tính nhầm", actor=till.hoa, at=AT)
    assert queries.standing(charge.subject) == []
    with refused(ChargeWithdrawn):
        services.withdraw(charge.uuid, reason="Tính nhầm", actor=till.hoa, at=AT)
    (again,) = charged(till, owed(amount=7_500), subject=charge.subject)
    assert (again.ordinal, again.amount) == (2, 7_500)


def test_a_paid_charge_is_not_withdrawn(till: Till) -> None:
    payment = taken(till)
    charge = Charge.objects.get()
    with refused(ChargePaid):
        services.withdraw(charge.uuid, reason="Nhầm", actor=till.hoa, at=AT)
    services.cancel(payment.uuid, reason="Nhầm", actor=till.hoa, at=AT)
    services.withdraw(charge.uuid, reason="Nhầm", actor=till.hoa, at=AT)
    with refused(ChargeUnknown):
        services.withdraw(uuid4(), reason="Nhầm", actor=till.hoa, at=AT)


def test_a_day_is_summed_by_method_and_a_closed_day_never_changes(till: Till) -> None:
    account(till.commune)
    first = taken(till)
    taken(till, owed(amount=40_000), method=Method.QR)
    tomorrow = AT + timedelta(days=1)
    services.cancel(first.uuid, reason="Nhầm", actor=till.hoa, at=tomorrow)
    today = queries.day_list(till.commune.pk, DAY, actor=till.minh, at=AT)
    sums = {total.method: (total.count, total.net) for total in today.totals}
    assert sums == {Method.CASH: (1, 15_000), Method.TRANSFER: (0, 0), Method.QR: (1, 40_000)}
    assert today.net == 55_000
    after = queries.day_list(till.commune.pk, DAY + timedelta(days=1), actor=till.minh, at=tomorrow)
    assert (after.count, after.net, len(after.cancellations)) == (0, -15_000, 1)
    assert queries.day_list(till.commune.pk, DAY, actor=till.nam, at=AT).count == 0


def by_transfer(till: Till, reference: str, at: datetime = AT) -> Payment:
    (charge,) = charged(till)
    return services.take(
        charge.subject,
        agency=till.commune.pk,
        method=Method.TRANSFER,
        expected=15_000,
        bank_reference=reference,
        actor=till.minh,
        at=at,
    )


def test_a_transfer_is_named_and_stands_behind_one_receipt(till: Till) -> None:
    with pytest.raises(AccountMissing):
        by_transfer(till, "FT1")
    account(till.commune)
    with pytest.raises(TransferUnnamed):
        by_transfer(till, "  ")
    first = by_transfer(till, "FT 26257 1")
    with pytest.raises(TransferReceipted):
        by_transfer(till, "ft262571")
    assert Payment.objects.get() == first
    services.cancel(first.uuid, reason="Ghi nhầm hồ sơ", actor=till.hoa, at=AT)
    assert by_transfer(till, "FT262571").transfer == "000000:0000000001:FT262571"


def test_a_transfer_to_the_former_account_is_not_receipted_again(till: Till) -> None:
    account(till.commune)
    first = by_transfer(till, "FT1")
    later = AT + timedelta(days=1)
    account(till.commune, replace(ACCOUNT, number="0000000002", since=day_of(later)), at=later)
    with pytest.raises(TransferReceipted):
        by_transfer(till, "FT1", later)
    services.cancel(first.uuid, reason="Ghi nhầm hồ sơ", actor=till.hoa, at=later)
    assert by_transfer(till, "FT1", later).transfer == "000000:0000000002:FT1"


def test_nor_one_to_the_account_above_from_before_there_was_an_own(till: Till) -> None:
    account(till.province)
    by_transfer(till, "FT1")
    later = AT + timedelta(days=1)
    account(till.commune, replace(ACCOUNT, number="0000000002", since=day_of(later)), at=later)
    with pytest.raises(TransferReceipted):
        by_transfer(till, "FT1", later)
    assert by_transfer(till, "FT2", later).agency_id == till.commune.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_cashiers_at_once_take_it_once() -> None:
    till = make_till()
    (charge,) = charged(till)
    start, outcomes = Barrier(2), []

    def work(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("taken")
        except NothingDue:
            outcomes.append("refused")
        finally:
            connection.close()

    def take() -> object:
        return services.take(
            charge.subject,
            agency=till.commune.pk,
            method=Method.CASH,
            expected=15_000,
            actor=till.minh,
            at=AT,
        )

    threads = [Thread(target=work, args=(take,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    assert Payment.objects.count() == 1
