"""Two processes play the living days in bulk: the one that played the past takes every fourth commune."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import NumberCounter
from tinhso.site.province import people
from tinhso.site.province.matters import Matters, spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinhso.site.province.building import Builder
    from tinhso.site.province.matters import Era

LIVE_DAYS = 60
FIRST_LIVING, FIRST_BESIDE = 50_000, 60_000
"""Numbers of the people of the living province, and of those of the communes played beside it."""


def beside(era: Era) -> frozenset[int]:
    """The communes that the process of the past plays: every fourth one, never those where people come today.

    The other process is then at its next work, which is on one core: so the smaller share is here.
    """
    return frozenset(era.communes[1::4]) - {era.middle, era.neighbour}


def ours(era: Era) -> frozenset[int]:
    """The others, and the province with its departments."""
    return frozenset(era.communes) - beside(era) | {era.province}


def play_ours(builder: Builder, *, is_shared: bool) -> None:
    """The living days in bulk, after what went through the services; without the communes played beside."""
    share = ours(builder.era) if is_shared else None
    _play(builder, "60 ngày gần đây, Quảng Ngãi", share, FIRST_LIVING)


def play_beside(builder: Builder, wait: Callable[[], None]) -> None:
    """The share of the process of the past, once the living province says that the services are through.

    They count on the same numbers.
    """
    wait()
    builder.staff = people.at_work(builder.until)
    builder.rng.seed(FIRST_BESIDE)
    _play(builder, "60 ngày gần đây, các xã khác", beside(builder.era), FIRST_BESIDE)


def _play(builder: Builder, what: str, share: frozenset[int] | None, first_party: int) -> None:
    era, sizes = builder.era, builder.sizes
    first = day_of(builder.until) - timedelta(days=LIVE_DAYS)
    drawn = Matters(builder.staff, builder.rng, era, [], share=share)
    count = round((sizes.live - sizes.by_services) * drawn.portion)
    arrivals = spread(first, LIVE_DAYS + 1, count, builder.rng)
    numbers = numbers_given(first, drawn.counting())
    builder.play(
        what, era, arrivals, builder.until, first_party=first_party, numbers=numbers, share=share
    )


def numbers_given(
    since: date, agencies: frozenset[int] | None = None
) -> dict[tuple[int, date], int]:
    """The last number of every agency, or of these, and day since then, for a ledger to count on from."""
    numbers: dict[tuple[int, date], int] = defaultdict(int)
    counters = NumberCounter.objects.filter(day__gte=since)
    if agencies is not None:
        counters = counters.filter(agency__in=agencies)
    for agency, day, last in counters.values_list("agency", "day", "last"):
        numbers[agency, day] = last
    return numbers
