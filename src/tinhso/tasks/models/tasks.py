"""A task (nhiệm vụ) with the words that ordered it, and the parts of coordinating agencies (phần phối hợp)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.tasks.errors import TaskUnknown
from tinhso.tasks.models.notices import Notice
from tinhso.tasks.models.scopes import held
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.permissions import TaskPermission

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

SOON = timedelta(days=7)
"""A deadline this near is shown as near."""
DEADLINE_KINDS = (
    (DeadlineKind.COMPLETE.value, _("Hoàn thành")),
    (DeadlineKind.CARRY_OUT.value, _("Thực hiện trong kỳ")),
    (DeadlineKind.RECURRING.value, _("Thường xuyên, định kỳ")),
    (DeadlineKind.NONE.value, _("Không nêu thời hạn")),
)


class State(models.TextChoices):
    """Where a task stands; follows from the acts that were done to it."""

    ISSUED = "issued", _("Chờ nhận")
    ACCEPTED = "accepted", _("Đang thực hiện")
    RETURNED = "returned", _("Trả lại, chờ giao lại")
    PROPOSED = "proposed", _("Chờ xác nhận hoàn thành")
    DONE = "done", _("Hoàn thành")
    CANCELLED = "cancelled", _("Đã hủy")


UNFINISHED = (State.ISSUED, State.ACCEPTED, State.RETURNED)
OPEN = (*UNFINISHED, State.PROPOSED)


class TaskQuerySet(models.QuerySet["Task"]):
    """Words about tasks."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those that the actor's agencies gave, lead or have a part in."""
        agencies = held(actor, TaskPermission.READ, at=at)
        if agencies is None:
            return self
        parts = Part.objects.filter(agency__in=agencies).values("task")
        whole = Q(parent__agency__in=agencies)  # who gave the whole follows its shares
        here = Q(agency__in=agencies) | Q(lead__in=agencies) | Q(pk__in=parts)
        return self.filter(here | whole)

    def given_by(self, agencies: Collection[int]) -> Self:
        """Those that these agencies gave and follow."""
        return self.filter(agency__in=agencies)

    def to_do(self) -> Self:
        """Those that are done themselves: of a recurring one its periods are."""
        return self.filter(is_standing=False)

    def open(self) -> Self:
        """Those that are neither done nor cancelled."""
        return self.filter(state__in=OPEN)

    def late(self, on: date) -> Self:
        """Those whose day has passed and that were not even reported as done."""
        return self.filter(state__in=UNFINISHED, deadline_on__lt=on)

    def soon(self, on: date) -> Self:
        """Those whose day is near."""
        return self.filter(state__in=UNFINISHED, deadline_on__gte=on, deadline_on__lte=on + SOON)

    def get_or_refuse(self, key: UUID) -> Task:
        """The one of that uuid; `TaskUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise TaskUnknown
        return found


class Task(models.Model):
    """One task of one lead agency (nhiệm vụ).

    `start` and `end` are where its sentence stands in the notice. `item` is the draft that it was issued from: the
    same for all agencies that were given the same words. `deadline_on` is the day in force: an extension moves it;
    `state` follows from the rows against it. Of a task that recurs (nhiệm vụ định kỳ) each `period` is a task of its
    own that names the `standing` one, which since then `is_standing`: the order, not work to be counted. A share (phần
    việc chia xuống) names its `parent`, in whose place it stands, and was given by its lead. Without its
    `evidence_kinds` it is not reported as done. `worker` is who does it at the lead.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )  # `task_same_words` begins with it
    item = models.UUIDField()
    ordinal = models.PositiveIntegerField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    wanted = models.CharField(max_length=500, blank=True)
    evidence_kinds = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    group = models.CharField(max_length=300, blank=True)
    deadline_words = models.CharField(max_length=300, blank=True)
    deadline_on = models.DateField(null=True)
    deadline_kind = models.CharField(max_length=20, choices=DEADLINE_KINDS)
    supervisor = models.CharField(max_length=300, blank=True)
    follower = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    worker = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    references = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ISSUED)
    standing = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="occurrences"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="shares")
    period = models.CharField(max_length=10, blank=True, default="", db_default="")
    is_standing = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "ordinal", "period"],
                condition=Q(parent=None),
                name="task_in_its_place",
            ),
            models.CheckConstraint(name="task_has_words", condition=Q(start__lt=F("end"))),
        ]
        indexes = [
            models.Index(
                fields=["agency", "state", "deadline_on", "notice", "ordinal"],
                name="task_given",
            ),
            models.Index(fields=["lead", "state", "deadline_on"], name="task_by_lead"),
            models.Index(fields=["notice", "item"], name="task_same_words"),
            models.Index(
                fields=["agency", "deadline_on", "notice", "ordinal"],
                include=["lead", "state", "follower", "group", "item", "period", "parent"],
                condition=Q(state__in=OPEN, is_standing=False),
                name="task_open_lines",
            ),
            models.Index(
                fields=["lead", "deadline_on", "notice", "ordinal"],
                include=["state"],
                condition=Q(state__in=OPEN, is_standing=False),
                name="task_led_open",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # as above, in `Notice`
        """The state in words; every line of a list asks, and Django would put all states into words for each."""
        return str(State(self.state).label)

    def is_late(self, on: date) -> bool:
        """Whether its day has passed and nobody said that it is done."""
        return self.deadline_on is not None and self.deadline_on < on and self.state in UNFINISHED

    def is_soon(self, on: date) -> bool:
        """Whether its day is near."""
        day = self.deadline_on
        return day is not None and on <= day <= on + SOON and self.state in UNFINISHED


class Dependency(models.Model):
    """A task that waits for another (nhiệm vụ chờ nhiệm vụ khác): it is not done before the other is."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="waits_for")
    blocker = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="holds_up")
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("nhiệm vụ chờ nhiệm vụ khác")
        constraints = [
            models.UniqueConstraint(fields=["task", "blocker"], name="waits_once"),
            models.CheckConstraint(name="waits_for_another", condition=~Q(task=F("blocker"))),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.blocker_id}"


class Tie(models.Model):
    """A task tied to what the system counts itself (nhiệm vụ gắn với số liệu, hồ sơ): `kind` reads the `facts`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=20)
    facts = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("gắn nhiệm vụ với số liệu")

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


class Part(models.Model):
    """What an agency does towards a task that another leads (phần phối hợp), with its own day where one was set."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=500, blank=True)
    deadline_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("phần phối hợp")
        constraints = [
            models.UniqueConstraint(fields=["task", "agency"], name="one_part_an_agency")
        ]
        indexes = [models.Index(fields=["agency"], name="part_by_agency")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.agency_id}"
