"""Loading outlines of units from a file of boundaries (nạp ranh giới), and taking them away again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies import events
from tinhso.agencies.boundaries.matching import Matching, match
from tinhso.agencies.boundaries.models import BoundarySet, UnitOutline
from tinhso.agencies.boundaries.reading import read
from tinhso.agencies.boundaries.simplifying import simplified, snapped
from tinhso.agencies.errors import BoundariesNotLoaded, BoundariesOfNobody
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.queries import directory
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from tinhso.kernel.actors import Actor

CORNERS = 40
"""Corners of a unit on the average: a map of a hundred communes stays within the weight of a page."""


@transaction.atomic
def load_boundaries(
    path: Path, *, on: date, source: str, licence: str, actor: Actor, at: datetime
) -> Matching:
    """Keep the outlines of the communes of a day from a GeoJSON file, simplified together; all that match or nothing.

    Refuses with `BoundariesUnreadable`, `BoundariesTooLarge`, `BoundariesElsewhere`, `BoundariesOfNobody`.
    """
    require(actor, AgencyPermission.EDIT, at=at)
    province = directory(on, kind=AgencyKind.PROVINCE).first()
    units = list(directory(on, kind=AgencyKind.COMMUNE).exclude(unit_code=""))
    found = match(read(path), units, province.name if province else "")
    drawn = simplified(
        {each.unit.agency_id: map(snapped, each.shape.rings) for each in found.matched},
        CORNERS * len(found.matched),
    )
    outlines = {agency: rings for agency, rings in drawn.items() if rings}
    if not outlines:
        raise BoundariesOfNobody(on=formatting.day(on))
    kept = BoundarySet.objects.create(
        on=on,
        source=source,
        licence=licence,
        sha256=sha256(path.read_bytes()).hexdigest(),
        at=at,
        actor=actor.key,
    )
    UnitOutline.objects.bulk_create(
        UnitOutline(loaded_in=kept, agency_id=agency, rings=rings)
        for agency, rings in outlines.items()
    )
    payload = {"on": on, "units": len(outlines)}
    record(events.BOUNDARIES_LOADED, subject=kept.uuid, actor=actor, at=at, payload=payload)
    return found


@transaction.atomic
def remove_boundaries(*, actor: Actor, at: datetime) -> BoundarySet:
    """Take away the outlines that were loaded last; those before show again. Refuses: `BoundariesNotLoaded`."""
    require(actor, AgencyPermission.EDIT, at=at)
    newest = BoundarySet.objects.select_for_update().order_by("pk").last()
    if newest is None:
        raise BoundariesNotLoaded
    payload = {"on": newest.on, "units": newest.outlines.count()}
    record(events.BOUNDARIES_REMOVED, subject=newest.uuid, actor=actor, at=at, payload=payload)
    newest.delete()
    return newest
