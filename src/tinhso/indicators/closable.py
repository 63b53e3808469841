"""Whether the figures of an interval can be closed (chốt được chưa), and which figures that would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of, instant
from tinhso.events.models import Event, Unplaced
from tinhso.indicators import catalogue
from tinhso.indicators.cutting import AGENCY, UNKNOWN, Cut
from tinhso.indicators.definitions import Status
from tinhso.indicators.errors import (
    FiguresBehind,
    IntervalClosed,
    IntervalNotOver,
    NothingToClose,
)
from tinhso.indicators.facts import JUDGEMENTS
from tinhso.indicators.models import ClosedFigure, PeriodClosing
from tinhso.indicators.observing import observed
from tinhso.kernel.actors import EVERYWHERE
from tinhso.kernel.errors import DomainError
from tinhso.ui import formatting
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.reading import Lake, table_of
from tinhso.warehouse.syncing import newest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation

FRESH = timedelta(minutes=1)
"""What was done so lately need not have been read: a province at work is never wholly read, and closes all the same."""


@dataclass(frozen=True)
class Lag:
    """A fact table that would be closed, and how many events of the log it has not read."""

    name: StrOrPromise
    unread: int
    is_built: bool


@dataclass(frozen=True)
class Readiness:
    """What closing would keep: figures, of how many indicators and agencies, from which facts; and why it may not be.

    `figures` is None where they cannot be counted just now.
    """

    indicators: int
    figures: int | None
    agencies: int
    facts: tuple[Lag, ...]
    refusals: tuple[DomainError, ...]


def counted() -> list[Indicator]:
    """The indicators whose figures are closed: those that the records answer.

    Not those of judgements: these come to be by closing, and never change.
    """
    known = [each for each in catalogue.in_force().values() if each.status is Status.COMPUTED]
    return [each for each in known if each.fact != JUDGEMENTS.code]


def facts_of(indicators: Sequence[Indicator]) -> list[str]:
    """The fact tables behind them."""
    return sorted({each.fact for each in indicators})


def readiness(first: date, last: date, *, at: datetime) -> Readiness:
    """What closing these days now would keep, and every reason why it would be refused."""
    indicators = counted()
    facts = tuple(_lag(fact, last, at) for fact in facts_of(indicators))
    refusals = list(refused(first, last, indicators, at=at))
    figures: list[ClosedFigure] | None = None
    try:
        figures = list(rows(PeriodClosing(first=first, last=last), indicators, Lake(), at=at))
    except (FactsUnavailable, NotYetBuilt) as missing:
        refusals.append(missing)
    return Readiness(
        indicators=len(indicators),
        figures=None if figures is None else len(figures),
        agencies=len({row.agency_id for row in figures or ()} - {None}),
        facts=facts,
        refusals=tuple(refusals),
    )


def refused(
    first: date, last: date, indicators: Sequence[Indicator], *, at: datetime
) -> Iterator[DomainError]:
    """Why these days cannot be closed, the plainest reason first."""
    if last >= day_of(at):
        yield IntervalNotOver(last=formatting.day(last))
    if PeriodClosing.objects.filter(first=first, last=last).exists():
        yield IntervalClosed(first=formatting.day(first), last=formatting.day(last))
    if not indicators:
        yield NothingToClose()
    waiting = max((unread(fact, last, at=at) for fact in facts_of(indicators)), default=0)
    if waiting:
        yield FiguresBehind(events=waiting)


def unread(fact: str, last: date, *, at: datetime) -> int:
    """How many events the newest snapshot has not seen, but for those of the last minute after the interval."""
    snapshot = newest(fact)
    until = max(instant(last + timedelta(days=1), 0), at - FRESH)
    after = snapshot.position if snapshot else 0
    placed = Event.objects.filter(place__position__gt=after, at__lt=until).count()
    return placed + Unplaced.objects.filter(event__at__lt=until).count()


def _lag(fact: str, last: date, at: datetime) -> Lag:
    return Lag(table_of(fact).name, unread(fact, last, at=at), newest(fact) is not None)


def rows(
    closing: PeriodClosing, indicators: Sequence[Indicator], lake: Lake, *, at: datetime
) -> Iterator[ClosedFigure]:
    """The province's figures, and those of each agency where the definition allows it."""
    whole = Cut(closing.first, closing.last)
    by_agency = Cut(closing.first, closing.last, by=AGENCY)
    divided = [each for each in indicators if AGENCY in each.by]
    for found in (
        observed(indicators, whole, EVERYWHERE, at=at, lake=lake),
        observed(divided, by_agency, EVERYWHERE, at=at, lake=lake),
    ):
        for observations in found.values():
            yield from (_row(closing, each) for each in observations if each.group != UNKNOWN)


def _row(closing: PeriodClosing, observation: Observation) -> ClosedFigure:
    group = observation.group
    return ClosedFigure(
        closing=closing,
        indicator=observation.indicator,
        version=observation.version,
        agency_id=group if isinstance(group, int) else None,
        value=observation.value,
        numerator=observation.numerator,
        denominator=observation.denominator,
    )
