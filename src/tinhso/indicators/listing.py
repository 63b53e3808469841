"""The records behind a figure: exactly those that it counted, as far as the reader may open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tinhso.indicators import catalogue
from tinhso.indicators.cells import Group, narrowed
from tinhso.indicators.counting import Asked
from tinhso.indicators.definitions import Status
from tinhso.indicators.errors import NothingToList
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.visibility import opens_all, visible_subjects
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import ibis

    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Actor, Scope

Part = Literal["numerator", "denominator", "missing"]
PAGE = 50
HEAD_OF_KEY = 8


@dataclass(frozen=True)
class Record:
    """One record behind a figure: its key, its page, and its row."""

    key: str
    link: str
    columns: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What a list calls it: its number, else its code, else the head of its key."""
        return str(self.columns.get("number") or self.columns.get("code") or self.key[:HEAD_OF_KEY])


@dataclass(frozen=True)
class Records:
    """A page of records; `total` counts those that the reader may open, `hidden` those that he may not."""

    rows: tuple[Record, ...]
    total: int
    hidden: int
    page: int = 1
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // self.size), 1)


def records(
    code: str,
    cut: Cut,
    group: Group = None,
    part: Part = "denominator",
    *,
    actor: Actor,
    at: datetime,
    page: int = 1,
    size: int = PAGE,
    lake: Lake | None = None,
) -> Records:
    """The records of one cell: of the numerator, the denominator, or those missing from the numerator.

    Newest first. A count has its records in the numerator and in the denominator alike. Raises `NothingToList`,
    `IndicatorUnknown`, `FactsUnavailable`, `PermissionMissing`.
    """
    require(actor, IndicatorPermission.READ, at=at)
    indicator = catalogue.indicator(code)
    if indicator.status is not Status.COMPUTED:
        raise NothingToList(indicator=code)
    scope = actor.scope(IndicatorPermission.READ, at=at)
    lake = lake or Lake()
    rows = rows_of(indicator, cut, group, part, scope, at=at, lake=lake)
    begin = (max(page, 1) - 1) * size
    if opens_all(indicator.fact, actor=actor, at=at, everywhere=scope.everywhere):
        total = int(rows.count().to_pyarrow().as_py())
        found = in_order(indicator, rows).limit(size, offset=begin).to_pyarrow().to_pylist()
        return Records(_as_records(indicator, found), total, 0, page, size)
    declared = table_of(indicator.fact)
    keys = in_order(indicator, rows).select(key=declared.key, subject=declared.subject)
    told = keys.to_pyarrow().to_pydict()
    subjects = frozenset(told["subject"])
    open_to = visible_subjects(
        indicator.fact, subjects, actor=actor, at=at, everywhere=scope.everywhere
    )
    seen = [
        key for key, subject in zip(told["key"], told["subject"], strict=True) if subject in open_to
    ]
    shown = _opened(indicator, rows, seen[begin : begin + size])
    return Records(shown, len(seen), len(told["key"]) - len(seen), page, size)


def rows_of(
    indicator: Indicator,
    cut: Cut,
    group: Group,
    part: Part,
    scope: Scope,
    *,
    at: datetime,
    lake: Lake,
) -> ibis.Table:
    """The rows of one cell, as far as the reader's agencies reach."""
    table, cut = narrowed(indicator, cut, group, scope, at=at, lake=lake)
    asked = Asked(table, _day_of(indicator), cut.first, cut.last, cut.as_of)
    match part:
        case "denominator":
            return table.filter(asked.denominator(indicator))
        case "numerator":
            return table.filter(asked.numerator(indicator))
        case _:
            return table.filter(asked.denominator(indicator) & ~asked.numerator(indicator))


def in_order(indicator: Indicator, rows: ibis.Table) -> ibis.Table:
    """Newest first, as a list shows them."""
    return rows.order_by([rows[_day_of(indicator)].desc(), rows[table_of(indicator.fact).key]])


def _day_of(indicator: Indicator) -> str:
    declared = table_of(indicator.fact)
    return indicator.day if indicator.day and not indicator.is_standing else declared.day


def _opened(indicator: Indicator, rows: ibis.Table, keys: list[str]) -> tuple[Record, ...]:
    declared = table_of(indicator.fact)
    if not keys:
        return ()
    found = rows.filter(rows[declared.key].isin(keys)).to_pyarrow().to_pylist()
    by_key = {row[declared.key]: row for row in found}
    return _as_records(indicator, [by_key[key] for key in keys])


def _as_records(indicator: Indicator, found: Iterable[Mapping[str, Any]]) -> tuple[Record, ...]:
    declared = table_of(indicator.fact)
    by_key = {row[declared.key]: row for row in found}
    pages = declared.pages_of(by_key.keys())
    return tuple(Record(key, pages.get(key, ""), row) for key, row in by_key.items())
