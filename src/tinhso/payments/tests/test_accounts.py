"""The account of an agency is dated data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.agencies.models import AgencyKind, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.payments import queries, services
from tinhso.payments.errors import (
    AccountBackdated,
    AccountDated,
    AccountInvalid,
    OwnProposal,
    ProposalSettled,
    ProposalUnknown,
)
from tinhso.payments.models import AccountProposal, CollectingAccount
from tinhso.payments.tests.factories import ACCOUNT, AT, DAY, SECOND, SYSTEM, account, officer
from tinhso.payments.vietqr import LONGEST_PURPOSE

if TYPE_CHECKING:
    from tinhso.payments.tests.factories import Till


def test_the_new_account_counts_from_its_day_and_the_former_until_then(till: Till) -> None:
    account(till.commune)
    begins = DAY + timedelta(days=10)
    newer = replace(ACCOUNT, number="0000 0000 02", since=begins)
    account(till.commune, newer)
    known = {
        day: getattr(queries.account_on(till.commune.pk, day), "number", None)
        for day in (DAY - timedelta(days=1), DAY, begins - timedelta(days=1), begins)
    }
    assert list(known.values()) == [None, "0000000001", "0000000001", "0000000002"]


def test_an_agency_without_one_collects_into_that_above_it(till: Till) -> None:
    account(till.province)
    found = queries.account_on(till.commune.pk, DAY)
    assert found is not None
    assert found.agency_id == till.province.pk


def test_a_code_carries_the_account_the_amount_and_the_reference(till: Till) -> None:
    assert queries.transfer_order(till.commune.pk, 15_000, "H99.41-1", on=DAY) is None
    account(till.commune)
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
    account(till.commune)
    with pytest.raises(AccountDated):
        services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    assert CollectingAccount.objects.count() == 1


def test_it_does_not_begin_before_today(till: Till) -> None:
    earlier = replace(ACCOUNT, since=DAY - timedelta(days=1))
    with pytest.raises(AccountBackdated):
        services.declare_account(till.commune.pk, earlier, actor=till.van, at=AT)
    assert not AccountProposal.objects.exists()
    assert not Event.objects.exists()


def test_until_a_second_person_confirms_it_no_code_carries_it(till: Till) -> None:
    declared = services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    assert queries.account_on(till.commune.pk, DAY) is None
    with pytest.raises(OwnProposal):
        services.confirm_account(declared.uuid, actor=till.van, at=AT)
    assert not CollectingAccount.objects.exists()
    made = services.confirm_account(declared.uuid, actor=SECOND, at=AT)
    assert (made.proposal, made.actor, made.since) == (declared, SECOND.key, DAY)
    kinds = list(Event.objects.order_by("id").values_list("kind", "actor"))
    assert kinds == [
        ("payments.account_declared", till.van.key),
        ("payments.account_confirmed", SECOND.key),
    ]


def test_confirmed_late_it_begins_late(till: Till) -> None:
    declared = services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    late = AT + timedelta(days=3)
    made = services.confirm_account(declared.uuid, actor=SECOND, at=late)
    assert made.since == DAY + timedelta(days=3)


def test_it_is_confirmed_once_and_a_later_declaration_takes_its_place(till: Till) -> None:
    first = services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    newer = replace(ACCOUNT, number="0000000002")
    later = AT + timedelta(minutes=1)
    second = services.declare_account(till.commune.pk, newer, actor=till.van, at=later)
    with pytest.raises(ProposalSettled):
        services.confirm_account(first.uuid, actor=SECOND, at=later)
    services.confirm_account(second.uuid, actor=SECOND, at=later)
    with pytest.raises(ProposalSettled):
        services.confirm_account(second.uuid, actor=SECOND, at=later)
    assert CollectingAccount.objects.get().number == "0000000002"


def test_who_keeps_no_accounts_there_does_not_see_it(till: Till) -> None:
    declared = services.declare_account(till.commune.pk, ACCOUNT, actor=till.van, at=AT)
    keeper = officer("Khoa", ("payments:account:edit",), till.elsewhere)
    for stranger in (till.minh, keeper):
        with pytest.raises(ProposalUnknown):
            services.confirm_account(declared.uuid, actor=stranger, at=AT)
    assert not CollectingAccount.objects.exists()


@pytest.mark.parametrize(
    ("reference", "purpose"),
    [
        ("H99.41-260914-0001", "PLP H99.41-260914-0001"),
        ("H48.36.41-260914-0001", "PLP H48.36.41-260914-0001"),
        ("H48.36.41.2-260914-0001", "H48.36.41.2-260914-0001"),
        ("H48.36.41.250-26-09-14-0001", "8.36.41.250-26-09-14-0001"),
    ],
)
def test_the_words_of_a_transfer_fit_and_are_never_cut_at_their_end(
    till: Till, reference: str, purpose: str
) -> None:
    account(till.commune)
    order = queries.transfer_order(till.commune.pk, 15_000, reference, on=DAY)
    assert order is not None
    assert order.purpose == purpose
    assert len(purpose) <= LONGEST_PURPOSE
    assert f"08{len(purpose):02d}{purpose}" in order.text


def test_a_cashier_does_not_change_the_account(till: Till) -> None:
    with pytest.raises(PermissionMissing):
        services.declare_account(till.commune.pk, ACCOUNT, actor=till.minh, at=AT)
    assert not CollectingAccount.objects.exists()
    assert not Event.objects.exists()


def test_an_account_declared_for_an_agency_that_ended_is_nobody_s_to_confirm(till: Till) -> None:
    gone = make_agency("Xã cũ", kind=AgencyKind.COMMUNE, parent=till.province, until=DAY)
    Succession.objects.create(
        predecessor=gone, successor=till.commune, kind="merge", on=DAY, legal_basis="Thử"
    )
    declared = services.declare_account(gone.pk, ACCOUNT, actor=SYSTEM, at=AT)
    keeper = officer("Khoa", ("payments:account:edit",), till.commune)
    assert not AccountProposal.objects.visible_to(keeper, at=AT).exists()
    with pytest.raises(ProposalUnknown):
        services.confirm_account(declared.uuid, actor=keeper, at=AT)
