"""At a reform what is owed goes with the work: to the successor, its cashier and its account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant, make_role
from tinhso.agencies.models import AgencyKind, AgencyPeriod, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.agencies.work_in_hand import WorkTransfer, providers
from tinhso.events.models import Event
from tinhso.payments import queries, services
from tinhso.payments.models import Charge, Method
from tinhso.payments.tests.factories import (
    ACCOUNT,
    AT,
    CASHIER,
    DAY,
    HEAD,
    SYSTEM,
    account,
    charged,
    make_charges,
    officer,
    owed,
    taken,
)

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.payments.tests.factories import Till

THEN = AT + timedelta(days=1)


def succeeded(till: Till, *, also: tuple[Agency, ...] = ()) -> Agency:
    """The commune ends tomorrow and one new commune, or several, follow it."""
    new = make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=till.province)
    tomorrow = DAY + timedelta(days=1)
    AgencyPeriod.objects.filter(agency=till.commune).update(until=tomorrow)
    for follower in (new, *also):
        Succession.objects.create(
            predecessor=till.commune,
            successor=follower,
            kind="merge",
            on=tomorrow,
            legal_basis="Thử",
        )
    return new


def moved(here: Agency, there: Agency) -> int:
    transfers = [WorkTransfer(here.pk, there.pk)]
    return providers["payments"].move(transfers, on=DAY, actor=SYSTEM, at=THEN)


def test_nothing_that_is_owed_stays_at_an_agency_that_ended(till: Till) -> None:
    (owing,) = charged(till)
    paid = taken(till)
    (free,) = charged(till, owed(amount=0, full=15_000))
    new = succeeded(till)
    here = till.commune.pk
    assert providers["payments"].count([here]) == {(here, ""): 1}
    assert moved(till.commune, new) == 1
    assert providers["payments"].count([here]) == {}
    assert Charge.objects.get(pk=owing.pk).agency_id == new.pk
    kept = Charge.objects.filter(subject__in=[paid.subject, free.subject])
    assert {row.agency_id for row in kept} == {here}
    event = Event.objects.get(kind="payments.charge_moved")
    assert (event.subject, event.agency) == (owing.subject, new.pk)
    assert event.payload == {"charge": str(owing.uuid), "from": here, "to": new.pk}


def test_the_field_of_an_agency_takes_no_money_along(till: Till) -> None:
    charged(till)
    transfers = [WorkTransfer(till.commune.pk, till.elsewhere.pk, "justice")]
    assert providers["payments"].move(transfers, on=DAY, actor=SYSTEM, at=AT) == 0
    assert Charge.objects.get().agency_id == till.commune.pk


def test_the_cashier_of_the_successor_takes_it(till: Till) -> None:
    (owing,) = charged(till)
    new = succeeded(till)
    moved(till.commune, new)
    payment = services.take(
        owing.subject,
        agency=new.pk,
        method=Method.CASH,
        expected=15_000,
        actor=officer("Tú", CASHIER, new),
        at=THEN,
    )
    assert payment.agency_id == new.pk


def test_a_code_shows_the_successor_s_account(till: Till) -> None:
    account(till.commune)
    new = succeeded(till)
    account(new, replace(ACCOUNT, number="0000000009"))
    before = queries.account_on(till.commune.pk, DAY)
    after = queries.account_on(till.commune.pk, DAY + timedelta(days=1))
    assert before is not None
    assert after is not None
    assert [before.number, after.number] == ["0000000001", "0000000009"]


def test_the_sole_successor_cancels_its_predecessor_s_receipt_and_is_owed(till: Till) -> None:
    payment = taken(till)
    new = succeeded(till)
    head = officer("Tú", HEAD, new)
    services.cancel(payment.uuid, reason="Ghi nhầm", actor=head, at=THEN)
    assert Charge.objects.unpaid().get().agency_id == new.pk


def test_one_of_several_successors_does_not_see_it(till: Till) -> None:
    payment = taken(till)
    new = succeeded(till, also=(till.elsewhere,))
    head = officer("Tú", HEAD, new)
    assert not type(payment).objects.visible_to(head, at=THEN).exists()
    assert not Charge.objects.visible_to(head, at=THEN).exists()


def test_whoever_heads_all_parts_cancels_its_receipt_and_withdraws_what_is_owed(till: Till) -> None:
    payment = taken(till)
    new = succeeded(till, also=(till.elsewhere,))
    head = officer("Tú", HEAD, till.province, deep=True)
    for part in (new, till.elsewhere):
        make_grant(User.objects.get(pk=head.user), make_role(HEAD), part)
    services.cancel(payment.uuid, reason="Ghi nhầm", actor=head, at=THEN)
    owing = Charge.objects.unpaid().get()
    assert owing.agency_id == till.commune.pk
    services.withdraw(owing.uuid, reason="Thu lại", actor=head, at=THEN)
    assert not Charge.objects.unpaid().exists()


def test_agencies_that_are_owed_nothing_cost_one_question(till: Till) -> None:
    taken(till)
    new = make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=till.province)
    transfers = [WorkTransfer(each.pk, new.pk) for each in (till.commune, till.elsewhere)]
    with CaptureQueriesContext(connection) as asked:
        assert providers["payments"].move(transfers, on=DAY, actor=SYSTEM, at=THEN) == 0
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 1


def test_what_came_to_an_agency_that_ends_too_goes_on(till: Till) -> None:
    charged(till)
    new = make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=till.province)
    transfers = [
        WorkTransfer(till.commune.pk, till.elsewhere.pk),
        WorkTransfer(till.elsewhere.pk, new.pk),
    ]
    assert providers["payments"].move(transfers, on=DAY, actor=SYSTEM, at=THEN) == 2
    assert Charge.objects.get().agency_id == new.pk


def test_before_the_day_the_successor_sees_nothing(till: Till) -> None:
    make_charges(till.commune.pk)
    new = succeeded(till)
    assert not Charge.objects.visible_to(officer("Tú", CASHIER, new), at=AT).exists()
