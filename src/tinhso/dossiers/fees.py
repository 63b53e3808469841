"""Fees by dated rules (phí, lệ phí): what a pack declares, what is due on a day and why. Pure but for `fee_due`.

A fee has rates that follow each other without gap, and reductions with a condition in the expression language. Of the
reductions that hold, the one that leaves the least applies; they are never added up. Money is whole đồng, an integer,
worked out in decimals and rounded half up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from tinhso.calendars.clock import day_of
from tinhso.dossiers import fee_words
from tinhso.dossiers.models import State
from tinhso.forms.expressions import BOOLEAN, DATE, NUMBER, STRING, evaluate, parse, record_of
from tinhso.payments import queries
from tinhso.payments.errors import FeeUnpaid
from tinhso.payments.models import Charge, ChargeKind, Moment
from tinhso.payments.services.charging import Owed
from tinhso.ui import formatting
from tinhso.ui.formatting import number
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier
    from tinhso.forms.expressions import Expression, Type
    from tinhso.forms.form import Form

HUNDRED = 100
RESULT_IS_NEAR = frozenset({State.DECIDED, State.HANDED_OVER})


@dataclass(frozen=True)
class Basis:
    """The article that a rule rests on; `verified` once somebody compared it with its text."""

    document: str
    article: str
    verified: bool

    def __str__(self) -> str:
        named = f"{self.document}, {self.article}" if self.article else self.document
        return named if self.verified else f"{named} ({gettext('chưa đối chiếu với văn bản')})"


@dataclass(frozen=True)
class Dated:
    """A rule in force from `since` until the day before `until`."""

    since: date
    until: date | None
    bases: tuple[Basis, ...]

    def holds_on(self, day: date) -> bool:
        """Whether it is in force that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def period(self) -> str:
        """The period in words."""
        since = formatting.day(self.since)
        if self.until is None:
            return gettext("từ %(day)s") % {"day": since}
        last = formatting.day(self.until - timedelta(days=1))
        return gettext("từ %(day)s đến hết %(last)s") % {"day": since, "last": last}

    @property
    def rests_on(self) -> str:
        """The articles in words."""
        return "; ".join(str(basis) for basis in self.bases)


@dataclass(frozen=True)
class Tier:
    """A case with an amount of its own within a rate (bậc, trường hợp), in đồng for one unit."""

    name: str
    when: str
    amount: int
    name_en: str = ""

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)


@dataclass(frozen=True)
class Rate(Dated):
    """How much for one unit (mức thu), in đồng: the first tier whose condition holds, else `amount`."""

    amount: int
    tiers: tuple[Tier, ...] = ()

    def tier_of(self, facts: Mapping[str, Any]) -> Tier | None:
        """The first tier whose condition holds."""
        return next((tier for tier in self.tiers if _holds(tier.when, facts)), None)


@dataclass(frozen=True)
class Reduction(Dated):
    """When less is paid (miễn, giảm): `percent` off, or `amount` đồng for one unit instead of the rate."""

    name: str
    when: str
    percent: int | None
    amount: int | None
    name_en: str = ""

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def told(self) -> str:
        """What it does and for whom, in the language of the page: `Miễn: hộ nghèo`."""
        return fee_words.told(self)

    def left_of(self, full: int, quantity: Decimal, round_to: int) -> int:
        """What remains to be paid of the full sum; never more than it."""
        if self.amount is not None:
            return min(full, rounded(self.amount * quantity, round_to))
        left = Decimal(full) * (HUNDRED - (self.percent or 0)) / HUNDRED
        return min(full, rounded(left, round_to))


