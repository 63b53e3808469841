"""What a reduction of a fee does, and why a sum is what it is, in words: from the rules, never from their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from tinhso.ui import formatting
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from tinhso.dossiers.fees import Fee, Rate, Reduction, Tier

WHOLE = 100


def told(cut: Reduction) -> str:
    """`Miễn: hộ nghèo` in the language of the page; a sum of its own is for one unit."""
    return f"{_effect(cut.percent, cut.amount)}: {cut.title}"


@override("vi")
def written(cut: Reduction) -> str:
    """The same for the record, which stays Vietnamese whoever acts."""
    return told(cut)


@dataclass(frozen=True)
class Why:
    """What a sum was worked out from; `met` are the reductions that hold, each with what it would leave, in đồng."""

    fee: Fee
    rate: Rate
    tier: Tier | None
    quantity: Decimal
    is_stated: bool
    full: int
    met: Sequence[tuple[int, Reduction]]
    amount: int
    day: date

    @property
    def price(self) -> int:
        """Đồng for one unit."""
        return self.tier.amount if self.tier else self.rate.amount


def explained(why: Why, language: str) -> tuple[str, ...]:
    """The sum step by step in a language; the record keeps the Vietnamese one whoever acts."""
    with override(language):
        return (_rate(why), *_quantity(why), *_reductions(why), _sum(why))


def dong(amount: int) -> str:
    """An amount as papers write it: `15.000 đồng`."""
    return f"{number(amount)} đồng"


def _rate(why: Why) -> str:
    case = f" ({why.tier.title})" if why.tier else ""
    words = gettext(
        "Mức thu %(price)s một %(unit)s%(case)s, áp dụng %(period)s. Căn cứ: %(basis)s."
    )
    return words % {
        "price": dong(why.price),
        "unit": why.fee.unit_title,
        "case": case,
        "period": why.rate.period,
        "basis": why.rate.rests_on,
    }


def _quantity(why: Why) -> list[str]:
    if not why.fee.quantity:
        return []
    unit = why.fee.unit_title
    counted = f"{number(why.quantity)} {unit} × {dong(why.price)} = {dong(why.full)}."
    if why.is_stated:
        return [counted]
    return [gettext("Chưa khai số lượng, tính là 1 %(unit)s.") % {"unit": unit}, counted]


def _reductions(why: Why) -> list[str]:
    """The one that leaves the least; the others that hold are named."""
    if not why.met:
        return []
    left, best = min(why.met, key=lambda pair: pair[0])
    applied = gettext("%(told)s (%(period)s): còn %(left)s. Căn cứ: %(basis)s.") % {
        "told": told(best),
        "period": best.period,
        "left": dong(left),
        "basis": best.rests_on,
    }
    others = gettext("%(name)s: không cộng thêm, đã áp dụng mức có lợi nhất.")
    return [applied, *(others % {"name": cut.title} for _, cut in why.met if cut is not best)]


def _sum(why: Why) -> str:
    words = gettext("Tính theo quy định có hiệu lực ngày %(day)s: phải nộp %(amount)s.")
    return words % {"day": formatting.day(why.day), "amount": dong(why.amount)}


def _effect(percent: int | None, amount: int | None) -> str:
    if amount:
        return gettext("Chỉ nộp %(amount)s đồng") % {"amount": number(amount)}
    if percent in (None, WHOLE):
        return gettext("Miễn")
    return gettext("Giảm %(percent)s%%") % {"percent": percent}
