"""What the house keeps about itself; nothing of the province."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class HouseMark(models.Model):
    """What this database is for.

    A demo never becomes production, nor production a demo. At most one row.
    """

    class Kind(models.TextChoices):
        """The two kinds of house."""

        DEMO = "demo", "trình diễn"
        PRODUCTION = "production", "vận hành"

    kind = models.TextField(choices=Kind.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    is_single = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_single=True), name="house_mark_is_the_only_one"
            )
        ]

    def __str__(self) -> str:
        return self.kind


class LoopRun(models.Model):
    """How a loop (vòng lặp) of the worker is doing, for the health page.

    Written every few seconds, not at every run.
    """

    code = models.TextField(primary_key=True)
    seen_at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    runs = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code
