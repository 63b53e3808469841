"""Why a closed figure is another today (nguyên nhân điều chỉnh): the records that make the difference, one by one.

The same definition is put to the facts as they were closed and as they are; what stands in only one of the two answers,
or otherwise in the other, is what changed. The engine compares; only changed records come here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import Succession
from tinhso.forms.expressions import names_of
from tinhso.indicators.cells import narrowed
from tinhso.indicators.counting import Asked
from tinhso.indicators.cutting import Cut
from tinhso.indicators.definitions import ENDS
from tinhso.kernel.actors import EVERYWHERE
from tinhso.warehouse.errors import FactsUnavailable
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import ibis

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import PeriodClosing


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
    if not columns_of(former) <= set(lakes[0].table(former.fact).columns):
        raise FactsUnavailable(table=former.fact)
    cut = Cut(closing.first, closing.last)
    then, now = (_counted(former, cut, lake, at=at) for lake in lakes)
    key = table_of(former.fact).key
    gone, came = _sides(then.difference(now)), _sides(now.difference(then))
    came_alone, gone_alone = came.keys() - gone.keys(), gone.keys() - came.keys()
    was_known = _held(lakes[0].table(former.fact), key, came_alone)
    is_there = _held(lakes[1].table(former.fact), key, gone_alone)
    changed = [
        Changed(
            name,
            (came.get(name) or gone[name])[0],
            gone[name][1] if name in gone else None,
            came[name][1] if name in came else None,
            was_known=name not in came_alone or name in was_known,
            is_there=name not in gone_alone or name in is_there,
        )
        for name in sorted({*gone, *came})
    ]
    return Trace(tuple(changed), _reformed(changed))


def columns_of(indicator: Indicator) -> set[str]:
    """The columns of its table that a definition asks."""
    asked = {indicator.measure.column if indicator.measure else ""}
    asked.add("" if indicator.is_standing else indicator.day)
    for expression in (indicator.where, indicator.denominator, indicator.numerator):
        asked |= names_of(expression) if expression is not None else set()
    return asked - {*ENDS, ""}


def _counted(former: Indicator, cut: Cut, lake: Lake, *, at: datetime) -> ibis.Table:
    """The rows that count, each with how it counts."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

    declared = table_of(former.fact)
    table, cut = narrowed(former, cut, None, EVERYWHERE, at=at, lake=lake)
    day = declared.day if former.is_standing or not former.day else former.day
    asked = Asked(table, day, cut.first, cut.last, cut.as_of)
    measure = former.measure
    marked = table.select(
        key=table[declared.key],
        subject=table[declared.subject],
        agency=table[declared.agency],
        counts=asked.denominator(former),
        hit=asked.numerator(former),
        value=table[measure.column] if measure and measure.column else ibis.literal(0),
    )
    return marked.filter(marked.counts).drop("counts")


def _sides(rows: ibis.Table) -> dict[str, tuple[str, Side]]:
    return {
        row["key"]: (row["subject"], (row["agency"], bool(row["hit"]), row["value"]))
        for row in rows.to_pyarrow().to_pylist()
    }


def _held(table: ibis.Table, key: str, names: Collection[str]) -> frozenset[str]:
    """Of these records, those that the facts hold at all."""
    if not names:
        return frozenset()
    found = table.filter(table[key].isin(sorted(names))).select(key=table[key]).to_pyarrow()
    return frozenset(found.to_pydict()["key"])


def _reformed(changed: Iterable[Changed]) -> frozenset[tuple[int, int]]:
    """Of the moves among these, those from an agency to one that follows it."""
    moves = {(each.before[0], each.after[0]) for each in changed if each.before and each.after}
    moved = {pair for pair in moves if pair[0] != pair[1] and None not in pair}
    if not moved:
        return frozenset()
    known = Succession.objects.filter(predecessor__in={old for old, _new in moved})
    pairs = known.exclude(successor=None).values_list("predecessor", "successor")
    return frozenset((old, int(new or 0)) for old, new in pairs)
