"""Rows under the agencies of another day (quy đổi): each row by rule or by its address, what is left by declared share.

An agency that one other follows gives it every row. The rows of a divided one go by the commune where each belongs,
when one of the receivers is that commune or lies above it. Of the others nothing is known but a number: declared shares
take their part of it, and the rest stays visible as not allotted (chưa phân bổ).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.agencies import queries as agencies
from tinhso.agencies.models import AgencyPeriod
from tinhso.agencies.restating import Receivers, restate_counts
from tinhso.indicators.cutting import UNALLOCATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    import ibis

    from tinhso.warehouse.declaring import FactTable

NOW, STAGE, NOW_COMMUNE = "_now", "_stage", "_now_commune"
"""Columns beside the declared ones: the agency of the target day, null when nothing places the row; its stage; the
code of the commune of that day, which is `UNALLOCATED` for one that was divided."""
_COMMUNE, _COMMUNE_STAGE, _ADDRESS = "commune", "_commune_stage", "_address"


@dataclass(frozen=True)
class Turns:
    """What happened to agencies up to a day: on which days, and who received from whom.

    Stage 0 lies before the first of these days, stage 1 begins with it, and so on.
    """

    days: tuple[date, ...]
    receivers: tuple[Mapping[int, Receivers], ...]
    day: date = date.max

    @classmethod
    def until(cls, day: date) -> Turns:
        """Everything up to that day."""
        found = agencies.turns_after(date.min, day)
        return cls(tuple(on for on, _ in found), tuple(each for _, each in found), day)

    def from_stage(self, stage: int) -> Sequence[Mapping[int, Receivers]]:
        """What is still to happen to the agencies of a stage."""
        return self.receivers[stage:]

    def walk(self, agency: int, stage: int, commune: _Commune | None) -> int | None:
        """Who has a row of this agency in the end; None when it was divided and no address tells."""
        for on, turn in zip(self.days[stage:], self.from_stage(stage), strict=True):
            receivers = turn.get(agency)
            if receivers is None:
                continue
            if len(receivers) == 1 and receivers[0][1] in (None, 1):
                agency = receivers[0][0]
                continue
            known = commune.among({to for to, _share in receivers}, on) if commune else None
            if known is None:
                return None
            agency = known
        return agency


@dataclass(frozen=True)
class _Commune:
    """The commune of a row: the agency that it was in each stage, and those above it."""

    agency: int
    stage: int
    turns: Turns

    def among(self, receivers: set[int], on: date) -> int | None:
        """Which receiver the commune is on that day, or lies under."""
        upto = self.turns.days.index(on) + 1
        past = Turns(self.turns.days[:upto], self.turns.receivers[:upto])
        now = past.walk(self.agency, self.stage, None)
        if now is None:
            return None
        return next(
            (each for each in (now, *agencies.ancestors(now, on)) if each in receivers), None
        )


def placed(table: ibis.Table, declared: FactTable, turns: Turns) -> ibis.Table:
    """The rows with the agency of the target day and the stage of their own day beside the declared columns."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)
    import pyarrow as pa  # noqa: PLC0415

    has_commune = _COMMUNE in declared.by_name
    commune = ibis.coalesce(table[_COMMUNE], "") if has_commune else ibis.literal("")
    table = table.mutate(**{STAGE: _stage(table[declared.day], turns), _ADDRESS: commune})
    of_row = {
        "agency_": table[declared.agency],
        "stage_": table[STAGE],
        "commune_": table[_ADDRESS],
    }
    kinds = table.select(**of_row).distinct().to_pyarrow().to_pylist()
    known = ibis.memtable(pa.Table.from_pylist(_destinations(kinds, turns), schema=_schema()))
    same = [
        table[declared.agency] == known.agency_,
        table[STAGE] == known.stage_,
        table[_ADDRESS] == known.commune_,
    ]
    return table.left_join(known, same).drop("agency_", "stage_", "commune_", _ADDRESS)


