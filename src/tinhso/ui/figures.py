"""Figures to draw (số liệu của biểu đồ), and where on a line a value lies. Pure values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django_stubs_ext import StrOrPromise

Tone = Literal["", "ok", "near", "late", "wait", "done"]
RAMP_STEPS = 5
NOTHING_TO_SEE = 1e-6


@dataclass(frozen=True)
class Point:
    """One figure: a bar, a point of a line, a part of a whole, or a tile at `column`, `row`."""

    label: StrOrPromise
    value: Decimal | float | None
    tone: Tone = ""
    href: str = ""
    short: str = ""
    column: int = 0
    row: int = 0

    def __post_init__(self) -> None:
        if self.value is not None and self.value < 0:
            raise ValueError(f"a chart shows counts and shares, never {self.value}")


@dataclass(frozen=True)
class Chart:
    """Figures to draw, with the sentence that says what they show.

    `unit` follows each figure (`%`, ` hồ sơ`); `of` and `measure` head the columns of the table.
    """

    sentence: StrOrPromise
    points: Sequence[Point]
    unit: str = ""
    target: Decimal | float | None = None
    of: StrOrPromise = ""
    measure: StrOrPromise = ""

    @property
    def highest(self) -> float:
        """The largest value to make room for, the target included."""
        values = [point.value for point in self.points if point.value is not None]
        return float(max([*values, self.target or 0], default=0))


@dataclass(frozen=True)
class Scale:
    """Values from 0 to `high` on a line of `length` units."""

    high: float
    length: float

    def at(self, value: Decimal | float) -> float:
        """How far along the line a value lies, to a hundredth of a unit; never beyond the line."""
        share = min(float(value) / self.high, 1.0) if self.high else 0.0
        return round(share * self.length, 2)


def rounded_up(highest: float) -> float:
    """The end of an axis: 1, 2, 2.5 or 5 times a power of ten, at least `highest`; 1 for nothing."""
    if highest < NOTHING_TO_SEE:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 2.5, 5, 10, 20) if step * power >= highest)


def ramp_step(value: Decimal | float | None, high: float) -> int | None:
    """Which of five shades a value has; None has none."""
    if value is None:
        return None
    return min(int(float(value) / high * RAMP_STEPS), RAMP_STEPS - 1) if high else 0
