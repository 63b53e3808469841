"""Judging a figure by a target (đánh giá theo chỉ tiêu): met, near, missed, or not to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.indicators.definitions import Direction

if TYPE_CHECKING:
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.listing import Part
    from tinhso.indicators.models import ClosedFigure, ReportedFigure, Target
    from tinhso.indicators.observing import Observation

NEAR = Decimal("0.05")
"""Near is within a twentieth of the target."""


class Verdict(StrEnum):
    """How a figure stands to a target."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    NONE = "none"

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return str(_WORDS[self])


_WORDS = {
    Verdict.MET: _("Đạt"),
    Verdict.NEAR: _("Gần đạt"),
    Verdict.MISSED: _("Chưa đạt"),
    Verdict.NONE: _("Không đánh giá"),
}


@dataclass(frozen=True)
class Judgement:
    """A verdict; `short` is what is missing in the unit of the indicator, `records` how many records would mend it."""

    verdict: Verdict
    short: Decimal | None = None
    records: int | None = None


def judge(
    indicator: Indicator, figure: Observation | ReportedFigure | ClosedFigure, target: Target
) -> Judgement:
    """How a figure stands to a target of the same indicator.

    Not judged: what has no value, an indicator without direction, a reported figure of unclear denominator, a figure
    of which the reader sees a part.
    """
    value = figure.value
    is_unclear = getattr(figure, "is_unclear", False) or getattr(figure, "hidden", 0)
    if value is None or is_unclear or indicator.direction is Direction.NONE:
        return Judgement(Verdict.NONE)
    higher = indicator.direction is Direction.HIGHER
    short = target.value - value if higher else value - target.value
    if short <= 0:
        return Judgement(Verdict.MET)
    is_near = short <= abs(target.value) * NEAR
    records = _records(indicator, figure, target.value, is_higher=higher)
    return Judgement(Verdict.NEAR if is_near else Verdict.MISSED, short, records)


def failing(indicator: Indicator, figure: Observation) -> tuple[Part, int] | None:
    """Of a ratio, which of its records keep it from being better, and how many.

    Those outside the numerator where higher is better, those in it where lower is; of nothing else any.
    """
    numerator, denominator = figure.numerator, figure.denominator
    if not indicator.is_ratio or numerator is None or denominator is None:
        return None
    if indicator.direction is Direction.NONE:
        return None
    if indicator.direction is Direction.LOWER:
        return "numerator", numerator
    return "missing", denominator - numerator


def _records(
    indicator: Indicator,
    figure: Observation | ReportedFigure | ClosedFigure,
    wanted: Decimal,
    *,
    is_higher: bool,
) -> int | None:
    """How many more (or fewer) records of the numerator would reach the target, the denominator staying as it is."""
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None:
        return None
    if not indicator.is_ratio:
        gap = wanted - numerator if is_higher else numerator - wanted
    elif denominator is None:
        return None
    else:
        needed = wanted * denominator / 100
        gap = needed - numerator if is_higher else numerator - needed
    return int(gap.to_integral_value(rounding=ROUND_CEILING))
