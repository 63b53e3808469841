"""Where a dossier and its steps lie: the four places, and agencies competent in a field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Competence, Level
from tinhso.agencies.queries import ancestors, holder, successors
from tinhso.dossiers.errors import AgencyNotOffering, CompetenceUnknown
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier

FIELD = "field:"
LEVELS = {"province": Level.PROVINCE, "district": Level.DISTRICT, "commune": Level.COMMUNE}


@dataclass(frozen=True)
class Route:
    """The places of a new dossier: who receives, who is competent, who returns the result; agency keys."""

    receiving: int
    competent: int
    returning: int
    helping: int | None = None

    def at_desk(self, desk: int | None, day: date) -> Route:
        """The route of what a counter takes in, whoever is competent (tiếp nhận không phụ thuộc địa giới hành chính).

        A counter that is not the competent unit's own helps, receives and hands the result over where the applicant
        stands; at the unit's own counter, or without one, nothing changes.
        """
        if desk is None or desk in {self.receiving, self.competent}:
            return self
        if desk in ancestors(self.receiving, day):
            return self
        return Route(receiving=desk, competent=self.competent, returning=desk, helping=desk)


def province_on(day: date) -> Agency:
    """The province whose house this is; refuses with `CompetenceUnknown` when it does not exist that day."""
    found = Agency.objects.alive(day).filter(key=settings.PROVINCE_KEY).first()
    if found is None:
        raise CompetenceUnknown(day=formatting.day(day))
    return found


def route(definition: Definition, day: date, *, agency: int | None) -> Route:
    """Where a dossier of this procedure goes.

    At commune level the applicant names the commune. At province level the agency competent in the field on that
    day settles it. The one-stop centre of the unit receives and returns, where there is one.
    """
    if definition.level == "commune":
        unit = unit_of(agency, day)
        competent = unit
    else:
        unit = province_on(day).pk
        competent = holder_of(definition.field, definition.level, day, within=unit)
    desk = desk_of(unit, day) or competent
    return Route(receiving=desk, competent=competent, returning=desk)


def unit_of(agency: int | None, day: date) -> int:
    """The commune itself, also when its one-stop centre was named; refuses with `AgencyNotOffering`."""
    for key in [] if agency is None else [agency, *ancestors(agency, day)]:
        if Agency.objects.alive(day).of_kind(AgencyKind.COMMUNE).filter(pk=key).exists():
            return key
    raise AgencyNotOffering


def desk_of(unit: int, day: date) -> int | None:
    """The one-stop centre (Trung tâm Phục vụ hành chính công, Bộ phận Một cửa) of a unit on that day."""
    periods = AgencyPeriod.objects.on(day).filter(parent=unit, agency__kind=AgencyKind.CENTRE)
    return periods.order_by("agency").values_list("agency", flat=True).first()


def places_of(dossier: Dossier, definition: Definition, day: date) -> dict[str, int]:
    """An agency for every place that the lanes of the workflow name, on that day."""
    places = {
        "competent": dossier.competent_agency_id,
        "receiving": dossier.receiving_agency_id,
        "returning": dossier.returning_agency_id,
    }
    for lane in definition.lanes.values():
        if lane.place.startswith(FIELD):
            places[lane.place] = holder_of(lane.place.removeprefix(FIELD), "province", day)
    return places


def holder_of(field: str, level: str, day: date, *, within: int | None = None) -> int:
    """The agency competent in a field; refuses with `CompetenceUnknown`, never guesses."""
    found = holder(field, LEVELS[level], day, within=within or province_on(day).pk)
    if found is None:
        raise CompetenceUnknown(day=formatting.day(day))
    return found.pk


def takers(definition: Definition, day: date) -> frozenset[int]:
    """The agencies that may take a dossier of this procedure over on that day: who holds its field at its level.

    At commune level that is every commune, as the applicant named one, and whom a text names for the field.
    """
    # Two plain reads: joined, a server that does not know the tables' sizes yet may take minutes.
    alive = dict(AgencyPeriod.objects.on(day).values_list("agency", "agency__kind"))
    held = Competence.objects.on(day).filter(
        field__code=definition.field, level=LEVELS[definition.level]
    )
    found = alive.keys() & set(held.values_list("agency", flat=True))
    if definition.level == "commune":
        found |= {agency for agency, kind in alive.items() if kind == AgencyKind.COMMUNE}
    return frozenset(found)


def competent_on(dossier: Dossier, definition: Definition, day: date) -> int:
    """The agency competent for a dossier on a day: the stored one while it lives, else who followed it.

    Where several followed, the holder of the field and level that day; refuses with `CompetenceUnknown`, never guesses.
    """
    followers = successors(dossier.competent_agency_id, day)
    if len(followers) == 1:
        return followers[0].pk
    return holder_of(definition.field, definition.level, day)
