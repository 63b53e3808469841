"""What somebody has typed and not yet handed in."""

from __future__ import annotations

import uuid

from django.db import models

from tinhso.dossiers.models.procedures import ProcedureVersion


class Draft(models.Model):
    """An application being filled in (bản nháp); `answers` are as typed.

    `uuid` becomes that of the dossier, so that a draft is handed in once, however often it is sent.
    At the counter `intake` keeps, as typed too, by which way and at which desk it came.
    `warned_at` is when its owner was told that it goes soon.
    `owner` is the key of the account's actor; a visitor's draft belongs to whoever began it in their session or was
    told its `code` (mã bản nháp), written like a reference. The uuid alone opens it to nobody.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="+")
    owner = models.CharField(max_length=80)
    code = models.CharField(max_length=10, unique=True, null=True)  # noqa: DJ001  (accounts' have none)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.JSONField(default=dict)
    intake = models.JSONField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.uuid)
