"""What somebody has typed and not yet handed in."""

from __future__ import annotations

import uuid

from django.db import models

from tinhso.dossiers.models.procedures import ProcedureVersion


class Draft(models.Model):
    """An application being filled in (bản nháp), found by its secret key; `answers` are raw, as typed.

    Belongs to an account's party when there is one; a visitor holds its key in the session.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="+")
    owner = models.CharField(max_length=80)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
