"""Targets: what somebody was told to reach, by whom and in which document."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from typing import Self


class TargetQuerySet(models.QuerySet["Target"]):
    """Words about targets."""

    def standing(self) -> Self:
        """Those that nobody ended."""
        return self.filter(end=None)

    def between(self, first: date, last: date) -> Self:
        """Those whose period meets the interval."""
        return self.filter(first__lte=last, last__gte=first)

    def of(self, agencies: Collection[int] | None) -> Self:
        """Those of the province, and of these agencies; of all when None."""
        return self if agencies is None else self.filter(Q(agency=None) | Q(agency__in=agencies))


class Target(models.Model):
    """A value to be reached (chỉ tiêu phấn đấu) by an agency, or by the province when there is none.

    Two targets for one indicator may stand side by side: each names its issuer and its document. `place` is the
    province for which a source of another place and time set it; such a target is history and judges nobody here.
    `value` is in the unit of the indicator; which way is better is said by the indicator. `origin` and `edition` name
    the entry of a pack and its version when a pack declared it.
    """

    class Level(models.TextChoices):
        """Who set it (cấp giao)."""

        NATIONAL = "national", _("Trung ương")
        PROVINCE = "province", _("Tỉnh")
        AGENCY = "agency", _("Cơ quan tự đặt")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.CharField(max_length=100)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=100, blank=True)
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    level = models.CharField(max_length=10, choices=Level.choices)
    issuer = models.CharField(max_length=300)
    document = models.CharField(max_length=200, blank=True)
    dated = models.DateField(null=True, blank=True)
    quotation = models.CharField(max_length=1000, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="target_days_in_order", condition=Q(first__lte=F("last"))),
            models.UniqueConstraint(
                fields=["origin", "edition"],
                condition=~Q(origin=""),
                name="target_once_of_an_edition",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "first"], name="target_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"


class TargetEnd(models.Model):
    """A target no longer holds (thôi giao chỉ tiêu) from a day on."""

    target = models.OneToOneField(Target, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return str(self.target_id)
