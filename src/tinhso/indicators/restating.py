"""Restatements (điều chỉnh số liệu): what a closed figure would be today, and why it is another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.indicators import catalogue
from tinhso.indicators.cutting import AGENCY, Cut
from tinhso.indicators.errors import ClosingUnknown
from tinhso.indicators.listing import rows_of
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.observing import observed
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.actors import EVERYWHERE
from tinhso.kernel.permissions import require
from tinhso.warehouse.models import Snapshot
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.kernel.actors import Actor

Figures = dict[tuple[str, int | None], "Observation"]


class Cause(StrEnum):
    """Why a closed figure would be another today."""

    DEFINITION = "definition"
    LATE = "late"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return str(_CAUSES[self])


_CAUSES = {
    Cause.DEFINITION: _("Cách tính đã thay đổi"),
    Cause.LATE: _("Số liệu đến muộn"),
    Cause.CORRECTED: _("Bản ghi được sửa"),
}


@dataclass(frozen=True)
class Restatement:
    """A closed figure beside what it would be today.

    `late` and `corrected` count the records that made the difference.
    """

    closed: ClosedFigure
    now: Observation | None
    causes: tuple[Cause, ...]
    late: int = 0
    corrected: int = 0


def closing_of(key: UUID) -> PeriodClosing:
    """The closed period of that uuid. Raises `ClosingUnknown`."""
    found = PeriodClosing.objects.filter(uuid=key).first()
    if found is None:
        raise ClosingUnknown
    return found


def closed_figures(*, actor: Actor, at: datetime) -> QuerySet[ClosedFigure]:
    """The closed figures of the reader's agencies; the province's own only for who reads figures everywhere."""
    require(actor, IndicatorPermission.READ, at=at)
    scope = actor.scope(IndicatorPermission.READ, at=at)
    found = ClosedFigure.objects.order_by("indicator", "agency_id")
    return found if scope.everywhere else found.filter(agency__in=scope.agencies)


def restatements(closing: PeriodClosing, *, actor: Actor, at: datetime) -> list[Restatement]:
    """Every closed figure that the reader may see and that would be another today, with the causes."""
    seen = list(closed_figures(actor=actor, at=at).filter(closing=closing))
    then, now = _lake_of(closing), Lake()
    today = _figures(closing, catalogue.in_force().values(), now, at=at)
    different = [row for row in seen if _differs(row, today.get((row.indicator, row.agency_id)))]
    former = [
        catalogue.version_of(code, closing.versions[code])
        for code in sorted({row.indicator for row in different})
    ]
    as_defined = _figures(closing, former, now, at=at)
    by_code = {each.code: each for each in former}
    return [
        _restatement(row, by_code[row.indicator], today, as_defined, (then, now), at=at)
        for row in different
    ]


def _lake_of(closing: PeriodClosing) -> Lake:
    """The facts as they were when the period was closed."""
    return Lake(
        {
            table: Snapshot.objects.get(table=table, number=number)
            for table, number in closing.snapshots.items()
        }
    )


def _figures(
    closing: PeriodClosing, indicators: Iterable[Indicator], lake: Lake, *, at: datetime
) -> Figures:
    known = [each for each in indicators if each.fact and each.code in closing.versions]
    divided = [each for each in known if AGENCY in each.by]
    whole, by_agency = Cut(closing.first, closing.last), Cut(closing.first, closing.last, by=AGENCY)
    found: Figures = {}
    for asked, cut in ((known, whole), (divided, by_agency)):
        for code, observations in observed(asked, cut, EVERYWHERE, at=at, lake=lake).items():
            for each in observations:
                if each.group is None or isinstance(each.group, int):
                    found[code, each.group] = each
    return found


def _differs(closed: ClosedFigure, now: Observation | None) -> bool:
    if now is None:
        return bool(closed.numerator or closed.denominator)
    return (closed.value, closed.numerator, closed.denominator) != (
        now.value,
        now.numerator,
        now.denominator,
    )


def _restatement(
    closed: ClosedFigure,
    former: Indicator,
    today: Figures,
    as_defined: Figures,
    lakes: tuple[Lake, Lake],
    *,
    at: datetime,
) -> Restatement:
    key = closed.indicator, closed.agency_id
    now, unchanged = today.get(key), as_defined.get(key)
    late = corrected = 0
    causes = []
    current = catalogue.in_force().get(closed.indicator)
    if current is None or current.version != closed.version:
        causes.append(Cause.DEFINITION)
    if _differs(closed, unchanged):
        late, corrected = _records_that_differ(closed, former, lakes, at=at)
        causes += [Cause.LATE] * bool(late) + [Cause.CORRECTED] * bool(corrected)
    return Restatement(closed, now, tuple(causes), late, corrected)


def _records_that_differ(
    closed: ClosedFigure, former: Indicator, lakes: tuple[Lake, Lake], *, at: datetime
) -> tuple[int, int]:
    """How many records of the cell the closed facts did not know at all, and how many they knew otherwise."""
    then, now = (_rows(closed, former, lake, at=at) for lake in lakes)
    key = table_of(former.fact).key
    before = lakes[0].table(former.fact)
    changed = {name for name in {*then, *now} if then.get(name) != now.get(name)}
    known = before.filter(before[key].isin(sorted(changed))).select(key).to_pyarrow()
    old = set(known.to_pydict()[key])
    return len(changed - old), len(changed & old)


def _rows(
    closed: ClosedFigure, former: Indicator, lake: Lake, *, at: datetime
) -> Mapping[str, Any]:
    """The rows of the cell by key, each with whether it stands in the numerator."""
    by = None if closed.agency_id is None else AGENCY
    cut = Cut(closed.closing.first, closed.closing.last, by=by)
    key = table_of(former.fact).key
    told: dict[str, Any] = {}
    for part in ("denominator", "numerator"):
        rows = rows_of(former, cut, closed.agency_id, part, EVERYWHERE, at=at, lake=lake)
        column = former.measure.column if former.measure and former.measure.column else key
        for row in rows.select({key: key, "value": column}).to_pyarrow().to_pylist():
            told[row[key]] = part, row["value"]
    return told
