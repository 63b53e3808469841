"""The account of an agency is dated data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.payments import queries, services
from tinhso.payments.errors import AccountDated, AccountInvalid
from tinhso.payments.models import CollectingAccount
from tinhso.payments.tests.factories import ACCOUNT, AT, DAY

if TYPE_CHECKING:
    from tinhso.payments.tests.factories import Till


def test_the_new_account_counts_from_its_day_and_the_former_until_then(till: Till) -> None:
    services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    begins = DAY + timedelta(days=10)
    newer = replace(ACCOUNT, number="0000 0000 02", since=begins)
    services.declare_account(till.commune.pk, newer, actor=till.van, at=AT)
    known = {
        day: getattr(queries.account_on(till.commune.pk, day), "number", None)
        for day in (DAY - timedelta(days=1), DAY, begins - timedelta(days=1), begins)
    }
    assert list(known.values()) == [None, "0000000001", "0000000001", "0000000002"]


def test_an_agency_without_one_collects_into_that_above_it(till: Till) -> None:
    services.declare_account(till.province.pk, ACCOUNT, actor=till.van, at=AT)
    found = queries.account_on(till.commune.pk, DAY)
    assert found is not None
    assert found.agency_id == till.province.pk


def test_a_code_carries_the_account_the_amount_and_the_reference(till: Till) -> None:
    assert queries.transfer_order(till.commune.pk, 15_000, "H99.41-1", on=DAY) is None
    services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    order = queries.transfer_order(till.commune.pk, 15_000, "H99.41-1", on=DAY)
    assert order is not None
    assert "0006000000" in order.text
    assert "540515000" in order.text
    assert "PLP H99.41-1" in order.text
    assert queries.transfer_order(till.commune.pk, 0, "H99.41-1", on=DAY) is None


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"bank": "97040"}, {"bank"}),
        ({"number": "12-34"}, {"number"}),
        ({"holder": "  ", "bank": "abcdef"}, {"holder", "bank"}),
    ],
)
def test_what_is_no_account_is_refused_by_field(
    till: Till, changes: dict[str, str], wrong: set[str]
) -> None:
    facts = replace(ACCOUNT, **changes)  # type: ignore[arg-type]
    with pytest.raises(AccountInvalid) as caught:
        services.declare_account(till.commune.pk, facts, actor=till.van, at=AT)
    assert set(caught.value.errors) == wrong
    assert not CollectingAccount.objects.exists()


def test_no_two_accounts_hold_on_one_day(till: Till) -> None:
    services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    earlier = replace(ACCOUNT, since=date(2026, 1, 1))
    with pytest.raises(AccountDated):
        services.declare_account(till.commune.pk, earlier, actor=till.van, at=AT)
    assert CollectingAccount.objects.count() == 1


def test_a_cashier_does_not_change_the_account(till: Till) -> None:
    with pytest.raises(PermissionMissing):
        services.declare_account(till.commune.pk, ACCOUNT, actor=till.minh, at=AT)
    assert not CollectingAccount.objects.exists()
    assert not Event.objects.exists()
