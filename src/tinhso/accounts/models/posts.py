"""Posts at agencies and who holds them when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models.periods import days, holds_on, in_order, last_day, only
from tinhso.accounts.models.users import User

if TYPE_CHECKING:
    from datetime import date


class PostQuerySet(models.QuerySet["Post"]):
    """Words about posts."""

    def existing(self, on: date) -> PostQuerySet:
        """Posts that exist on the day."""
        return self.filter(holds_on(on))


class Post(models.Model):
    """A post at an agency (vị trí công tác): a title that one or several people hold."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("Chức danh"), max_length=200)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "title", "since"], name="post_once"),
            models.CheckConstraint(condition=in_order(), name="post_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Words about who holds a post."""

    def current(self, on: date) -> HoldingQuerySet:
        """Posts held on the day."""
        return self.filter(holds_on(on))


class Holding(models.Model):
    """A person holds a post (giữ vị trí) for a period, by a decision.

    The period is the one in force: when the person leaves before its end, a `Departure` says so
    and `until` is cut.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    decision = models.CharField(_("Quyết định"), max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="holding_once_at_a_time",
                expressions=[
                    (only("user"), RangeOperators.OVERLAPS),
                    (only("post"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period, as people write it."""
        return last_day(self.until)


class Departure(models.Model):
    """A person left a post early (thôi giữ vị trí); `on` is the first day without it."""

    holding = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="departure")
    on = models.DateField()
    planned_end_on = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return f"{self.holding_id} {self.on:%d/%m/%Y}"


class WithdrawnHolding(models.Model):
    """What a holding had said that was taken back before it began (bố trí đã rút), when and by whom."""

    uuid = models.UUIDField(unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="withdrawn_holdings")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.TextField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.title}"
