"""The national catalogue of procedures (danh mục thủ tục hành chính): entries, versions, and how they are found."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tinhso.dossiers.models.procedures import Procedure


class CatalogueImport(models.Model):
    """One reading of a file of the catalogue that changed something (đợt nhập danh mục)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.TextField()
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    procedures = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.file_name


class CatalogueEntry(models.Model):
    """A procedure of the catalogue by its national code, whatever its version (thủ tục trong danh mục)."""

    code = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class CatalogueVersion(models.Model):
    """What the catalogue said of a procedure from one import to the next (phiên bản trong danh mục); never changed.

    `source` holds the texts as written, `parsed` what was read from them with the place of each value. `until` is
    null for what it says now.
    """

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    batch = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, related_name="versions")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    name = models.TextField()
    sector = models.TextField()
    levels = ArrayField(models.CharField(max_length=20))
    source = models.JSONField()
    parsed = models.JSONField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "version"], name="one_catalogue_row_per_version"
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(until__isnull=True),
                name="one_catalogue_row_holds_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.version}"


class Finding(models.Model):
    """One line of the search over all procedures (dòng tìm kiếm): ours, the catalogue's, or both under one code.

    Derived from `Procedure` and `CatalogueVersion`; `indexing.rebuild` makes it anew.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    sector = models.TextField()
    levels = ArrayField(models.CharField(max_length=20))
    procedure = models.ForeignKey(Procedure, null=True, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(CatalogueEntry, null=True, on_delete=models.CASCADE, related_name="+")
    words = ArrayField(models.CharField(max_length=64))

    def __str__(self) -> str:
        return self.name


class FindingWord(models.Model):
    """A folded word and the lines that hold it (từ tìm kiếm), with the weight of the place where it stands.

    `keys` are the word and what is left of it without one letter: two words that differ by one slip share a key.
    """

    word = models.CharField(max_length=64, primary_key=True)
    keys = ArrayField(models.CharField(max_length=64))
    lines = ArrayField(models.BigIntegerField())
    weights = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="finding_word_keys")]

    def __str__(self) -> str:
        return self.word
