"""Why a closed figure is another today (nguyên nhân điều chỉnh): the records that make the difference, one by one.

The same definition is put to the facts as they were closed and as they are; what stands in only one of the two answers,
or otherwise in the other, is what changed. The engine compares; only changed records come here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial, reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import Succession
from tinhso.calendars.clock import day_of
from tinhso.forms.expressions import names_of
from tinhso.indicators.counting import Asked
from tinhso.indicators.cutting import Cut
from tinhso.indicators.definitions import ENDS
from tinhso.warehouse.errors import FactsUnavailable
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    import ibis

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import PeriodClosing
    from tinhso.warehouse.reading import Lake


class Cause(StrEnum):
    """Why a closed figure would be another today."""

    DEFINITION = "definition"
    LATE = "late"
    CORRECTED = "corrected"
    MOVED = "moved"
    REFORM = "reform"
    REMOVED = "removed"
    RESHAPED = "reshaped"
    UNTRACED = "untraced"

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return str(_CAUSES[self])


_CAUSES = {
    Cause.DEFINITION: _("Cách tính đã thay đổi"),
    Cause.LATE: _("Số liệu đến muộn"),
    Cause.CORRECTED: _("Bản ghi được sửa"),
    Cause.MOVED: _("Bản ghi chuyển cơ quan"),
    Cause.REFORM: _("Cơ quan được tổ chức lại"),
    Cause.REMOVED: _("Bản ghi không còn"),
    Cause.RESHAPED: _("Bảng số liệu đã đổi cột hoặc cách ghi sau khi chốt"),
    Cause.UNTRACED: _("Không còn đối chiếu được từng bản ghi"),
}

Row = Mapping[str, Any]
Side = tuple[int | None, bool, Any]
"""How a record stood in the figure: its agency, whether in the numerator, the value of the measure."""


@dataclass(frozen=True)
class Changed:
    """A record that the figure counts otherwise than when it was closed; a side is None where it did not count.

    `was_known`, `is_there`: whether the facts held it at all, then and now.
    """

    key: str
    subject: str
    before: Side | None
    after: Side | None
    was_known: bool
    is_there: bool

    def touches(self, agency: int | None) -> bool:
        """Whether it changes the figure of the agency; of the province when None."""
        if agency is None:
            return (self.before and self.before[1:]) != (self.after and self.after[1:])
        return any(side is not None and side[0] == agency for side in (self.before, self.after))

    def cause(self, agency: int | None, reformed: Collection[tuple[int, int]]) -> Cause:
        """Why it changes that figure; `reformed` are the pairs of agencies of which one follows the other."""
        if not self.was_known:
            return Cause.LATE
        if not self.is_there:
            return Cause.REMOVED
        old, new = (side[0] if side else None for side in (self.before, self.after))
        if agency is None or None in (old, new) or old == new:
            return Cause.CORRECTED
        return Cause.REFORM if (old, new) in reformed else Cause.MOVED


@dataclass(frozen=True)
class Trace:
    """All records that one indicator counts otherwise than at the closing."""

    changed: tuple[Changed, ...]
    reformed: frozenset[tuple[int, int]]

    def of(self, agency: int | None) -> dict[Cause, list[Changed]]:
        """The records behind one figure by cause, in the order in which causes are told."""
        found: dict[Cause, list[Changed]] = {}
        for each in self.changed:
            if each.touches(agency):
                found.setdefault(each.cause(agency, self.reformed), []).append(each)
        return {cause: found[cause] for cause in Cause if cause in found}


def trace(
    former: Indicator, closing: PeriodClosing, lakes: tuple[Lake, Lake], *, at: datetime
) -> Trace:
    """The records that the definition of the closing counts otherwise in the second state of the facts.

    Raises `FactsUnavailable` where the closed facts can be read no more: a file is gone, or they lack a column that the
    definition asks.
    """
    found = traces([former], closing, lakes, at=at)
    if former.code not in found:
        raise FactsUnavailable(table=former.fact)
    return found[former.code]


def traces(
    former: Iterable[Indicator], closing: PeriodClosing, lakes: tuple[Lake, Lake], *, at: datetime
) -> dict[str, Trace]:
    """The same of several definitions, those of one table in one question; without those that cannot be traced."""
    cut = Cut(closing.first, closing.last).known_on(day_of(at))
    together: dict[str, list[Indicator]] = defaultdict(list)
    for each in former:
        together[each.fact].append(each)
    changed: dict[str, list[Changed]] = {}
    for fact, asked in together.items():
        # What cannot be read leaves its figures untraced: the others are told all the same.
        with suppress(FactsUnavailable):
            changed |= _changed(fact, asked, cut, lakes)
    reformed = _reformed(chain.from_iterable(changed.values()))
    return {code: Trace(tuple(found), reformed) for code, found in changed.items()}


def _changed(
    fact: str, asked: Sequence[Indicator], cut: Cut, lakes: tuple[Lake, Lake]
) -> dict[str, list[Changed]]:
    """Of each definition that the closed facts can answer, what it counts otherwise."""
    then, now = lakes
    columns = set(then.table(fact).columns)
    asked = [each for each in asked if columns_of(each) <= columns]
    if not asked or then.snapshot(fact) == now.snapshot(fact):
        return {each.code: [] for each in asked}
    question = "changed", tuple(each.counts_by for each in asked), cut
    rows = now.answer_beside(then, fact, question, partial(_differing, asked, cut))
    gone = {row["key"]: row for row in rows if not row["is_now"]}
    came = {row["key"]: row for row in rows if row["is_now"]}
    return {
        each.code: list(_changed_for(number, each, gone, came)) for number, each in enumerate(asked)
    }


def _differing(
    asked: Sequence[Indicator], cut: Cut, then: ibis.Table, now: ibis.Table
) -> ibis.Table:
    """The rows that any of the definitions counts otherwise: as they counted, and as they count.

    `is_beside` says whether the other state of the facts holds the record at all.
    """
    key = table_of(asked[0].fact).key
    before, after = _marked(asked, cut, then), _marked(asked, cut, now)
    gone, came = before.difference(after), after.difference(before)
    return gone.mutate(is_now=False, is_beside=gone.key.isin(now[key])).union(
        came.mutate(is_now=True, is_beside=came.key.isin(then[key]))
    )


def _marked(asked: Sequence[Indicator], cut: Cut, table: ibis.Table) -> ibis.Table:
    """The rows that any of the definitions counts, with how each counts them: `c0` whether, `h0` hit, `v0` value."""
    declared = table_of(asked[0].fact)
    if not any(each.is_standing for each in asked):
        days = {each.day or declared.day for each in asked}
        within = [table[day].between(cut.first, cut.last) for day in sorted(days)]
        table = table.filter(reduce(or_, within))
    marks: dict[str, Any] = {}
    for number, each in enumerate(asked):
        of_it = Asked(table, each.day or declared.day, cut.first, cut.last, cut.as_of)
        marks[f"c{number}"] = counts = of_it.denominator(each).fill_null(False)
        if each.is_ratio:
            marks[f"h{number}"] = counts & of_it.true(each.numerator)
        if each.measure and each.measure.column:
            column = table[each.measure.column]
            marks[f"v{number}"] = counts.ifelse(column, None)
    columns = {name: table[getattr(declared, name)] for name in ("key", "subject", "agency")}
    marked = table.select(**columns, **marks)
    return marked.filter(reduce(or_, [marked[f"c{number}"] for number in range(len(asked))]))


def _changed_for(
    number: int, former: Indicator, gone: Mapping[str, Row], came: Mapping[str, Row]
) -> Iterator[Changed]:
    """Of the rows that differ, those that differ for one definition."""
    for name in sorted({*gone, *came}):
        row, other = gone.get(name), came.get(name)
        before, after = (_side(number, former, each) for each in (row, other))
        if before != after:
            yield Changed(
                name,
                (other or row or {})["subject"],
                before,
                after,
                was_known=row is not None or bool(other and other["is_beside"]),
                is_there=other is not None or bool(row and row["is_beside"]),
            )


def _side(number: int, former: Indicator, row: Row | None) -> Side | None:
    """How a row counts for a definition; None where it does not."""
    if row is None or not row[f"c{number}"]:
        return None
    return row["agency"], bool(former.is_ratio and row[f"h{number}"]), row.get(f"v{number}")


def columns_of(indicator: Indicator) -> set[str]:
    """The columns of its table that a definition asks."""
    asked = {indicator.measure.column if indicator.measure else ""}
    asked.add("" if indicator.is_standing else indicator.day)
    for expression in (indicator.where, indicator.denominator, indicator.numerator):
        asked |= names_of(expression) if expression is not None else set()
    return asked - {*ENDS, ""}


def _reformed(changed: Iterable[Changed]) -> frozenset[tuple[int, int]]:
    """Of the moves among these, those from an agency to one that follows it."""
    moves = {(each.before[0], each.after[0]) for each in changed if each.before and each.after}
    moved = {pair for pair in moves if pair[0] != pair[1] and None not in pair}
    if not moved:
        return frozenset()
    known = Succession.objects.filter(predecessor__in={old for old, _new in moved})
    pairs = known.exclude(successor=None).values_list("predecessor", "successor")
    return frozenset((old, int(new or 0)) for old, new in pairs)