@dataclass(frozen=True)
class Fee:
    """One fee or levy of a procedure (khoản phí, lệ phí)."""

    code: str
    name: str
    name_en: str
    kind: ChargeKind
    moment: Moment
    holds_result: bool
    judged_on: str
    unit: str
    quantity: str
    round_to: int
    rates: tuple[Rate, ...]
    reductions: tuple[Reduction, ...]
    unit_en: str = ""

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def unit_title(self) -> str:
        """What is counted, in the language of the page."""
        return worded(self.unit, self.unit_en)

    def rate_on(self, day: date) -> Rate | None:
        """The rate in force that day."""
        return next((rate for rate in self.rates if rate.holds_on(day)), None)

    def reductions_on(self, day: date) -> list[Reduction]:
        """The reductions in force that day, whether or not their condition is met."""
        return [reduction for reduction in self.reductions if reduction.holds_on(day)]


def rounded(amount: Decimal | int, round_to: int = 1) -> int:
    """The amount to the nearest multiple of `round_to` đồng, half up; nothing below zero."""
    steps = (Decimal(amount) / round_to).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return max(0, int(steps) * round_to)


def read_fees(content: Mapping[str, Any]) -> tuple[Fee, ...]:
    """The fees of a checked definition; the short form `fee: {amount}` is one levy of one rate without end."""
    short = content.get("fee", {})
    if short.get("amount"):
        return (_short(content, short["amount"]),)
    return tuple(_read(fee) for fee in content.get("fees", ()))


def _short(content: Mapping[str, Any], amount: int) -> Fee:
    basis = _bases(content.get("legal_basis", ()))
    rate = Rate(date.fromisoformat(content["valid_from"]), None, basis, amount)
    return Fee(
        "le-phi", "Lệ phí", "Fee", ChargeKind.LEVY, Moment.AT_RECEIPT, True, "submission", "hồ sơ", "", 1,
        (rate,), (),
    )  # fmt: skip


def _read(fee: Mapping[str, Any]) -> Fee:
    per = fee.get("per", {})
    return Fee(
        code=fee["code"],
        name=fee["name"],
        name_en=fee.get("name_en", ""),
        kind=ChargeKind(fee["kind"]),
        moment=Moment(fee["pay"]),
        holds_result=fee.get("holds_result", True),
        judged_on=fee.get("judged_on", "submission"),
        unit=per.get("unit", "hồ sơ"),
        quantity=per.get("quantity", ""),
        round_to=fee.get("round_to", 1),
        rates=tuple(Rate(*_dates(rate), rate["amount"], _tiers(rate)) for rate in fee["rates"]),
        reductions=tuple(
            Reduction(
                *_dates(cut),
                cut["name"],
                cut["when"],
                cut.get("percent"),
                cut.get("amount"),
                cut.get("name_en", ""),
            )
            for cut in fee.get("reductions", ())
        ),
        unit_en=per.get("unit_en", ""),
    )


def _tiers(rate: Mapping[str, Any]) -> tuple[Tier, ...]:
    return tuple(
        Tier(tier["name"], tier["when"], tier["amount"], tier.get("name_en", ""))
        for tier in rate.get("tiers", ())
    )


def _dates(rule: Mapping[str, Any]) -> tuple[date, date | None, tuple[Basis, ...]]:
    until = rule.get("until")
    return (
        date.fromisoformat(rule["from"]),
        date.fromisoformat(until) if until else None,
        _bases(rule["legal_basis"]),
    )


def _bases(articles: Sequence[Mapping[str, Any]]) -> tuple[Basis, ...]:
    return tuple(
        Basis(each["document"], each.get("article", ""), each["verified"]) for each in articles
    )


def names_of(form: Form) -> dict[str, Type]:
    """The names that conditions and quantities may use, with their types."""
    return {"channel": STRING, "filed_on": DATE, "answers": record_of(dict(form.names()))}


CONDITION, QUANTITY = BOOLEAN, NUMBER
"""The types that a condition and a quantity must have."""


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Expression:
    return parse(text)


