"""What a partner system sent under a key of its own, so that sending it again changes nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossiers import Dossier


class IdempotencyKey(models.Model):
    """One key (khoá chống gửi trùng) of one sender: the digest of what came with it, and what it became.

    Written by the act itself, in its transaction: there is no key without its dossier, the one that was handed in or
    acted upon, or its file, the one that was sent up.
    """

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, null=True, related_name="sendings"
    )
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.CASCADE, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, file__isnull=True)
                | Q(dossier__isnull=True, file__isnull=False),
                name="idempotency_key_became_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
