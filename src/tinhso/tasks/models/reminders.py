"""Who was reminded on which day, what was escalated, and which days are done."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.tasks.models.tasks import Task


class Digest(models.Model):
    """What a person was reminded of on a working day (thư nhắc việc), once a day; `matters` as they stood then."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    matters = models.JSONField()

    class Meta:
        verbose_name = _("thư nhắc việc")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Escalation(models.Model):
    """A late task was told to those above (báo lên cấp trên), once by each rule for each deadline."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="escalations")
    rule = models.CharField(max_length=100)
    deadline_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("báo lên cấp trên")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "rule", "deadline_on"], name="escalated_once_a_deadline"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.rule}"


class ReminderDay(models.Model):
    """A day on which everybody was reminded who was to be (ngày đã nhắc việc): nothing is asked anew that day."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    told = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ngày đã nhắc việc")

    def __str__(self) -> str:
        return f"{self.day}"
