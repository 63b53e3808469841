"""Roles, and to whom they are granted where and when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models.periods import holds_on, in_order, last_day
from tinhso.accounts.models.users import User
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import registry
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from datetime import date, datetime

    from django_stubs_ext import StrOrPromise


class Role(models.Model):
    """A role (vai trò): a named set of rights, content of a pack, in the version last applied."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, db_default="")
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True, db_default="")
    needs_second_factor = models.BooleanField(default=False)
    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def said(self) -> str:
        """The description in the language of the page."""
        return worded(self.description, self.description_en)


class RolePermission(models.Model):
    """A right that a role holds (quyền của vai trò), as `app:thing:verb`."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    permission = models.CharField(max_length=100)

    class Meta:
        ordering = ["permission"]
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")
        ]

    def __str__(self) -> str:
        return self.permission

    @property
    def label(self) -> StrOrPromise:
        """What the right is called on the screen; its code when no app declares it any more."""
        declared = registry.get(self.permission)
        return declared.label if declared else self.permission


class GrantQuerySet(models.QuerySet["Grant"]):
    """Words about grants."""

    def in_force(self, at: datetime) -> GrantQuerySet:
        """Grants whose period holds the official day and that are not revoked at the instant."""
        return self.filter(
            Q(revocation__isnull=True) | Q(revocation__at__gt=at),
            holds_on(day_of(at)),
            role__retired_at=None,
        )


class Grant(models.Model):
    """A role given to a person at an agency for a period (phân quyền).

    Without an agency it holds in the whole province. Only a `GrantRevocation` ends it before its
    time.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="grants"
    )
    includes_subordinates = models.BooleanField(_("Gồm cả cơ quan trực thuộc"), default=False)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=in_order(), name="grant_period_in_order")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role_id}"

    @property
    def is_provincial(self) -> bool:
        """Whether it holds in the whole province."""
        return self.agency_id is None

    @property
    def is_revoked(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self, "revocation")

    @property
    def last_on(self) -> date | None:
        """The last day of the period, as people write it."""
        return last_day(self.until)


class GrantRevocation(models.Model):
    """A grant was taken back (thu hồi quyền), from the instant `at` on."""

    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="revocation")
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.grant_id} {self.at:%d/%m/%Y}"


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Words about stand-ins."""

    def in_force(self, at: datetime) -> StandInQuerySet:
        """Stand-ins of the official day that are not withdrawn at the instant."""
        return self.filter(
            Q(withdrawal__isnull=True) | Q(withdrawal__at__gt=at),
            holds_on(day_of(at)),
            substitute__is_active=True,
        )


class StandIn(models.Model):
    """Somebody acts in the place of an absent person (người thay thế) for a period.

    The substitute holds what the absent person is granted, never what that person holds as
    somebody's substitute.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutes")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stands_in")
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="stand_in_for_somebody_else"
            ),
            models.CheckConstraint(condition=in_order(), name="stand_in_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} {self.absent_id}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period, as people write it."""
        return last_day(self.until)


class StandInWithdrawal(models.Model):
    """A stand-in was ended before its time (chấm dứt thay thế)."""

    stand_in = models.OneToOneField(StandIn, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.stand_in_id} {self.at:%d/%m/%Y}"
