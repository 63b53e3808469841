"""One inspection of one unit (cuộc kiểm tra tại đơn vị)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.inspections.errors import InspectionUnknown
from tinhso.inspections.models.plans import Plan, reading, teams_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


class State(models.TextChoices):
    """Where an inspection stands; follows from the rows against it."""

    OPEN = "open", _("Đang kiểm tra")
    SEALED = "sealed", _("Chờ đơn vị thông qua biên bản")
    AGREED = "agreed", _("Đã thông qua biên bản")
    CONCLUDED = "concluded", _("Đang khắc phục")
    CLOSED = "closed", _("Đã kết thúc")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Words about inspections."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those that the actor's agencies hold, are held at, or in whose team the actor is."""
        agencies = reading(actor, at=at)
        if agencies is None:
            return self
        mine = teams_of(actor).values("plan")
        return self.filter(Q(plan__agency__in=agencies) | Q(unit__in=agencies) | Q(plan__in=mine))

    def get_or_refuse(self, key: UUID) -> Inspection:
        """The one of that uuid; `InspectionUnknown` when there is none to see."""
        found = self.select_related("plan").filter(uuid=key).first()
        if found is None:
            raise InspectionUnknown
        return found


class Inspection(models.Model):
    """The plan's inspection of one unit, with the day of the visit."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="inspections")
    unit = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    visit_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc kiểm tra")
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="unit_once_in_a_plan")]
        indexes = [models.Index(fields=["unit", "visit_on"], name="inspection_by_unit")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.unit_id}"
