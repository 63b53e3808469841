"""How inspections and their plans in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import DateField, Value
from django.utils.translation import gettext as _

from tinhso.inspections.models import Inspection, Plan
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

NO_VISIT = Value(None, DateField())


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """Plans by their numbers, inspections by that and the day of the visit."""
    plans = Plan.objects.filter(uuid__in=keys).values_list("uuid", "number", NO_VISIT)
    visits = Inspection.objects.filter(uuid__in=keys)
    found = plans.union(visits.values_list("uuid", "plan__number", "visit_on"), all=True)
    return {key: _called(number, visit_on) for key, number, visit_on in found}


def _called(number: str, visit_on: date | None) -> str:
    if visit_on is None:
        return _("Kế hoạch kiểm tra %(number)s") % {"number": number}
    told = {"number": number, "day": formatting.day(visit_on)}
    return _("Cuộc kiểm tra ngày %(day)s, kế hoạch %(number)s") % told
