"""Partner systems that call the API with a token."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import local

if TYPE_CHECKING:
    from datetime import date, datetime


class PartnerTokenQuerySet(models.QuerySet["PartnerToken"]):
    """Words about partner tokens."""

    def in_force(self, now: datetime) -> PartnerTokenQuerySet:
        """Tokens that have not expired by the real clock, and that nobody has withdrawn.

        A key is a matter of security: whatever date the house plays, it ends when it says, and a
        withdrawal counts from the moment that it is written.
        """
        return self.filter(withdrawal__isnull=True, expires_at__gt=now)


class PartnerToken(models.Model):
    """A partner system's key to the API (mã truy cập), scoped to rights and an agency.

    Only the SHA-256 of the secret is kept: 256 random bits need no salt and no slow hash. Without
    an agency it holds in the whole province.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Tên hệ thống"), max_length=200)
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=8)
    permissions = ArrayField(models.CharField(max_length=100))
    agency = models.ForeignKey(
        "agencies.Agency", null=True, on_delete=models.PROTECT, related_name="partner_tokens"
    )
    includes_subordinates = models.BooleanField(_("Gồm cả cơ quan trực thuộc"), default=False)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    actor = models.TextField()

    objects = PartnerTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("at")), name="partner_token_ends_after_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds, where it ends with a day in Vietnam."""
        ends = local(self.expires_at)
        return None if ends.time() != time() else ends.date() - timedelta(days=1)


class PartnerTokenWithdrawal(models.Model):
    """A partner's token was withdrawn (thu hồi mã truy cập)."""

    token = models.OneToOneField(PartnerToken, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    actor = models.TextField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.token_id} {self.at:%d/%m/%Y}"
