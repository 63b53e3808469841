"""Imported history: steps as another system logged them, in batches that can be undone."""

from __future__ import annotations

import uuid

from django.db import models


class ImportBatch(models.Model):
    """One file brought in (đợt nhập lịch sử); the same content cannot be brought in twice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.TextField()
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    cases = models.PositiveIntegerField()
    steps = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_hash"], name="file_imported_once")]

    def __str__(self) -> str:
        return self.file_name


class ImportedActivity(models.Model):
    """The name of an activity in a foreign log, once."""

    name = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.name


class ImportedStep(models.Model):
    """One logged event of a foreign case (bước lịch sử): a row, not an event of ours."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("Dossier", on_delete=models.CASCADE, related_name="imported_steps")
    ordinal = models.PositiveIntegerField()
    activity = models.ForeignKey(ImportedActivity, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resource = models.TextField(default="")
    department = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.ordinal}"
