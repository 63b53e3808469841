"""Keys under which partner systems sent something, so that it happens once."""

from __future__ import annotations

from django.db import models


class SentKey(models.Model):
    """One key (khóa chống gửi trùng) of one sender, and the digest of the address and content that came with it.

    Written by the act itself, in its transaction: what was refused leaves its key free. `subject` is what came into
    being, where something did.
    """

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    subject = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="sent_key_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
