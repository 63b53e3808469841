"""The checklist of one inspection (phiếu kiểm tra): criteria, what was filled in beforehand, notes, photos."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.inspections.models.inspections import Inspection


class Item(models.Model):
    """A criterion as the checklist of the plan's day had it (tiêu chí); the words stay with the inspection."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveIntegerField()
    code = models.CharField(max_length=110)
    group = models.CharField(max_length=500)
    text = models.CharField(max_length=500)
    records = models.CharField(max_length=500, blank=True)
    figures = models.JSONField(default=list)

    class Meta:
        verbose_name = _("tiêu chí kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ordinal"], name="item_in_its_place")
        ]

    def __str__(self) -> str:
        return self.text


class Judgement(models.TextChoices):
    """What the team thinks of a criterion (đánh giá)."""

    NONE = "", _("Chưa đánh giá")
    MET = "met", _("Đạt")
    PARTLY = "partly", _("Đạt một phần")
    UNMET = "unmet", _("Chưa đạt")
    DOES_NOT_APPLY = "n-a", _("Không áp dụng")


class Note(models.Model):
    """A version of what was noted of a criterion (ghi chép): a further one a save, none is overwritten.

    `version` counts from 1. A text that was written on an older version than the newest is kept aside (`is_aside`), so
    that the one who wrote it puts both together.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    judgement = models.CharField(max_length=10, choices=Judgement.choices, blank=True)
    is_aside = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("ghi chép tiêu chí")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "version"], condition=Q(is_aside=False), name="note_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} ({self.version})"


class SelfReport(models.Model):
    """What the unit says of a criterion before the visit (đơn vị tự báo cáo): the newest counts, none is changed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="self_reports")
    text = models.TextField(blank=True)
    judgement = models.CharField(max_length=10, choices=Judgement.choices, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("đơn vị tự báo cáo tiêu chí")

    def __str__(self) -> str:
        return f"{self.item_id} {self.judgement}"


class Photo(models.Model):
    """A photo taken at a criterion (ảnh hiện trường)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("ảnh kiểm tra")

    def __str__(self) -> str:
        return self.caption or str(self.uuid)


class Preparation(models.Model):
    """What was filled in before the visit (điền sẵn): figures by criterion, late tasks, obstacles, former remedies.

    The newest counts; each is what the system said at that instant.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="preparations"
    )
    content = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        verbose_name = _("lần điền sẵn phiếu kiểm tra")

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.at}"
