"""Imported history: steps as another system logged them, in batches that can be undone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

from tinhso.dossiers.models.procedures import Procedure
from tinhso.dossiers.permissions import DossierPermission

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Chainable words."""

    def visible_to(self, actor: Actor, *, at: datetime) -> ImportBatchQuerySet:
        """Batches brought to agencies where the actor holds `dossiers:history:import`."""
        scope = actor.scope(DossierPermission.IMPORT_HISTORY, at=at)
        return self if scope.everywhere else self.filter(agency__in=scope.agencies)


class ImportBatch(models.Model):
    """One file brought in (đợt nhập lịch sử); the same content cannot be brought in twice.

    `agency` and `procedure` are what all its dossiers were laid to, since a log does not say.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    file_name = models.TextField()
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    cases = models.PositiveIntegerField()
    steps = models.PositiveIntegerField()

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_hash"], name="file_imported_once")]

    def __str__(self) -> str:
        return self.file_name


class ImportedCase(models.Model):
    """What a log says of a case beside its steps (lời của hệ thống cũ): kept as written, never computed with."""

    dossier = models.OneToOneField(
        "Dossier", on_delete=models.CASCADE, primary_key=True, related_name="imported"
    )
    channel = models.TextField(default="")
    attributes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.dossier_id)


class ImportedStep(models.Model):
    """One logged event of a foreign case (bước lịch sử): a row, not an event of ours.

    Everything stands as the log wrote it. The activity is its name: foreign names are nobody's vocabulary here, and
    half a million references to check would double the time of an import.
    """

    pk = models.CompositePrimaryKey("dossier_id", "ordinal")
    dossier = models.ForeignKey(
        "Dossier", on_delete=models.CASCADE, related_name="imported_steps", db_index=False
    )
    ordinal = models.PositiveIntegerField()
    activity = models.TextField()
    at = models.DateTimeField()
    resource = models.TextField(default="")
    department = models.TextField(default="")
    place = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.ordinal}"
