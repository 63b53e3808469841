"""What a log amounts to: the figures by which an import is compared with another program's."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from tinhso.calendars.clock import OFFICIAL_ZONE, day_of
from tinhso.dossiers.importing.cases import ImportedCase

SECONDS_IN_A_DAY = 86_400
_TOP = 10
EARLIEST = datetime(1990, 1, 1, tzinfo=OFFICIAL_ZONE)
"""Before it no office here kept its dossiers in a system: an earlier time is a slip, or a date that was left empty."""


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
    early: int
    to_come: int
    unlikely: tuple[str, datetime] | None
    follows: tuple[tuple[str, str, int], ...]

    @property
    def unlikely_days(self) -> str:
        """How many times lie before `EARLIEST`, how many are still to come, and the first; empty when none is."""
        if self.unlikely is None:
            return ""
        counts = ((self.early, f"trước năm {EARLIEST.year}"), (self.to_come, "chưa tới"))
        found = ", ".join(f"{count} thời điểm {words}" for count, words in counts if count)
        case, at = self.unlikely
        return f"{found}; gặp đầu tiên là {day_of(at):%d/%m/%Y} ở hồ sơ «{case}»"

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
            "unlikely_days": {
                "before_1990": self.early,
                "to_come": self.to_come,
                "first_case": self.unlikely and self.unlikely[0],
            },
            "dfg_top10": [list(pair) for pair in self.follows],
        }


class Tally:
    """Counts cases as they pass; memory grows with the cases by a few bytes each.

    `early` and `to_come` count the times (steps, and days of finishing) before `EARLIEST` and more than a day after
    `at`, `unlikely` is the first of them with its case.
    """

    def __init__(self, at: datetime) -> None:
        self.latest = at + timedelta(days=1)
        self.early = self.to_come = 0
        self.unlikely: tuple[str, datetime] | None = None
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
        ended = case.finished_at or finish
        if min(begin, ended) < EARLIEST or max(finish, ended) > self.latest:
            self._note_unlikely(case)
        self.first = begin if self.first is None else min(self.first, begin)
        self.last = finish if self.last is None else max(self.last, finish)
        if case.deadline is not None and case.finished_at is not None:
            self.with_deadline += 1
            self.on_time += case.finished_at <= case.deadline

    def _note_unlikely(self, case: ImportedCase) -> None:
        times = [step.at for step in case.steps]
        times += [case.finished_at] if case.finished_at else []
        unlikely = [at for at in times if not EARLIEST <= at <= self.latest]
        self.early += sum(at < EARLIEST for at in unlikely)
        self.to_come += sum(at > self.latest for at in unlikely)
        self.unlikely = self.unlikely or (case.foreign_code, unlikely[0])

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
            early=self.early,
            to_come=self.to_come,
            unlikely=self.unlikely,
            follows=tuple((one, other, -count) for count, one, other in ranked[:_TOP]),
        )


def count(cases: Iterable[ImportedCase], at: datetime) -> Figures:
    """The figures of a log as read at an instant."""
    tally = Tally(at)
    for case in cases:
        tally.add(case)
    return tally.figures()


def percentile(ordered: list[float], share: float) -> float:
    """The value below which that share lies, by linear interpolation between neighbours."""
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
