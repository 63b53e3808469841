"""Where shared data comes from and how fresh it is (nguồn, độ mới); rows beside an indicator of the same agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Max, Sum

from tinhso.calendars.clock import day_of
from tinhso.datasets import catalogue
from tinhso.datasets.models import DataRow, Delivery
from tinhso.datasets.owners import due_on, owing
from tinhso.events.models import Event
from tinhso.indicators import catalogue as indicators
from tinhso.indicators.cutting import AGENCY, Cut
from tinhso.indicators.definitions import Status
from tinhso.indicators.observing import observe
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.warehouse import declaring, syncing
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.models import FactFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from tinhso.datasets.definitions import Dataset
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.actors import Actor
    from tinhso.warehouse.declaring import FactTable

OLD = timedelta(minutes=5)
"""What the log told so long ago and a table of our own has not taken in makes it late: it follows every two seconds."""


class Freshness(StrEnum):
    """How fresh a source is."""

    FRESH = "fresh"
    WAITING = "waiting"
    LATE = "late"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class DeliveredSource:
    """A data set: how many of its owners delivered the newest period, by when, and what stands of all periods."""

    dataset: Dataset
    owners: tuple[int, ...]
    freshness: Freshness
    period: Period | None
    due_on: date | None
    delivered: int
    last_at: datetime | None
    rows: int
    rejected: int


@dataclass(frozen=True)
class OwnSource:
    """A fact table of the platform: when the log last changed it, how many rows were read, what waits in the log."""

    table: FactTable
    freshness: Freshness
    last_at: datetime | None
    rows: int
    behind: int


def delivered_sources(*, at: datetime) -> list[DeliveredSource]:
    """Every data set in force."""
    return [delivered_source(each, at=at) for each in catalogue.in_force().values()]


def delivered_source(dataset: Dataset, *, at: datetime) -> DeliveredSource:
    """One data set: all that was delivered of it, and whether its newest period is there."""
    rows = DataRow.objects.filter(instalment__dataset=dataset.code).standing().count()
    told = Delivery.objects.filter(instalment__dataset=dataset.code).aggregate(
        last=Max("at"), bad=Sum("bad")
    )
    return _delivered(dataset, rows, told["last"], told["bad"] or 0, at=at)


def _delivered(
    dataset: Dataset, rows: int, last: datetime | None, bad: int, *, at: datetime
) -> DeliveredSource:
    today = day_of(at)
    period = dataset.newest_period(today)
    owners = tuple(owing(dataset, period.last if period else today))
    until, done, freshness = None, 0, Freshness.NOT_YET
    if period is not None:
        until = due_on(dataset, period)
        given = Delivery.objects.filter(
            instalment__dataset=dataset.code, instalment__period=period.code, good__gt=0
        )
        done = given.values("instalment__agency").distinct().count()
        late = Freshness.LATE if until < today else Freshness.WAITING
        freshness = Freshness.FRESH if done and done >= len(owners) else late
    return DeliveredSource(dataset, owners, freshness, period, until, done, last, rows, bad)


def own_sources(*, at: datetime) -> list[OwnSource]:
    """Every fact table that an app of the platform declares."""
    end, found = syncing.end_of_log(), []
    for table in declaring.registry.values():
        snapshot = syncing.newest(table.code)
        if snapshot is None:
            found.append(OwnSource(table, Freshness.NOT_YET, None, 0, end))
            continue
        rows = FactFile.objects.of(snapshot).aggregate(rows=Sum("rows"))["rows"] or 0
        behind = end - snapshot.position
        is_late = behind > 0 and _waits(snapshot.position, at=at)
        freshness = Freshness.LATE if is_late else Freshness.FRESH
        found.append(OwnSource(table, freshness, snapshot.made_at, rows, behind))
    return found


def _waits(position: int, *, at: datetime) -> bool:
    """Whether the first event beyond that place of the log was told long ago."""
    later = Event.objects.placed().filter(place__position__gt=position)
    first = later.order_by("place__position").first()
    return first is not None and at - first.at > OLD


def rows_of(
    dataset: Dataset, period: str, agency: int | None, actor: Actor, *, at: datetime
) -> list[DataRow]:
    """The rows of a period as they stand, of one agency or all, as far as the reader may see them."""
    found = DataRow.objects.visible_to(actor, at=at).standing()
    found = found.filter(instalment__dataset=dataset.code, instalment__period=period)
    if agency is not None:
        found = found.filter(about=agency)
    return list(found.select_related("instalment", "delivery").order_by("about", "pk"))


def beside(dataset: Dataset, actor: Actor, *, at: datetime) -> list[Indicator]:
    """The indicators that may stand beside its rows: counted by agency, those that it names first."""
    if not actor.holds(IndicatorPermission.READ, at=at):
        return []
    counted = [
        each
        for each in indicators.in_force().values()
        if each.status is Status.COMPUTED and AGENCY in each.by
    ]
    return sorted(counted, key=lambda each: (each.code not in dataset.beside, each.title))


def figures(
    indicator: Indicator, period: Period, actor: Actor, *, at: datetime
) -> dict[int, Decimal | None] | None:
    """The figure of each agency in the period; None while the warehouse cannot tell."""
    cut = Cut(period.first, period.last, by=AGENCY)
    try:
        found = observe([indicator.code], cut, actor=actor, at=at)[indicator.code]
    except (FactsUnavailable, NotYetBuilt):
        return None
    return {each.group: each.value for each in found if isinstance(each.group, int)}


def periods_held(dataset: Dataset) -> Sequence[str]:
    """The periods of which anything was delivered, the newest first."""
    held = Delivery.objects.filter(instalment__dataset=dataset.code)
    codes = held.values_list("instalment__period", "instalment__last").distinct()
    return [code for code, _last in sorted(codes, key=lambda pair: pair[1], reverse=True)]
