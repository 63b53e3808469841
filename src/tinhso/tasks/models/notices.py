"""A notice (văn bản giao việc), its reviews (lần rà soát), and how the review ended."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import Level
from tinhso.tasks.errors import NoticeUnknown
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


class NoticeKind(models.TextChoices):
    """What a text that orders work is (loại văn bản)."""

    NOTICE = "notice", _("Thông báo kết luận")
    PLAN = "plan", _("Kế hoạch")
    RESOLUTION = "resolution", _("Nghị quyết")
    DIRECTIVE = "directive", _("Chỉ thị")
    DECISION = "decision", _("Quyết định")
    LETTER = "letter", _("Công văn")
    INSPECTION = "inspection", _("Kết luận kiểm tra")
    SESSION = "session", _("Kết luận phiên họp")
    ABOVE = "above", _("Nhiệm vụ cấp trên giao")
    OTHER = "other", _("Văn bản khác")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Words about notices."""

    def visible_to(self, actor: Actor, *, at: datetime) -> Self:
        """Under review: who prepares or issues there. Issued: also whoever sees a task of it."""
        preparing = held(actor, TaskPermission.BRING_IN, TaskPermission.ISSUE, at=at)
        reading = held(actor, TaskPermission.READ, at=at)
        if preparing is None:
            return self
        issued = Q(end__outcome=Outcome.ISSUED)
        if reading is None:
            return self.filter(Q(agency__in=preparing) | issued)
        concerned = (
            Q(agency__in=reading) | Q(tasks__lead__in=reading) | Q(tasks__parts__agency__in=reading)
        )
        seen = Notice.objects.filter(Q(agency__in=preparing) | (issued & concerned))
        return self.filter(pk__in=seen.values("pk"))

    def get_or_refuse(self, key: UUID) -> Notice:
        """The one of that uuid; `NoticeUnknown` when there is none to see."""
        found = self.filter(uuid=key).first()
        if found is None:
            raise NoticeUnknown
        return found


class Notice(models.Model):
    """A text that orders work, as it was brought in (văn bản giao việc).

    `agency` gives the tasks and follows them; `issuer` is who signed, as the paper says, `level` of which
    level of government; `committee` the body that ordered it, where one did. `text` is what was read of
    the file or pasted: spans of tasks are offsets in it, so it never changes. `file` is the original, where a Word or
    PDF file was handed in.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    title = models.CharField(max_length=500)
    text = models.TextField()
    committee = models.ForeignKey(
        "tasks.Committee", on_delete=models.PROTECT, null=True, related_name="notices"
    )
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    actor = models.TextField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản giao việc")
        indexes = [models.Index(fields=["agency", "number"], name="notice_by_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # Django lets it be one's own
        """The kind in words; every line of a list asks, and Django would put all kinds into words for each."""
        return str(NoticeKind(self.kind).label)


class Review(models.Model):
    """One state of the draft tasks of a notice (lần rà soát): every change is a further one, none is overwritten.

    `items` are what `drafts.Item` reads; `based_on` is the review whose items these grew from, so that undoing
    (hoàn tác) goes back along it. Number 0 is what the grammar read.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(null=True)
    act = models.CharField(max_length=20)
    items = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("lần rà soát")
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="review_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} ({self.number})"


class Outcome(models.TextChoices):
    """How the review of a notice ended."""

    ISSUED = "issued", _("Đã giao nhiệm vụ")
    DISCARDED = "discarded", _("Đã bỏ")


class NoticeEnd(models.Model):
    """The review ended (kết thúc rà soát): the tasks were issued, or the notice was a mistake. Once."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    review = models.PositiveIntegerField()
    tasks = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("kết thúc rà soát")

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outcome}"
