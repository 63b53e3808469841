"""A list or a table of figures leaves the system (kết xuất số liệu): written down before the first line does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.events.services import record
from tinhso.indicators import events
from tinhso.indicators.listing import records
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.indicators.cells import Group
    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.listing import Part, Records
    from tinhso.kernel.actors import Actor

LONGEST = 20_000
"""Lines of one file; of more the file says how many it left out."""


@transaction.atomic
def export_records(
    code: str,
    cut: Cut,
    group: Group,
    part: Part,
    *,
    form: str,
    actor: Actor,
    at: datetime,
) -> Records:
    """The records of one cell that the actor may open, for a file, and how many he may not."""
    found = records(code, cut, group, part, actor=actor, at=at, size=LONGEST)
    record(
        events.LIST_EXPORTED,
        subject=uuid4(),
        actor=actor,
        at=at,
        payload={
            "indicator": code,
            "part": part,
            "format": form,
            "first": cut.first,
            "last": cut.last,
            "rows": len(found.rows),
            "hidden": found.hidden,
        },
    )
    return found


@transaction.atomic
def note_figures(
    first: date, last: date, *, rows: int, form: str, actor: Actor, at: datetime
) -> None:
    """Write down that figures of an interval leave as a file of so many lines."""
    require(actor, IndicatorPermission.READ, at=at)
    payload = {"format": form, "first": first, "last": last, "rows": rows}
    record(events.FIGURES_EXPORTED, subject=uuid4(), actor=actor, at=at, payload=payload)
