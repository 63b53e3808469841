"""Restatements (điều chỉnh số liệu): what a closed figure would be today, and why it is another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue, rights
from tinhso.indicators.cutting import AGENCY, Cut
from tinhso.indicators.errors import ClosingUnknown
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.observing import observed
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.tracing import Cause, columns_of, traces
from tinhso.kernel.actors import EVERYWHERE
from tinhso.kernel.permissions import require
from tinhso.warehouse.models import Snapshot
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.tracing import Trace
    from tinhso.kernel.actors import Actor

Figures = dict[tuple[str, int | None], "Observation"]


@dataclass(frozen=True)
class Compared:
    """A closed figure beside what it would be today; a figure that came to be since has no key in `closed`."""

    closed: ClosedFigure
    now: Observation | None

    @property
    def is_different(self) -> bool:
        """Whether it would be another today."""
        return _differs(self.closed, self.now)

    @property
    def is_new(self) -> bool:
        """Whether nothing was counted there when the period was closed."""
        return self.closed.pk is None


@dataclass(frozen=True)
class Restatement(Compared):
    """A closed figure that would be another today, with its causes: how many records each, 0 for none."""

    counts: Mapping[Cause, int] = field(default_factory=dict)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why it would be another."""
        return tuple(self.counts)


def closing_on(first: date, last: date) -> PeriodClosing | None:
    """The closing of exactly these days, where there is one."""
    return PeriodClosing.objects.filter(first=first, last=last).first()


def closing_of(first: date, last: date) -> PeriodClosing:
    """The closing of these days. Raises `ClosingUnknown`."""
    found = closing_on(first, last)
    if found is None:
        raise ClosingUnknown
    return found


def closed_figures(*, actor: Actor, at: datetime) -> QuerySet[ClosedFigure]:
    """The closed figures of the reader's agencies; the province's own only for who reads figures in all of it."""
    require(actor, IndicatorPermission.READ, at=at)
    scope = actor.scope(IndicatorPermission.READ, at=at)
    found = ClosedFigure.objects.order_by("indicator", "agency_id")
    if scope.everywhere:
        return found
    theirs = Q(agency__in=scope.agencies)
    return found.filter(theirs | Q(agency=None) if rights.is_whole(scope, day_of(at)) else theirs)


def compared(closing: PeriodClosing, *, actor: Actor, at: datetime) -> list[Compared]:
    """Every closed figure that the reader may see beside what it would be today, and those that came to be since."""
    seen = list(closed_figures(actor=actor, at=at).filter(closing=closing))
    today = _figures(closing, catalogue.in_force().values(), Lake(), at=at)
    kept = ClosedFigure.objects.filter(closing=closing)
    known = set(kept.values_list("indicator", "agency_id"))
    scope = actor.scope(IndicatorPermission.READ, at=at)
    since = [
        ClosedFigure(closing=closing, indicator=code, version=now.version, agency_id=agency)
        for (code, agency), now in today.items()
        if (code, agency) not in known and (scope.everywhere or agency in scope.agencies)
    ]
    found = [Compared(row, today.get((row.indicator, row.agency_id))) for row in [*seen, *since]]
    return sorted(found, key=lambda each: _place(each.closed))


def _place(row: ClosedFigure) -> tuple[str, bool, int]:
    return row.indicator, row.agency_id is None, row.agency_id or 0


def restatements(closing: PeriodClosing, *, actor: Actor, at: datetime) -> list[Restatement]:
    """Every closed figure that the reader may see and that would be another today, with the causes."""
    found = compared(closing, actor=actor, at=at)
    return explained(closing, [each for each in found if each.is_different], at=at)


def explained(
    closing: PeriodClosing, different: Sequence[Compared], *, at: datetime
) -> list[Restatement]:
    """The same with their causes: the indicators of one table are traced together, whatever agencies they are of."""
    former = former_of(closing, {each.closed.indicator for each in different})
    lakes = lakes_of(closing)
    traced = traces(former.values(), closing, lakes, at=at)
    current = catalogue.in_force()
    defined = {code: each for code, each in former.items() if current.get(code) != each}
    as_defined = _figures(closing, defined.values(), lakes[1], at=at)
    found = []
    for each in different:
        code = each.closed.indicator
        unchanged = each.now
        if code in defined:
            unchanged = as_defined.get((code, each.closed.agency_id))
        counts = _counts(each, unchanged, traced.get(code), is_countable=code in former)
        if _is_reshaped(former.get(code), lakes[0], counts):
            counts.pop(Cause.UNTRACED, None)
            counts[Cause.RESHAPED] = 0
        found.append(Restatement(each.closed, each.now, counts))
    return found


def _counts(
    each: Compared, unchanged: Observation | None, traced: Trace | None, *, is_countable: bool
) -> dict[Cause, int]:
    """How many records each cause has: a changed definition is told by the former one, put to the facts of today."""
    counts: dict[Cause, int] = {}
    if not is_countable or _state(unchanged) != _state(each.now):
        counts[Cause.DEFINITION] = 0
    if is_countable and _differs(each.closed, unchanged):
        changed = traced.of(each.closed.agency_id) if traced else {}
        counts |= {cause: len(records) for cause, records in changed.items()}
        if not changed:
            counts[Cause.UNTRACED] = 0
    return counts


def _is_reshaped(former: Indicator | None, then: Lake, counts: Mapping[Cause, int]) -> bool:
    """Whether the closed facts had other columns where nothing was traced, or meant something else by them."""
    if former is None or not counts.keys() - {Cause.DEFINITION}:
        return False
    if Cause.UNTRACED in counts:
        return then.snapshot(former.fact).shape != table_of(former.fact).shape
    return not then.is_of_one_version(former.fact)


def former_of(closing: PeriodClosing, codes: Iterable[str]) -> dict[str, Indicator]:
    """The definitions of the closing, as far as today's facts still have the columns that they ask."""
    known = catalogue.versions_of((code, closing.versions[code]) for code in codes)
    found = {code: each for (code, _version), each in known.items() if _is_countable(each)}
    return dict(sorted(found.items()))


def _is_countable(indicator: Indicator) -> bool:
    return columns_of(indicator) <= table_of(indicator.fact).by_name.keys()


def lakes_of(closing: PeriodClosing) -> tuple[Lake, Lake]:
    """The facts as they were when the period was closed, and as they are."""
    kept = {
        table: Snapshot.objects.get(table=table, number=number)
        for table, number in closing.snapshots.items()
    }
    return Lake(kept, has_former=True), Lake()


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


def _state(found: Observation | None) -> object:
    """What a figure says; nothing counted is as none at all."""
    if found is None or not (found.numerator or found.denominator):
        return None
    return found.value, found.numerator, found.denominator


def _differs(closed: ClosedFigure, now: Observation | None) -> bool:
    if now is None:
        return bool(closed.numerator or closed.denominator)
    return (closed.value, closed.numerator, closed.denominator) != (
        now.value,
        now.numerator,
        now.denominator,
    )
