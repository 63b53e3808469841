"""Closed periods: what was known, and by which definitions, when somebody closed the figures."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class PeriodClosing(models.Model):
    """The figures of an interval were closed (chốt kỳ số liệu): they never change again.

    `snapshots` maps each fact table to the number of its kept snapshot, `versions` each indicator to the version of
    its definition. Whatever is found different later is a restatement (điều chỉnh số liệu) beside them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=200)
    snapshots = models.JSONField()
    versions = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="closing_days_in_order", condition=Q(first__lte=F("last"))),
            models.UniqueConstraint(fields=["first", "last"], name="interval_closed_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ClosedFigure(models.Model):
    """One figure of a closed period (số liệu đã chốt): of an agency, or of the province when there is none."""

    closing = models.ForeignKey(PeriodClosing, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "indicator", "agency"],
                name="closed_figure_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
