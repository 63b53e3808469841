"""Committees and working groups (ban chỉ đạo, tổ công tác): their periods, seats, and who serves each subject."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date


class CommitteeKind(models.TextChoices):
    """What a body of several agencies is."""

    STEERING = "steering", _("Ban chỉ đạo")
    WORKING = "working", _("Tổ công tác, tổ giúp việc")


def holding_on(day: date) -> Q:
    """What holds on that day; the last day is the one before `until`."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


class Period(models.Model):
    """Something that holds from a day on, and until a day where it has ended."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_later", condition=Q(until=None) | Q(until__gt=F("since"))
            )
        ]


class Committee(Period):
    """A body of several agencies (ban chỉ đạo, tổ công tác), founded by `agency` with a document."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CommitteeKind.choices)
    name = models.CharField(max_length=300)
    document = models.CharField(max_length=200, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("ban chỉ đạo, tổ công tác")

    def __str__(self) -> str:
        return self.name


class SeatRole(models.TextChoices):
    """What a member is in the body."""

    HEAD = "head", _("Trưởng ban, tổ trưởng")
    DEPUTY = "deputy", _("Phó trưởng ban, tổ phó")
    MEMBER = "member", _("Thành viên")


class CommitteeSeat(Period):
    """A member by post (thành viên): never by a person's name. `field` is what they answer for."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=10, choices=SeatRole.choices)
    post = models.CharField(max_length=300)
    field = models.CharField(max_length=300, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("thành viên ban chỉ đạo")

    def __str__(self) -> str:
        return self.post


class StandingAgency(Period):
    """The agency that serves the body in a subject (cơ quan thường trực)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="standing")
    subject = models.CharField(max_length=200)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta(Period.Meta):
        verbose_name = _("cơ quan thường trực")

    def __str__(self) -> str:
        return self.subject
