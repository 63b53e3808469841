"""Administrative procedures (thủ tục hành chính) and their published versions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from tinhso.kernel.folding import tokens
from tinhso.kernel.vectors import SearchVectorField
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from datetime import date


class Procedure(models.Model):
    """A procedure by its national code (mã thủ tục hành chính), whatever its version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    words = SearchVectorField(null=True)

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def words_of(name: str, code: str, keywords: list[str]) -> list[str]:
        """The folded words by which citizens find it: name, code, everyday words."""
        return tokens(" ".join([name, code, *keywords]))


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Chainable words."""

    def in_force(self, on: date) -> ProcedureVersionQuerySet:
        """Versions by which a dossier that begins on that day is settled."""
        return self.filter(period__contains=on)


class ProcedureVersion(models.Model):
    """What a pack published (phiên bản thủ tục); immutable. A dossier keeps the version under which it began.

    `definition` is the checked content of the pack: papers, form, term, fees, supplement rules, results, legal basis;
    `workflow` is the BPMN source.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    period = DateRangeField()
    level = models.CharField(max_length=20)
    field = models.CharField(max_length=60)
    definition = models.JSONField()
    workflow = models.TextField()
    content_hash = models.CharField(max_length=64)

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "version"], name="one_row_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} v{self.version}"

    @property
    def title(self) -> str:
        """The procedure's name in the language of the page."""
        return worded(self.procedure.name, self.definition.get("name_en", ""))

    def text(self, key: str) -> Any:
        """A top-level entry of the definition, or None."""
        return self.definition.get(key)
