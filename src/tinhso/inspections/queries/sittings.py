"""The sitting at the unit (buổi làm việc) as it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from tinhso.inspections.models import Attendee

if TYPE_CHECKING:
    from tinhso.inspections.models import Inspection, Sitting


def sitting_of(inspection: Inspection) -> Sitting | None:
    """What was saved of it last, with the unit's people in their order."""
    people = Prefetch("attendees", Attendee.objects.order_by("ordinal"))
    return inspection.sittings.prefetch_related(people).order_by("-pk").first()


def version_of(inspection: Inspection) -> int:
    """How often it was saved: a page that is older than that overwrites nothing."""
    return inspection.sittings.count()
