"""What was done to a task: rows that are added and never changed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.tasks.models.tasks import Task


class Act(models.TextChoices):
    """What somebody did to a task (việc đã làm)."""

    ACCEPTED = "accepted", _("Nhận nhiệm vụ")
    RETURNED = "returned", _("Trả lại")
    GIVEN = "given", _("Giao lại")
    REPORTED = "reported", _("Báo cáo tiến độ")
    PROPOSED = "proposed", _("Đề nghị xác nhận hoàn thành")
    CONFIRMED = "confirmed", _("Xác nhận hoàn thành")
    REOPENED = "reopened", _("Yêu cầu làm tiếp")
    CANCELLED = "cancelled", _("Hủy nhiệm vụ")
    SHARED = "shared", _("Chia việc")
    ASSIGNED = "assigned", _("Phân công người thực hiện")
    HANDED_OVER = "handed_over", _("Bàn giao theo dõi")
    PART_SET = "part_set", _("Đặt phần phối hợp")
    WAITS = "waits", _("Chờ nhiệm vụ khác")
    WAITS_NO_MORE = "waits_no_more", _("Thôi chờ nhiệm vụ khác")
    TIED = "tied", _("Gắn với số liệu, hồ sơ")
    UNTIED = "untied", _("Thôi gắn với số liệu, hồ sơ")
    REACHED = "reached", _("Số liệu của hệ thống cho thấy đã đạt")


class TaskAct(models.Model):
    """One act on a task, with its words (việc đã làm với nhiệm vụ).

    `agency` is the agency that leads after the act, or the one that it names; `percent` what a report says of the
    progress; `person` whom it names.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20, choices=Act.choices)
    words = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("việc đã làm với nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                name="progress_at_most_all", condition=Q(percent=None) | Q(percent__lte=100)
            )
        ]
        indexes = [models.Index(fields=["task"], name="task_act_by_task")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


class EvidenceKind(models.TextChoices):
    """What shows that something was done (loại minh chứng)."""

    FILE = "file", _("Tệp")
    LINK = "link", _("Liên kết")
    RECORD = "record", _("Số hồ sơ, số văn bản")
    FIGURE = "figure", _("Số liệu của hệ thống")


class Evidence(models.Model):
    """What shows that the task is done (minh chứng): a file, a link, a record's number, a figure as counted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    value = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("minh chứng")
        constraints = [
            models.CheckConstraint(
                name="evidence_is_something", condition=~Q(value="") | Q(file__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


class ExtensionRequest(models.Model):
    """The lead asks for a later day (đề nghị gia hạn); answered by one `ExtensionDecision`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extension_requests")
    before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("đề nghị gia hạn nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                name="extension_asks_for_later", condition=Q(until__gt=F("before"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.until}"


class ExtensionDecision(models.Model):
    """The answer to a request (quyết định gia hạn): `until` is the day in force from then on."""

    request = models.OneToOneField(
        ExtensionRequest, on_delete=models.PROTECT, related_name="decision"
    )
    is_granted = models.BooleanField()
    until = models.DateField()
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("quyết định gia hạn nhiệm vụ")

    def __str__(self) -> str:
        return f"{self.request_id} {self.is_granted}"
