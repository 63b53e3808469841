"""What the unit says of itself before the visit (đơn vị tự báo cáo), criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.events.services import record
from tinhso.inspections import events
from tinhso.inspections.errors import ItemUnknown
from tinhso.inspections.models import Judgement, SelfReport, State
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.self_reports import standing_of, version_of
from tinhso.inspections.services.acting import at_unit
from tinhso.kernel.errors import StaleVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Item
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class SelfSaid:
    """What the unit says of the criterion in that place."""

    ordinal: int
    judgement: str
    text: str


@transaction.atomic
def report_self(
    key: UUID, *, said: Sequence[SelfSaid], expected: int, actor: Actor, at: datetime
) -> int:
    """Save what the unit says of its criteria as long as the team is at work; how many of them changed.

    `expected` is the version that the page showed. What stands already is not written again.
    """
    right = InspectionPermission.REPORT
    inspection = at_unit(key, right, State.OPEN, actor=actor, at=at)
    items = {item.ordinal: item for item in inspection.items.all()}
    if any(one.ordinal not in items for one in said):
        raise ItemUnknown
    changed = list(_changed(said, items))
    if not changed:
        return 0
    if version_of(inspection) != expected:
        raise StaleVersion
    SelfReport.objects.bulk_create(
        SelfReport(item=item, text=text, judgement=judgement, at=at, actor=actor.key)
        for item, judgement, text in changed
    )
    record(
        events.SELF_REPORTED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"items": len(changed)},
    )
    return len(changed)


def _changed(
    said: Sequence[SelfSaid], items: Mapping[int, Item]
) -> Iterator[tuple[Item, str, str]]:
    """The criteria of which something else is said than stands."""
    standing = standing_of(items.values())
    for one in said:
        item, told = items[one.ordinal], standing.get(items[one.ordinal].pk)
        judgement = one.judgement if one.judgement in Judgement.values else ""
        new = (judgement, one.text.strip())
        if new != ((told.judgement, told.text) if told else ("", "")):
            yield (item, *new)
