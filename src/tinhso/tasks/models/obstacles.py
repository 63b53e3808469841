"""An obstacle (khó khăn, vướng mắc): what keeps somebody from working, who can solve it, and its answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.folding import tokens
from tinhso.tasks.errors import ObstacleUnknown
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


class ObstacleState(models.TextChoices):
    """Where an obstacle stands; follows from the acts that were done to it."""

    OPEN = "open", _("Chờ tháo gỡ")
    ANSWERED = "answered", _("Đã có trả lời")
    PROPOSED = "proposed", _("Đã kiến nghị cấp trên")
    CLOSED = "closed", _("Đã gỡ xong")


UNSOLVED = (ObstacleState.OPEN, ObstacleState.PROPOSED)
"""Nobody has answered yet."""


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    """Words about obstacles."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Those that the actor's agencies raised or are to solve."""
        agencies = held(actor, TaskPermission.READ_OBSTACLE, at=at)
        if agencies is None:
            return self
        return self.filter(Q(agency__in=agencies) | Q(solver__in=agencies))

    def unsolved(self) -> Self:
        """Those without an answer."""
        return self.filter(state__in=UNSOLVED)

    def unanswered(self) -> Self:
        """Those that wait for their solver's own answer: not at a ministry, not joined to another."""
        return self.filter(state=ObstacleState.OPEN).separate()

    def separate(self) -> Self:
        """Several that were joined count as the one that they were joined to."""
        return self.filter(main=None)

    def said(self, text: str) -> Self:
        """Those in which every word of the search begins a word, accents aside."""
        found = self
        for token in tokens(text):
            found = found.filter(folded__contains=f" {token}")
        return found

    def get_or_refuse(self, key: UUID) -> Obstacle:
        """The one of that uuid; `ObstacleUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise ObstacleUnknown
        return found


class Obstacle(models.Model):
    """What an agency is stuck on (vướng mắc), as its officer said it.

    `page` is the address of the screen from which it was raised, without its query, and `subject` what that screen
    showed. `solver` is who is to answer by `due_on`; `main` the obstacle of another unit that it is the same as.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=50)
    text = models.TextField()
    folded = models.TextField()
    page = models.CharField(max_length=300, blank=True)
    subject = models.UUIDField(null=True)
    solver = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    main = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    state = models.CharField(
        max_length=20, choices=ObstacleState.choices, default=ObstacleState.OPEN
    )
    at = models.DateTimeField()
    actor = models.TextField()

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        verbose_name = _("vướng mắc")
        constraints = [
            models.CheckConstraint(
                name="obstacle_is_not_its_own", condition=Q(main=None) | ~Q(main=F("id"))
            )
        ]
        indexes = [
            models.Index(fields=["solver", "state", "due_on"], name="obstacle_by_solver"),
            models.Index(fields=["agency", "state"], name="obstacle_by_agency"),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, on: date) -> bool:
        """Whether its day has passed without an answer."""
        return self.state == ObstacleState.OPEN and self.due_on < on


class ObstacleActKind(models.TextChoices):
    """What somebody did to an obstacle (việc đã làm)."""

    ROUTED = "routed", _("Chuyển nơi giải quyết")
    ANSWERED = "answered", _("Trả lời")
    PROPOSED = "proposed", _("Kiến nghị cấp trên")
    JOINED = "joined", _("Gộp với vướng mắc chung")
    REOPENED = "reopened", _("Báo chưa gỡ được")
    CLOSED = "closed", _("Xác nhận đã gỡ xong")
    ESCALATED = "escalated", _("Quá hạn trả lời, báo lên cấp trên")


class ObstacleAct(models.Model):
    """One act on an obstacle: `agency` is who is to solve it from then on, `document` the paper to the ministry.

    `rule` is the reminder rule by which it was told to those above, once for each solver.
    """

    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20, choices=ObstacleActKind.choices)
    words = models.TextField(blank=True)
    body = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=100, blank=True)
    rule = models.CharField(max_length=100, blank=True, db_default="")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("việc đã làm với vướng mắc")
        constraints = [
            models.UniqueConstraint(
                fields=["obstacle", "rule", "agency"],
                condition=~Q(rule=""),
                name="obstacle_escalated_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obstacle_id} {self.kind}"


class SolutionQuerySet(models.QuerySet["Solution"]):
    """Words about solutions."""

    def said(self, text: str) -> Self:
        """Those in which every word of the search begins a word, accents aside."""
        found = self
        for token in tokens(text):
            found = found.filter(folded__contains=f" {token}")
        return found


class Solution(models.Model):
    """An answer that helps others too (lời giải), in words that name no unit and no person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="solutions")
    kind = models.CharField(max_length=50)
    question = models.CharField(max_length=500)
    answer = models.TextField()
    folded = models.TextField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.TextField()

    objects = SolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lời giải vướng mắc")

    def __str__(self) -> str:
        return self.question