def work_out(fee: Fee, facts: Mapping[str, Any], day: date) -> Owed | None:
    """What is due of a fee by the rules of the day; None when it is not charged at all that day.

    `facts` holds `channel` and `answers`. An unknown condition (null) does not hold; an unknown quantity counts as one.
    """
    rate = fee.rate_on(day)
    if rate is None:
        return None
    given = {**facts, "filed_on": day}
    tier = rate.tier_of(given)
    price = tier.amount if tier else rate.amount
    stated = evaluate(_parsed(fee.quantity), given) if fee.quantity else None
    quantity = max(stated, Decimal(0)) if isinstance(stated, Decimal) else Decimal(1)
    full = rounded(price * quantity, fee.round_to)
    if full == 0:
        return None
    met = [
        (cut.left_of(full, quantity, fee.round_to), cut)
        for cut in fee.reductions_on(day)
        if _holds(cut.when, given)
    ]
    amount = min([full, *(left for left, _cut in met)])
    why = fee_words.Why(fee, rate, tier, quantity, stated is not None, full, met, amount, day)
    lines = {language: fee_words.explained(why, language) for language in ("vi", "en")}
    return Owed(
        fee.code, fee.name, fee.kind, amount, full, lines["vi"], fee.moment, fee.holds_result,
        lines["en"],
    )  # fmt: skip


@dataclass(frozen=True)
class Tariff:
    """What the rules of a day say of one fee, whoever asks: rate and the reductions that may apply."""

    fee: Fee
    rate: Rate
    reductions: list[Reduction]

    @property
    def per(self) -> str:
        """For one of what an amount is, in words; empty for a fee that is paid once."""
        return gettext("một %(unit)s") % {"unit": self.fee.unit_title} if self.fee.quantity else ""


def tariffs(definition: Definition, day: date) -> list[Tariff]:
    """The fees of a procedure as they are on a day; none of those that are not charged then."""
    found = []
    for fee in definition.fees:
        rate = fee.rate_on(day)
        if rate is not None and (rate.amount or rate.tiers):
            found.append(Tariff(fee, rate, fee.reductions_on(day)))
    return found


def _holds(condition: str, facts: Mapping[str, Any]) -> bool:
    return evaluate(_parsed(condition), facts) is True


def owed_by(
    definition: Definition,
    facts: Mapping[str, Any],
    *,
    submitted_on: date,
    received_on: date | None = None,
) -> list[Owed]:
    """What is due of all fees, each by the rules of the day that it is judged on."""
    days = {"submission": submitted_on, "receipt": received_on or submitted_on}
    found = (work_out(fee, facts, days[fee.judged_on]) for fee in definition.fees)
    return [owed for owed in found if owed is not None]


def facts_of(case: Case) -> dict[str, Any]:
    """What fees ask of a dossier: its channel and the answers handed in last."""
    return {"channel": case.dossier["channel"], "answers": case.answered()}


@dataclass(frozen=True)
class FeeDue:
    """Money that a dossier owes now: the sum in đồng and the charges that make it."""

    amount: int
    charges: tuple[Charge, ...]


def fee_due(dossier: Dossier, at: datetime) -> FeeDue | None:
    """What the applicant has to pay now (nghĩa vụ tài chính); None when nothing is owed.

    A charge that is paid with the result counts once the result is decided. Who asks has seen the dossier. The sum with
    which the form of a financial duty (yêu cầu thực hiện nghĩa vụ tài chính) begins; it changes no state by itself.
    """
    charges = Charge.objects.unpaid().filter(subject=dossier.uuid, on__lte=day_of(at))
    if State(dossier.state) not in RESULT_IS_NEAR:
        charges = charges.filter(moment=Moment.AT_RECEIPT)
    rows = tuple(charges.order_by("pk"))
    return FeeDue(sum(charge.amount for charge in rows), rows) if rows else None


def unpaid(key: UUID) -> FeeUnpaid | None:
    """Why the result is held back: a charge that is owed for it."""
    owed = sum(
        line.charge.amount
        for line in queries.standing(key)
        if not line.is_settled and line.charge.holds_result
    )
    return FeeUnpaid(amount=number(owed)) if owed else None


def require_paid(key: UUID) -> None:
    """Refuse with `FeeUnpaid` while a charge that holds the result back is owed."""
    refusal = unpaid(key)
    if refusal is not None:
        raise refusal
