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
    """One figure: a bar, a point of a line, a part of a whole, or a tile at `column`, `row`.

    `note` stands beside the figure in the table (`402 / 6.120`); `code` names its outline on a map. `told` is the
    figure in words where the number alone says too little (`< 0,01%`).
    """

    label: StrOrPromise
    value: Decimal | float | None
    tone: Tone = ""
    href: str = ""
    short: str = ""
    column: int = 0
    row: int = 0
    note: StrOrPromise = ""
    code: str = ""
    told: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and self.value < 0:
            raise ValueError(f"a chart shows counts and shares, never {self.value}")


@dataclass(frozen=True)
class Target:
    """What was asked (chỉ tiêu), and in `label` by whom: several may stand against the same figures."""

    value: Decimal | float
    label: StrOrPromise = ""


@dataclass(frozen=True)
class Chart:
    """Figures to draw, with the sentence that says what they show.

    `unit` follows each figure (`%`, ` hồ sơ`); `of`, `measure` and `noted` head the columns of the table. `end` is
    where the axis ends when that is known: a share ends at 100. `missing` says why a point has no figure.
    """

    sentence: StrOrPromise
    points: Sequence[Point]
    unit: str = ""
    targets: Sequence[Target] = ()
    of: StrOrPromise = ""
    measure: StrOrPromise = ""
    noted: StrOrPromise = ""
    missing: StrOrPromise = ""
    end: float | None = None

    @property
    def highest(self) -> float:
        """The largest value to make room for, targets included."""
        values = [float(point.value) for point in self.points if point.value is not None]
        return max([*values, *(float(target.value) for target in self.targets)], default=0.0)

    @property
    def high(self) -> float:
        """The end of the axis."""
        return max(self.end or 0.0, self.highest) if self.end else rounded_up(self.highest)


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


@dataclass(frozen=True)
class Ramp:
    """Five shades over the values of a map: each is `step` wide, the lightest begins at `start`."""

    start: float
    step: float

    @property
    def edges(self) -> list[float]:
        """Where the second to the fifth shade begin."""
        return [round(self.start + self.step * number, 6) for number in range(1, RAMP_STEPS)]

    def shade(self, value: Decimal | float | None) -> int | None:
        """Which of the five a value has, 0 the lightest; None has none."""
        return None if value is None else sum(float(value) >= edge for edge in self.edges)


def ramp_of(values: Sequence[Decimal | float | None]) -> Ramp:
    """Five shades with plain edges that part these values: where all lie close, the shades lie close."""
    known = sorted(float(value) for value in values if value is not None)
    if not known or known[-1] - known[0] < NOTHING_TO_SEE:
        return Ramp(0.0, rounded_up(known[-1] if known else 0) / RAMP_STEPS)
    low, high = known[0], known[-1]
    step = rounded_up((high - low) / RAMP_STEPS)
    start = math.floor(low / step) * step
    return Ramp(start, step if start + step * RAMP_STEPS >= high else rounded_up(step * 1.01))
