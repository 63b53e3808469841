"""The sitting of a team at the unit (buổi làm việc): when, where, who of the unit took part, what both sides said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.inspections.models.inspections import Inspection


class Sitting(models.Model):
    """What the minutes say of the sitting itself; the newest counts, none is changed.

    It has no end (`ends_at`) as long as both sides still sit together.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sittings")
    place = models.CharField(max_length=300)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    unit_opinion = models.TextField(blank=True)
    team_opinion = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("buổi làm việc của đoàn kiểm tra")
        constraints = [
            models.CheckConstraint(
                name="sitting_ends_later", condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at"))
            )
        ]

    def __str__(self) -> str:
        return self.place

    def is_whole(self) -> bool:
        """Whether minutes can be made of it: it has ended, and somebody of the unit took part."""
        return self.ends_at is not None and bool(self.attendees.all())


class Attendee(models.Model):
    """Somebody of the inspected unit who took part (người của đơn vị dự làm việc), the one who speaks for it first."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendees")
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("người của đơn vị dự làm việc")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "ordinal"], name="attendee_in_place")
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.office) if part)
