"""The append-only log of official acts and of reads of personal data (nhật ký)."""

from __future__ import annotations

import uuid

from django.db import models


class Event(models.Model):
    """One act or one read (sự kiện): who, when, what kind, on which subject; keys and codes only, never personal data.

    `agency` is the key of an agency without a foreign key: the log lies below the apps that it speaks of.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    kind = models.TextField()
    subject = models.UUIDField()
    agency = models.BigIntegerField(null=True)
    actor = models.TextField()
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Position(models.Model):
    """The gapless place of a committed event in the log; insert-only, given by the sequencer."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="placed")

    def __str__(self) -> str:
        return str(self.position)