def placed_in_communes(table: ibis.Table, declared: FactTable, turns: Turns) -> ibis.Table:
    """The rows with the commune of the target day beside the declared columns; null where it is not known at all."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)
    import pyarrow as pa  # noqa: PLC0415

    table = table.mutate(**{_COMMUNE_STAGE: _stage(table[declared.day], turns)})
    kinds = table.select(commune_=table[_COMMUNE], stage_=table[_COMMUNE_STAGE]).distinct()
    kinds = kinds.filter(kinds.commune_.notnull())
    rows = _communes_of(kinds.to_pyarrow().to_pylist(), turns)
    columns = [("commune_", pa.string()), ("stage_", pa.int64()), (NOW_COMMUNE, pa.string())]
    known = ibis.memtable(pa.Table.from_pylist(rows, schema=pa.schema(columns)))
    same = [table[_COMMUNE] == known.commune_, table[_COMMUNE_STAGE] == known.stage_]
    return table.left_join(known, same).drop("commune_", "stage_", _COMMUNE_STAGE)


def _stage(day: ibis.expr.types.DateValue, turns: Turns) -> ibis.expr.types.IntegerValue:
    """How many of the days of change had come."""
    import ibis  # noqa: PLC0415

    stages = [(day >= on, number + 1) for number, on in reversed(list(enumerate(turns.days)))]
    return (ibis.cases(*stages, else_=0) if stages else ibis.literal(0)).cast("int64")


def _communes_of(kinds: Iterable[Mapping[str, Any]], turns: Turns) -> list[dict[str, Any]]:
    """The code of the unit that has each commune in the end."""
    kinds = list(kinds)
    communes = _agencies_of({kind["commune_"] for kind in kinds})
    found = []
    for kind in kinds:
        lies = _lies(communes.get(kind["commune_"], ()), kind["stage_"], turns)
        now = turns.walk(lies.agency, lies.stage, None) if lies else None
        found.append(dict(kind) | {NOW_COMMUNE: now})
    here = {row[NOW_COMMUNE] for row in found} - {None}
    known = AgencyPeriod.objects.on(turns.day).filter(agency__in=here)
    codes = {each.agency_id: each.unit_code or each.agency_code for each in known}
    return [row | {NOW_COMMUNE: codes.get(row[NOW_COMMUNE], UNALLOCATED)} for row in found]


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    whole = dict.fromkeys(("agency_", "stage_", NOW), pa.int64())
    return pa.schema([*whole.items(), ("commune_", pa.string())])


def _destinations(kinds: Iterable[Mapping[str, Any]], turns: Turns) -> list[dict[str, Any]]:
    """Where the rows of each agency, stage and commune are in the end; those without an agency are nowhere."""
    kinds = [kind for kind in kinds if kind["agency_"] is not None]
    communes = _agencies_of({kind["commune_"] for kind in kinds} - {""})
    found = []
    for kind in kinds:
        lies = _lies(communes.get(kind["commune_"], ()), kind["stage_"], turns)
        now = turns.walk(kind["agency_"], kind["stage_"], lies)
        found.append(dict(kind) | {NOW: now})
    return found


def _agencies_of(codes: Iterable[str]) -> dict[str, list[AgencyPeriod]]:
    """The periods in which agencies had these codes (of the unit, else of the agency), earliest first."""
    found: dict[str, list[AgencyPeriod]] = defaultdict(list)
    asked = list(codes)
    periods = AgencyPeriod.objects.filter(Q(unit_code__in=asked) | Q(agency_code__in=asked))
    for period in sorted(periods, key=lambda each: each.since or date.min):
        found[period.unit_code or period.agency_code].append(period)
    return found


def _lies(periods: Sequence[AgencyPeriod], stage: int, turns: Turns) -> _Commune | None:
    """The commune of that code in the stage; else the nearest later one of that code."""
    begin = turns.days[stage - 1] if stage else date.min
    for period in periods:
        if period.until is not None and period.until <= begin:
            continue
        since = period.since or date.min
        reached = max(stage, sum(on <= since for on in turns.days))
        return _Commune(period.agency_id, reached, turns)
    return None


def shared(counts: Mapping[tuple[int, int], int], turns: Turns) -> tuple[dict[int, int], int]:
    """Of rows that nothing places, by agency and stage: how many each agency takes by share, and how many are left."""
    taken: dict[int, int] = defaultdict(int)
    left = 0
    for stage in sorted({stage for _agency, stage in counts}):
        of_stage = {agency: count for (agency, at), count in counts.items() if at == stage}
        restated = restate_counts(of_stage, turns.from_stage(stage))
        for agency, count in restated.rows.items():
            taken[agency] += count
        left += sum(restated.unallocated.values())
    return dict(taken), left
