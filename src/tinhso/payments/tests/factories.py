"""Matters with fees owed, and the people who take money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from tinhso.accounts.actors import OfficerActor, actor_for
from tinhso.accounts.tests.factories import make_grant, make_role, make_user
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.actors import SystemActor
from tinhso.payments import services
from tinhso.payments.models import ChargeKind, Method, Moment
from tinhso.payments.services.accounts import AccountFacts
from tinhso.payments.services.charging import Bill, Owed

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor
    from tinhso.payments.models import Charge, CollectingAccount, Payment

AT = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
"""Monday 14 September 2026, 9:00 in Vietnam."""
DAY = date(2026, 9, 14)
SYSTEM = SystemActor("test")
SECOND = SystemActor("second")
"""Another person, for what two people do."""
CASHIER = ("payments:payment:read", "payments:payment:take")
HEAD = ("payments:payment:read", "payments:payment:cancel", "payments:charge:withdraw")
ACCOUNT = AccountFacts("000000", "Ngân hàng Thử nghiệm", "0000000001", "XA BA GIA", DAY)


@dataclass(frozen=True)
class Till:
    """A counter: the agency, its cashier Minh, its head Hoa; Nam is a cashier elsewhere, Vân keeps accounts."""

    province: Agency
    commune: Agency
    elsewhere: Agency
    minh: OfficerActor
    hoa: OfficerActor
    nam: OfficerActor
    van: OfficerActor


def officer(
    name: str, rights: tuple[str, ...], agency: Agency, *, deep: bool = False
) -> OfficerActor:
    """An officer with these rights at an agency."""
    user = make_user(name)
    make_grant(user, make_role(rights), agency, includes_subordinates=deep)
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def make_till() -> Till:
    """Two communes of a province, and their people."""
    province = make_agency("Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE)
    commune = make_agency("Xã Ba Gia", kind=AgencyKind.COMMUNE, parent=province)
    elsewhere = make_agency("Xã Ba Tơ", kind=AgencyKind.COMMUNE, parent=province)
    return Till(
        province=province,
        commune=commune,
        elsewhere=elsewhere,
        minh=officer("Minh", CASHIER, commune),
        hoa=officer("Hoa", HEAD, commune),
        nam=officer("Nam", CASHIER, elsewhere),
        van=officer("Vân", ("payments:account:edit",), province, deep=True),
    )


def owed(code: str = "le-phi", amount: int = 15_000, *, full: int | None = None) -> Owed:
    """One fee as a rule would say it."""
    lines = (f"Mức thu {amount} đồng.",)
    return Owed(
        code, "Lệ phí hộ tịch", ChargeKind.LEVY, amount, full or amount, lines, Moment.AT_RECEIPT
    )


def make_charges(
    agency: int, *fees: Owed, subject: UUID | None = None, at: datetime = AT
) -> list[Charge]:
    """A matter of the agency that was charged these fees."""
    bill = Bill(
        subject=subject or uuid4(),
        about="Cấp Giấy xác nhận tình trạng hôn nhân",
        reference="H99.41-260914-0001",
        payer="Lan Một",
        agency=agency,
        on=DAY,
    )
    return services.charge(bill, fees or (owed(),), actor=SYSTEM, at=at)


def make_payment(
    agency: int,
    *fees: Owed,
    method: Method = Method.CASH,
    actor: Actor = SYSTEM,
    at: datetime = AT,
) -> Payment:
    """A matter charged and paid."""
    charges = make_charges(agency, *fees, at=at)
    return services.take(
        charges[0].subject,
        agency=agency,
        method=method,
        expected=sum(charge.amount for charge in charges),
        bank_reference="" if method is Method.CASH else f"FT{charges[0].pk}",
        actor=actor,
        at=at,
    )


def charged(
    till: Till, *fees: Owed, subject: UUID | None = None, at: datetime = AT
) -> list[Charge]:
    """A matter of the commune that was charged these fees."""
    return make_charges(till.commune.pk, *fees, subject=subject, at=at)


def taken(till: Till, *fees: Owed, method: Method = Method.CASH, at: datetime = AT) -> Payment:
    """A matter of the commune, charged and paid."""
    return make_payment(till.commune.pk, *fees, method=method, actor=till.minh, at=at)


def account(
    agency: Agency, facts: AccountFacts = ACCOUNT, *, at: datetime = AT
) -> CollectingAccount:
    """The account into which an agency collects, declared and confirmed."""
    proposal = services.declare_account(agency.pk, facts, actor=SYSTEM, at=at)
    return services.confirm_account(proposal.uuid, actor=SECOND, at=at)
