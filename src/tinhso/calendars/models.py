"""Calendars and what was entered into them, version by version."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.ui.languages import worded


class DayKind(models.TextChoices):
    """What an entry makes of its day (loại ngày)."""

    HOLIDAY = "holiday", _("Nghỉ lễ, tết")
    SWAP_OFF = "swap_off", _("Nghỉ hoán đổi")
    SWAP_WORK = "swap_work", _("Làm bù")
    CLOSURE = "closure", _("Nghỉ đột xuất")


class Calendar(models.Model):
    """A calendar (lịch làm việc) of the province, or of one agency beside it.

    `agency` is the key of the agency, empty for the province; agencies lie above this app. Every
    change raises `version`; each row says in which version it came and went, so that any version
    can be laid out again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    agency = models.BigIntegerField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("lịch làm việc")
        verbose_name_plural = _("lịch làm việc")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(agency=None),
                name="calendars_one_for_the_province",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """The hours of a week (giờ làm việc) from a date on; entered again, the later version counts.

    `week` holds seven lists, Monday first, of stretches `[first, last]` in minutes after midnight.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="hours")
    valid_from = models.DateField()
    week = models.JSONField()
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("giờ làm việc")
        verbose_name_plural = _("giờ làm việc")
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "valid_from", "version"], name="calendars_hours_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.valid_from}"


class SpecialDayQuerySet(models.QuerySet["SpecialDay"]):
    """Words about entries."""

    def in_force(self, version: int | None = None) -> Self:
        """Entries that hold in that version; in the newest one when none is named."""
        if version is None:
            return self.filter(withdrawal=None)
        return self.filter(version__lte=version).filter(
            models.Q(withdrawal=None) | models.Q(withdrawal__version__gt=version)
        )


class SpecialDay(models.Model):
    """A day out of the ordinary (ngày nghỉ, ngày làm bù), its legal basis and its source.

    `verified` is true when somebody compared the entry with the text that it rests on.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=DayKind)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, default="", db_default="")
    legal_basis = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=100)
    verified = models.BooleanField(default=False)
    version = models.PositiveIntegerField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    objects = SpecialDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        indexes = [models.Index(fields=["calendar", "day"], name="calendars_day_of_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DayKind.values), name="calendars_day_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)


class DayWithdrawal(models.Model):
    """The end of an entry (rút khỏi lịch); the entry itself stays for the versions before."""

    special_day = models.OneToOneField(
        SpecialDay, on_delete=models.PROTECT, related_name="withdrawal"
    )
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    withdrawn_by = models.TextField()
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rút ngày khỏi lịch")
        verbose_name_plural = _("rút ngày khỏi lịch")

    def __str__(self) -> str:
        return f"{self.special_day_id} {self.reason}"
