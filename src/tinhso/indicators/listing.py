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
from tinhso.indicators.visibility import visible_subjects
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import ibis

    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Actor, Scope

Part = Literal["numerator", "denominator", "missing"]
PAGE = 50


@dataclass(frozen=True)
class Record:
    """One record behind a figure: its key, its page, and its row."""

    key: str
    link: str
    columns: Mapping[str, Any]


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
    declared = table_of(indicator.fact)
    told = rows.select(key=declared.key, subject=declared.subject).to_pyarrow().to_pydict()
    subjects = frozenset(told["subject"])
    open_to = visible_subjects(
        indicator.fact, subjects, actor=actor, at=at, everywhere=scope.everywhere
    )
    seen = [
        key for key, subject in zip(told["key"], told["subject"], strict=True) if subject in open_to
    ]
    begin = (max(page, 1) - 1) * size
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
    """The rows of one cell in the order of the list, as far as the reader's agencies reach."""
    declared = table_of(indicator.fact)
    table, cut = narrowed(indicator, cut, group, scope, at=at, lake=lake)
    day = indicator.day if indicator.day and not indicator.is_standing else declared.day
    asked = Asked(table, day, cut.first, cut.last, cut.as_of)
    match part:
        case "denominator":
            rows = table.filter(asked.denominator(indicator))
        case "numerator":
            rows = table.filter(asked.numerator(indicator))
        case _:
            rows = table.filter(asked.denominator(indicator) & ~asked.numerator(indicator))
    return rows.order_by([rows[day].desc(), rows[declared.key]])


def _opened(indicator: Indicator, rows: ibis.Table, keys: list[str]) -> tuple[Record, ...]:
    declared = table_of(indicator.fact)
    if not keys:
        return ()
    found = rows.filter(rows[declared.key].isin(keys)).to_pyarrow().to_pylist()
    by_key = {row[declared.key]: row for row in found}
    link = declared.link or (lambda _key: "")
    return tuple(Record(key, link(key), by_key[key]) for key in keys)
