"""Declare the bank account into which an agency collects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.payments import events, vietqr
from tinhso.payments.errors import AccountDated, AccountInvalid
from tinhso.payments.models import CollectingAccount
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class AccountFacts:
    """What is declared of an account: the bank by BIN and name, number, holder, first day."""

    bank: str
    bank_name: str
    number: str
    holder: str
    since: date


@transaction.atomic
def declare_account(
    agency: int, facts: AccountFacts, *, actor: Actor, at: datetime
) -> CollectingAccount:
    """Declare the account of an agency from a day on (khai báo tài khoản thu); the one before ends that day."""
    require(actor, PaymentPermission.EDIT_ACCOUNT, agency=agency, at=at)
    official = _judged(facts)
    Agency.objects.select_for_update().get(pk=agency)
    latest = CollectingAccount.objects.filter(agency=agency).order_by("-since").first()
    if latest is not None and latest.since >= official.since:
        raise AccountDated(since=f"{latest.since:%d/%m/%Y}")
    if latest is not None and latest.until is None:
        latest.until = official.since
        latest.save(update_fields=["until"])
    made = CollectingAccount.objects.create(
        agency_id=agency,
        bank=official.bank,
        bank_name=official.bank_name,
        number=official.number,
        holder=official.holder,
        since=official.since,
        at=at,
        actor=actor.key,
    )
    record(
        events.ACCOUNT_DECLARED,
        subject=made.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"since": made.since, "bank": made.bank},
    )
    return made


def _judged(facts: AccountFacts) -> AccountFacts:
    """The facts in their official form; `AccountInvalid` names what cannot be."""
    official = replace(
        facts,
        bank=facts.bank.strip(),
        bank_name=" ".join(facts.bank_name.split()),
        number="".join(facts.number.split()),
        holder=" ".join(facts.holder.split()),
    )
    errors: dict[str, list[str]] = {}
    if not vietqr.is_bank(official.bank):
        errors["bank"] = [_("Mã BIN của ngân hàng có đúng 6 chữ số.")]
    if not vietqr.is_account(official.number):
        errors["number"] = [_("Số tài khoản có 1 đến 19 chữ số hoặc chữ cái không dấu.")]
    if not official.holder:
        errors["holder"] = [_("Nhập tên chủ tài khoản.")]
    if errors:
        raise AccountInvalid(errors)
    return official
