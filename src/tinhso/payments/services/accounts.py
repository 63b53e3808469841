"""Declare the bank account into which an agency collects; confirm it as a second person."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.payments import events, vietqr
from tinhso.payments.errors import (
    AccountBackdated,
    AccountDated,
    AccountInvalid,
    OwnProposal,
    ProposalSettled,
)
from tinhso.payments.models import AccountProposal, CollectingAccount
from tinhso.payments.permissions import PaymentPermission
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

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
) -> AccountProposal:
    """Declare the account of an agency from a day on (khai báo tài khoản thu), today at the earliest.

    It counts when a second person has confirmed it; it takes the place of what still waited.
    """
    require(actor, PaymentPermission.EDIT_ACCOUNT, agency=agency, at=at)
    official = _judged(facts)
    if official.since < day_of(at):
        raise AccountBackdated
    _require_later(agency, official.since)
    made = AccountProposal.objects.create(
        agency_id=agency, **asdict(official), at=at, actor=actor.key
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


@transaction.atomic
def confirm_account(key: UUID, *, actor: Actor, at: datetime) -> CollectingAccount:
    """Confirm as a second person the account that another declared (xác nhận tài khoản thu); the one before ends.

    It counts from its day, or from today where that day is past.
    """
    proposal = AccountProposal.objects.visible_to(actor, at=at).get_or_refuse(key)
    agency = proposal.agency_id
    require(actor, PaymentPermission.EDIT_ACCOUNT, agency=agency, at=at)
    Agency.objects.select_for_update().get(pk=agency)
    if not AccountProposal.objects.waiting().filter(pk=proposal.pk).exists():
        raise ProposalSettled
    if proposal.actor == actor.key:
        raise OwnProposal
    made = _begin(proposal, since=max(proposal.since, day_of(at)), actor=actor, at=at)
    record(
        events.ACCOUNT_CONFIRMED,
        subject=made.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"since": made.since, "bank": made.bank},
    )
    return made


def _begin(
    proposal: AccountProposal, *, since: date, actor: Actor, at: datetime
) -> CollectingAccount:
    """The account as it was declared, from a day on; the one before ends that day."""
    latest = _require_later(proposal.agency_id, since)
    if latest is not None and latest.until is None:
        latest.until = since
        latest.save(update_fields=["until"])
    return CollectingAccount.objects.create(
        agency_id=proposal.agency_id,
        bank=proposal.bank,
        bank_name=proposal.bank_name,
        number=proposal.number,
        holder=proposal.holder,
        since=since,
        at=at,
        actor=actor.key,
        proposal=proposal,
    )


def _require_later(agency: int, since: date) -> CollectingAccount | None:
    """The last account of the agency; refuses with `AccountDated` unless `since` is after it began."""
    latest = CollectingAccount.objects.filter(agency=agency).order_by("-since").first()
    if latest is not None and latest.since >= since:
        raise AccountDated(since=formatting.day(latest.since))
    return latest


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
