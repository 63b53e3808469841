"""Where the work lies: tokens of the workflow, steps, and the worklist."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F

from tinhso.dossiers.models.dossiers import Dossier
from tinhso.dossiers.models.procedures import ProcedureVersion
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.asking import Among
from tinhso.kernel.vectors import SearchVectorField

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor, Scope


WAIT = "wait"
"""What a dossier does that only a timer moves on (chờ đến hạn): an entry of the worklist, and no act."""


class Token(models.Model):
    """A live token (thẻ bước) of a running dossier at a node of its workflow; consumed ones go.

    `branch` and `via` are what `workflow.tokens` says of them. `person` answers for one that waits for a timer on the
    way, at which nobody works.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="tokens")
    node = models.CharField(max_length=120)
    branch = models.TextField(default="")
    via = models.CharField(max_length=120)
    since = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.node}"


class Alarm(models.Model):
    """A timer of the workflow that is set (hẹn giờ) while its token rests at a task.

    `counted_to` is the instant at which its wait has run, pauses with it; one of days goes off (`fires_at`) at the end
    of that day. None in rows that are older than the column.
    """

    id = models.UUIDField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="alarms")
    token = models.UUIDField()
    timer = models.CharField(max_length=120)
    fires_at = models.DateTimeField(db_index=True)
    counted_to = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.timer}"


class Step(models.Model):
    """A piece of work at one agency (bước xử lý), from when it opened to when it was done and how."""

    id = models.UUIDField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    token = models.UUIDField(null=True)
    node = models.CharField(max_length=120)
    branch = models.TextField(default="")
    name = models.TextField()
    act = models.CharField(max_length=40)
    role = models.CharField(max_length=60)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, null=True)  # noqa: DJ001  (open steps have none)
    outcome = models.CharField(max_length=60, null=True)  # noqa: DJ001  (open steps have none)
    note = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="steps_in_order")
        ]
        indexes = [models.Index(fields=["agency", "dossier"], name="step_by_agency")]
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.ordinal} {self.name}"


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    """Chainable words of the queue."""

    def visible_to(self, actor: Actor, *, at: datetime) -> WorkItemQuerySet:
        """Open work at agencies where the actor holds `dossiers:queue:read`."""
        return self.within(actor.scope(DossierPermission.READ_QUEUE, at=at))

    def within(self, scope: Scope) -> WorkItemQuerySet:
        """Open work at the agencies of a scope."""
        here = Among(F("agency"), sorted(scope.agencies))
        return self if scope.everywhere else self.filter(here)

    def overdue(self, at: datetime) -> WorkItemQuerySet:
        """The appointed time has passed and the clock runs."""
        return self.filter(is_paused=False, due_at__lt=at)


class WorkItem(models.Model):
    """One row per open piece of work (worklist): what the queue shows, written by the acts, rebuilt by command.

    Its key is that of the open step; of a wait for a timer on the way (`act` is `WAIT`) that of the token, for it is
    no step, and `waits_until` says when it ends. `words` is what it is found under (`finding.found_under`), `channel`
    and `submitted_at` are the dossier's: searches and filters ask open work alone, not a million dossiers.
    """

    step = models.OneToOneField(
        Step, on_delete=models.CASCADE, primary_key=True, related_name="item", db_constraint=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="items")
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    node = models.CharField(max_length=120)
    act = models.CharField(max_length=40)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    near_at = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    words = SearchVectorField(default=list, db_default="")
    channel = models.CharField(max_length=20, default="", db_default="")
    submitted_at = models.DateTimeField(null=True)
    waits_until = models.DateTimeField(null=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "is_paused", "due_at"],
                include=["near_at", "person", "act"],
                name="work_counted",
            ),  # everything above the list is counted from it alone
            models.Index(
                fields=["is_paused", "due_at", "since", "step"],
                include=["agency", "person", "act"],
                name="work_walked",
            ),  # the queue in its order, whosever it is
            models.Index(fields=["person", "due_at"], name="work_by_person"),
            models.Index(fields=["dossier"], name="work_by_dossier"),
            GinIndex(fields=["words"], name="work_by_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.node}"
