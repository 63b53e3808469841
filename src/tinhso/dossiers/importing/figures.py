"""What a log amounts to: the figures by which an import is compared with another program's."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from tinhso.dossiers.importing.cases import ImportedCase

SECONDS_IN_A_DAY = 86_400
_TOP = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a log. Throughput is from the first to the last step of a case, in days.

    `on_time` counts cases that finished on or before their deadline, among those
    (`with_deadline`) that carry both. `follows` are the most frequent pairs of steps that
    directly follow each other, equal counts by name.
    """

    cases: int
    events: int
    activities: int
    variants: int
    first: datetime
    last: datetime
    median_days: float
    p95_days: float
    with_deadline: int
    on_time: int
    follows: tuple[tuple[str, str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON values; instants in UTC."""
        return {
            "cases": self.cases,
            "events": self.events,
            "activities": self.activities,
            "variants": self.variants,
            "first": self.first.isoformat(sep=" "),
            "last": self.last.isoformat(sep=" "),
            "throughput_days": {
                "median": round(self.median_days, 6),
                "p95": round(self.p95_days, 6),
            },
            "on_time": {"with_deadline": self.with_deadline, "on_time": self.on_time},
            "dfg_top10": [list(pair) for pair in self.follows],
        }


class Tally:
    """Counts cases as they pass; memory grows with the cases by a few bytes each."""

    def __init__(self) -> None:
        self.cases = self.events = self.with_deadline = self.on_time = 0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.days = array("d")
        self.numbers: dict[str, int] = {}
        self.variants: set[bytes] = set()
        self.pairs: Counter[tuple[int, int]] = Counter()

    def passing(self, cases: Iterable[ImportedCase]) -> Iterator[ImportedCase]:
        """Count each case and hand it on."""
        for case in cases:
            self.add(case)
            yield case

    def add(self, case: ImportedCase) -> None:
        """Count a case; its steps are in order of time and there is at least one."""
        self.cases += 1
        self.events += len(case.steps)
        numbers = self.numbers
        way = array("L", [numbers.setdefault(step.activity, len(numbers)) for step in case.steps])
        self.variants.add(blake2b(way.tobytes(), digest_size=16).digest())
        self.pairs.update(pairwise(way))
        begin, finish = case.steps[0].at, case.steps[-1].at
        self.days.append((finish - begin).total_seconds() / SECONDS_IN_A_DAY)
        self.first = begin if self.first is None else min(self.first, begin)
        self.last = finish if self.last is None else max(self.last, finish)
        if case.deadline is not None and case.finished_at is not None:
            self.with_deadline += 1
            self.on_time += case.finished_at <= case.deadline

    def figures(self) -> Figures:
        """The figures so far. Raises `ValueError` when nothing was counted."""
        if self.first is None or self.last is None:
            raise ValueError("nothing was counted")
        names = list(self.numbers)
        ranked = sorted(
            (-count, names[one], names[other]) for (one, other), count in self.pairs.items()
        )
        days = sorted(self.days)
        return Figures(
            cases=self.cases,
            events=self.events,
            activities=len(names),
            variants=len(self.variants),
            first=self.first,
            last=self.last,
            median_days=percentile(days, 0.5),
            p95_days=percentile(days, 0.95),
            with_deadline=self.with_deadline,
            on_time=self.on_time,
            follows=tuple((one, other, -count) for count, one, other in ranked[:_TOP]),
        )


def count(cases: Iterable[ImportedCase]) -> Figures:
    """The figures of a log."""
    tally = Tally()
    for case in cases:
        tally.add(case)
    return tally.figures()


def percentile(ordered: list[float], share: float) -> float:
    """The value below which that share lies, by linear interpolation between neighbours."""
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
