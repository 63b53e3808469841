"""The append-only log of official acts and of reads of personal data (nhật ký)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from tinhso.events.permissions import EventPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.backends.base.base import BaseDatabaseWrapper

    from tinhso.kernel.actors import Actor


class EventQuerySet(models.QuerySet["Event"]):
    """The words of a list of events."""

    def visible_to(self, actor: Actor, *, at: datetime) -> EventQuerySet:
        """Events of the agencies where the actor may read the log; those of no agency need it everywhere."""
        scope = actor.scope(EventPermission.READ, at=at)
        if scope.everywhere:
            return self
        return self.filter(agency__in=scope.agencies)

    def about(self, subject: UUID) -> EventQuerySet:
        """Acts on the subject."""
        return self.filter(subject=subject)

    def placed(self) -> EventQuerySet:
        """Events that have their place in the log, in one query with it."""
        return self.filter(place__isnull=False).select_related("place")


class Event(models.Model):
    """One act or one read (sự kiện): who, when, what kind, on which subject.

    Keys and codes only, never personal data. `agency` is the key of an agency without a foreign
    key: the log lies below the apps that it speaks of.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    kind = models.TextField()
    subject = models.UUIDField()
    agency = models.BigIntegerField(null=True)
    actor = models.TextField()
    payload = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_by_subject"),
            models.Index(fields=["kind", "id"], name="event_by_kind"),
            models.Index(fields=["actor", "id"], name="event_by_actor"),
            BrinIndex(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def position(self) -> int:
        """The place in the log; an event that has none yet raises `Position.DoesNotExist`."""
        return self.place.position


class TransactionId(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """PostgreSQL's xid8: 64 bits, never wraps. Written by the database, compared by the sequencer."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        del connection
        return "xid8"


class Unplaced(models.Model):
    """An event that has no position yet, and the transaction that wrote it (chờ xếp vị trí).

    Rows are written by a trigger, so that no writer can forget; only the sequencer reads them and
    takes them away. `since` is real time, whatever the business clock says.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, db_constraint=False
    )
    xid = TransactionId()
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.pk)


class Position(models.Model):
    """The gapless place of a committed event in the log (vị trí), given once by the sequencer."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="place")

    def __str__(self) -> str:
        return str(self.position)


class Checkpoint(models.Model):
    """How far a reader of the log has come (dấu đọc): it has dealt with all up to `position`."""

    reader = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} {self.position}"


class Seal(models.Model):
    """A batch of placed events hashed into a chain (niêm phong); number 0 names the log.

    `leaves` are the SHA-256 of each event from `first` to `last`, 32 bytes each; `root` is the
    SHA-256 of number, bounds, the previous root and the leaves.
    """

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    previous = models.BinaryField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.number)
