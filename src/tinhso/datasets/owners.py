"""Who owes a data set on a day, and for whom the reader may deliver it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.models import AgencyPeriod
from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import due
from tinhso.calendars.queries import working_calendar
from tinhso.datasets.errors import NotTheOwner, OwnerUnclear
from tinhso.datasets.permissions import DatasetPermission
from tinhso.indicators.reports.reporters import named
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.datasets.definitions import Dataset
    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.actors import Actor

_NOON = 12 * 60


def owing(dataset: Dataset, on: date) -> list[int]:
    """The agencies that owe the data set on that day."""
    return named(dataset.owner, on)


def due_on(dataset: Dataset, period: Period) -> date:
    """The last day on which a period is delivered in time."""
    return day_of(due(working_calendar(), instant(period.last, _NOON), dataset.due).at)


def mine(dataset: Dataset, on: date, actor: Actor, *, at: datetime) -> list[int]:
    """Those for which the actor may deliver; of one that has ended, who alone follows it."""
    today, right = day_of(at), DatasetPermission.DELIVER
    return [
        agency
        for agency in owing(dataset, on)
        if actor.holds(right, agency=heir(agency, today), at=at)
    ]


def deliverer(dataset: Dataset, on: date, wanted: int | None, actor: Actor, *, at: datetime) -> int:
    """The agency that delivers: the one that is wanted, else the only one.

    Raises `PermissionMissing`, `NotTheOwner`, `OwnerUnclear`.
    """
    require(actor, DatasetPermission.DELIVER, at=at)
    found = mine(dataset, on, actor, at=at)
    if wanted is not None:
        found = [agency for agency in found if agency == wanted]
    if not found:
        raise NotTheOwner(dataset=dataset.title)
    if len(found) > 1:
        raise OwnerUnclear(count=len(found))
    return found[0]


def agencies_by_code(on: date) -> dict[str, int]:
    """Every agency of the day by all its codes; a code that two agencies have names neither."""
    found, twice = dict[str, int](), set[str]()
    codes = ("agency", "agency_code", "reversed_code", "unit_code")
    for agency, *written in AgencyPeriod.objects.on(on).values_list(*codes):
        for code in {each.upper() for each in written if each}:
            if found.setdefault(code, agency) != agency:
                twice.add(code)
    return {code: agency for code, agency in found.items() if code not in twice}
