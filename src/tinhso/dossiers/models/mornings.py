"""The head's page of a day by mail: who wants it, and what each was told on which day."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class MorningChoice(models.Model):
    """Whether a head wants the day's page by mail (nhận thư mỗi sáng); nobody gets it unasked."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    wants = models.BooleanField()
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.wants}"


class Morning(models.Model):
    """What a head was told on the morning of a working day (thư buổi sáng), once a day; `figures` as counted then."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_morning_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
