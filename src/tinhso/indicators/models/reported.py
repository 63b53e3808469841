"""Figures that others worked out: reported by an agency, or received from another body."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date
    from typing import Self


class FigureKind(models.TextChoices):
    """Where a figure comes from; the first kind is never stored."""

    COMPUTED = "computed", _("Hệ thống tính")
    REPORTED = "reported", _("Đơn vị báo cáo")
    RECEIVED = "received", _("Nhận từ cơ quan khác")


class ReportedFigureQuerySet(models.QuerySet["ReportedFigure"]):
    """Words about reported figures."""

    def between(self, first: date, last: date) -> Self:
        """Those whose interval meets this one."""
        return self.filter(first__lte=last, last__gte=first)

    def in_force(self) -> Self:
        """Without those of which a pack has told a later edition."""
        later = ReportedFigure.objects.filter(origin=OuterRef("origin"), pk__gt=OuterRef("pk"))
        return self.exclude(~Q(origin=""), Exists(later))


class ReportedFigure(models.Model):
    """A figure as somebody told it (số liệu báo cáo, số liệu nhận được), beside what the system works out.

    `place` is the province that it speaks of, when it is not this house's. Where `is_unclear` the source does not say
    of what the figure is a part: it is shown and never judged. `at_least` marks "hơn", "trên". `origin` and `edition`
    name the entry of a pack and its version when a pack declared it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.CharField(max_length=100)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=100, blank=True)
    first = models.DateField()
    last = models.DateField()
    kind = models.CharField(max_length=10, choices=FigureKind.choices)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    at_least = models.BooleanField(default=False)
    is_unclear = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    quotation = models.CharField(max_length=1000, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reported_days_in_order", condition=Q(first__lte=F("last"))
            ),
            models.UniqueConstraint(
                fields=["origin", "edition"],
                condition=~Q(origin=""),
                name="reported_once_of_an_edition",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "first"], name="reported_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
