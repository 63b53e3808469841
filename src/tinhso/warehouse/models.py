"""The manifest (bản kê): which immutable files hold which fact table, and up to where in the log."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Snapshot(models.Model):
    """A state of one fact table (ảnh chụp số liệu): all that the log told up to `position`.

    Numbers rise by one for each table; the highest is what readers see. A snapshot `kept` by somebody (a closed period)
    keeps its files. `uuid` names it for good, also where keys begin anew; `shape` is that of the declaration by which
    its rows were read.
    """

    uuid = models.UUIDField(default=uuid4, editable=False)
    table = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    position = models.BigIntegerField()
    made_at = models.DateTimeField()
    shape = models.CharField(max_length=64, default="", db_default="")
    kept = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="snapshots_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"


class FactFileQuerySet(models.QuerySet["FactFile"]):
    """Chainable words."""

    def of(self, snapshot: Snapshot) -> FactFileQuerySet:
        """The files that make up a snapshot, the base first."""
        came = self.filter(table=snapshot.table, first__lte=snapshot.number)
        stayed = Q(last=None) | Q(last__gte=snapshot.number)
        return came.filter(stayed).order_by("-is_base", "first", "name")


class FactFile(models.Model):
    """One file of rows (tệp số liệu), written once: in the snapshots from `first` to `last`, to the newest when None.

    `is_base` says that its subjects stand in no other base file and that none of its rows says "deleted".
    """

    table = models.CharField(max_length=80)
    name = models.CharField(max_length=80, unique=True)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField(null=True)
    is_base = models.BooleanField()
    rows = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = FactFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "first"], name="fact_file_by_table")]

    def __str__(self) -> str:
        return self.name
