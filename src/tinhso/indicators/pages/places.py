"""Of whom a board tells (phạm vi): the whole province, one agency with all below it, or one commune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod
from tinhso.agencies.queries import agency_by_code, descendants, directory, inherited, names_of
from tinhso.kernel.folding import alphabetical

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Scope

CHOICE = frozenset(
    {AgencyKind.DEPARTMENT, AgencyKind.DISTRICT, AgencyKind.COMMUNE, AgencyKind.PROVINCE}
)
"""Kinds that the selector offers; a division is reached through its department."""


@dataclass(frozen=True)
class Place:
    """Whose figures are shown: all that the reader may see, or those of `agency` and of what lies below it."""

    name: str = ""
    agency: int | None = None
    uuid: UUID | None = None
    within: frozenset[int] | None = None
    unit_code: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is everything."""
        return self.agency is None

    @property
    def address(self) -> str:
        """The page of its board."""
        if self.unit_code:
            return reverse("indicators:commune", args=[self.unit_code])
        if self.uuid:
            return reverse("indicators:agency", args=[self.uuid])
        return reverse("indicators:board")


WHOLE = Place()


def own(on: date, scope: Scope) -> Place:
    """The one agency of a day that the reader may look at; everything for who may look at several."""
    if scope.everywhere:
        return WHOLE
    found = directory(on).filter(agency__kind__in=CHOICE, agency__in=scope.agencies)[:2]
    return _place(found[0].agency, on) if len(found) == 1 else WHOLE


def of_agency(key: str, on: date) -> Place:
    """The place that an address names by the uuid or the code of its agency. Raises `AgencyNotFound`."""
    try:
        agency = Agency.objects.filter(uuid=UUID(key)).first()
    except ValueError:
        agency = agency_by_code(key, on)
    if agency is None:
        raise AgencyNotFound(agency=key)
    return _place(agency, on)


def of_commune(code: str, on: date) -> Place:
    """The place of a commune by its code of the statistics office, on the day shown. Raises `AgencyNotFound`."""
    period = communes(on).filter(unit_code=code).first()
    if period is None:
        raise AgencyNotFound(agency=code)
    return _place(period.agency, on, unit_code=code)


def as_of(place: Place, on: date) -> Place | None:
    """The same place as it reaches on another day; None where it was not, or is no more."""
    if place.agency is None:
        return place
    agency = Agency.objects.alive(on).filter(pk=place.agency).first()
    return _place(agency, on, place.unit_code) if agency else None


def _place(agency: Agency, on: date, unit_code: str = "") -> Place:
    reach = descendants(agency.pk, on)
    name = names_of([agency.pk], on).get(agency.pk, agency.key)
    return Place(name, agency.pk, agency.uuid, reach | inherited(reach, on), unit_code)


def communes(on: date) -> QuerySet[AgencyPeriod]:
    """The communes of a day that have a code."""
    return directory(on, kind=AgencyKind.COMMUNE).exclude(unit_code="")


def choices(on: date, scope: Scope) -> list[tuple[UUID, str]]:
    """The agencies of a day that the reader may look at, provincial ones first, then by the alphabet."""
    found = directory(on).filter(agency__kind__in=CHOICE)
    if not scope.everywhere:
        found = found.filter(agency__in=scope.agencies)
    periods = sorted(found, key=lambda period: (period.level, alphabetical(period.name)))
    return [(period.agency.uuid, period.official_title) for period in periods]
