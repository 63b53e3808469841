"""Figures of a period by agency: as it was then (như lúc đó), and restated (quy đổi) under the agencies of a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tinhso.agencies.models import Succession
from tinhso.agencies.queries import names_of, restate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tinhso.agencies.counted_records import CountedRecords

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """The records of one agency."""

    agency: int
    name: str
    count: int


@dataclass(frozen=True)
class Comparison:
    """The same records twice: the totals are equal, what nothing allots stands in lines of its own."""

    then: tuple[Line, ...]
    now: tuple[Line, ...]
    unallocated: tuple[Line, ...]

    @property
    def total_then(self) -> int:
        """How many records there were."""
        return sum(line.count for line in self.then)

    @property
    def total_unallocated(self) -> int:
        """How many of them cannot be given to an agency of the later day (chưa phân bổ)."""
        return sum(line.count for line in self.unallocated)

    @property
    def total_now(self) -> int:
        """How many there are after restating, what is unallocated included."""
        return sum(line.count for line in self.now) + self.total_unallocated


def compare(records: CountedRecords, *, first: date, last: date, on: date) -> Comparison:
    """Count the records of the days from `first` to `last`, and count them under the agencies of the day `on`.

    Days on which agencies followed one another part the period, and each part is restated from its own day.
    """
    then, now, unallocated = Counter[int](), Counter[int](), Counter[int]()
    names: dict[int, str] = {}
    for begin, end in eras(first, last, successions(first, last)):
        counts = records.count(begin, end)
        restated = restate(counts, begin, on)
        names = {**names_of(counts, begin), **names}
        then.update(counts)
        now.update(restated.rows)
        unallocated.update(restated.unallocated)
    names_now = names_of(now, on)
    former = {**names_of(unallocated, last), **names}
    return Comparison(
        then=_lines(then, names),
        now=_lines(now, names_now),
        unallocated=_lines(unallocated, former),
    )


def successions(first: date, last: date) -> list[date]:
    """The days after `first`, up to `last`, on which agencies followed one another."""
    days = Succession.objects.filter(on__gt=first, on__lte=last)
    return list(days.order_by("on").values_list("on", flat=True).distinct())


def latest_succession(on: date) -> date | None:
    """The last day, not after `on`, on which agencies followed one another."""
    latest: date | None = (
        Succession.objects.filter(on__lte=on).order_by("-on").values_list("on", flat=True).first()
    )
    return latest


def eras(first: date, last: date, turns: Iterable[date]) -> Iterator[tuple[date, date]]:
    """The period parted at the days on which agencies changed: first and last day of each part. Pure."""
    begin = first
    for turn in turns:
        yield begin, turn - ONE_DAY
        begin = turn
    yield begin, last


def _lines(counts: Mapping[int, int], names: Mapping[int, str]) -> tuple[Line, ...]:
    found = [
        Line(agency, names.get(agency, ""), count) for agency, count in counts.items() if count
    ]
    return tuple(sorted(found, key=lambda line: (-line.count, line.name, line.agency)))
