"""What an inspection leads to: findings, recommendations, minutes, conclusion, re-checks, closing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.inspections.models.checklists import Item
from tinhso.inspections.models.inspections import Inspection


class FindingKind(models.TextChoices):
    """What a finding says (loại nhận định)."""

    RESULT = "result", _("Kết quả đạt được")
    WEAKNESS = "weakness", _("Tồn tại, hạn chế")
    CAUSE = "cause", _("Nguyên nhân")
    PRACTICE = "practice", _("Cách làm hay")


HINDERING = (FindingKind.WEAKNESS, FindingKind.CAUSE)
"""What the unit may be stuck on, and may raise as an obstacle."""


class Finding(models.Model):
    """What the team found (nhận định), perhaps at a criterion; dropped ones stand in no minutes.

    `obstacle` is what the unit raised of it, where others have to help.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="findings")
    kind = models.CharField(max_length=20, choices=FindingKind.choices)
    text = models.TextField()
    is_dropped = models.BooleanField(default=False)
    obstacle = models.ForeignKey(
        "tasks.Obstacle", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("nhận định kiểm tra")

    def __str__(self) -> str:
        return self.text


class Recommendation(models.Model):
    """What the team asks of the unit (kiến nghị); with the conclusion it becomes a task."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="recommendations"
    )
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    deadline_on = models.DateField(null=True)
    is_dropped = models.BooleanField(default=False)
    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("kiến nghị kiểm tra")
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "ordinal"], name="recommendation_in_its_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class MinutesKind(models.TextChoices):
    """What happened to the minutes (biên bản)."""

    SEALED = "sealed", _("Đoàn kiểm tra chốt biên bản")
    RETURNED = "returned", _("Đơn vị đề nghị sửa")
    AGREED = "agreed", _("Đơn vị thông qua")


class MinutesAct(models.Model):
    """One side says what it thinks of the minutes (chốt, trả lại, thông qua biên bản); `digest` names their content."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="minutes_acts"
    )
    kind = models.CharField(max_length=20, choices=MinutesKind.choices)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("việc với biên bản kiểm tra")

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.kind}"


class Conclusion(models.Model):
    """The conclusion (kết luận kiểm tra): its number and day; the recommendations become tasks."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="conclusion"
    )
    number = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    notice = models.ForeignKey(
        "tasks.Notice", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("kết luận kiểm tra")

    def __str__(self) -> str:
        return self.number


class Outcome(models.TextChoices):
    """What was found when a recommendation was looked at again."""

    DONE = "done", _("Đã khắc phục")
    PARTLY = "partly", _("Khắc phục một phần")
    UNDONE = "undone", _("Chưa khắc phục")


class Recheck(models.Model):
    """A recommendation looked at again (kiểm tra lại)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="rechecks"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    words = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("lần kiểm tra lại")

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.outcome}"


class Closing(models.Model):
    """The inspection is over (kết thúc cuộc kiểm tra): everything that was asked for is done."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="closing")
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("kết thúc cuộc kiểm tra")

    def __str__(self) -> str:
        return str(self.inspection_id)
