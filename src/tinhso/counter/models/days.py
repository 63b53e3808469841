"""The day's book: counted, explained, closed, and taken back only by the head."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.counter.errors import ClosingUnknown
from tinhso.counter.permissions import CounterPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


class DayClosingQuerySet(models.QuerySet["DayClosing"]):
    """Words about closed days."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those of agencies where the actor reads, closes or reopens days."""
        found = Q(pk__in=[])
        for permission in CounterPermission.READ_DAY, CounterPermission.REOPEN_DAY:
            scope = actor.scope(permission, at=at)
            if scope.everywhere:
                return self
            found |= Q(agency__in=scope.agencies)
        return self.filter(found)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(reopening=None)

    def get_or_refuse(self, key: UUID) -> DayClosing:
        """The closing of that uuid, or `ClosingUnknown`."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise ClosingUnknown
        return found


class DayClosing(models.Model):
    """The book of one desk and day was compared with the papers and closed (khóa sổ cuối ngày).

    `paper` and `system` are the sums of the lines. `ordinal` counts the closings of the day: one more each time that
    the one before was taken back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ordinal = models.PositiveSmallIntegerField()
    paper = models.PositiveIntegerField()
    system = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = DayClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("khóa sổ cuối ngày")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "ordinal"], name="counter_closed_in_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} ({self.ordinal})"


class ClosingLine(models.Model):
    """One procedure of a closed day: papers, dossiers in the system, why they differ (giải trình chênh lệch)."""

    closing = models.ForeignKey(DayClosing, on_delete=models.PROTECT, related_name="lines")
    procedure = models.ForeignKey("dossiers.Procedure", on_delete=models.PROTECT, related_name="+")
    paper = models.PositiveIntegerField()
    system = models.PositiveIntegerField()
    explanation = models.TextField(default="")

    class Meta:
        verbose_name = _("dòng đối chiếu")
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "procedure"], name="counter_one_line_a_procedure"
            ),
            models.CheckConstraint(
                condition=Q(paper=F("system")) | ~Q(explanation=""),
                name="counter_difference_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.paper}/{self.system}"

    @property
    def difference(self) -> int:
        """Papers without a dossier when positive, dossiers without a paper when negative."""
        return self.paper - self.system


class DayReopening(models.Model):
    """The head took a closing back, with the reason (mở lại sổ); the day is counted and closed anew."""

    closing = models.OneToOneField(DayClosing, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("mở lại sổ")

    def __str__(self) -> str:
        return f"{self.closing_id}"
