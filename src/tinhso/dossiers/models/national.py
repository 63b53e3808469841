"""The queue of messages to the national portal."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.dossiers import Dossier

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise


class Operation(models.TextChoices):
    """The services of the portal's adapter that we call."""

    DOSSIER = "DongBoHoSoMC", _("Đồng bộ hồ sơ")
    PROGRESS = "CapNhatTienDoHoSoMC", _("Cập nhật tiến độ")


STATE_NAMES = MappingProxyType(
    {
        1: _("Mới đăng ký"),
        2: _("Được tiếp nhận"),
        3: _("Không được tiếp nhận"),
        4: _("Đang xử lý"),
        5: _("Yêu cầu bổ sung giấy tờ"),
        6: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
        7: _("Công dân yêu cầu rút hồ sơ"),
        8: _("Dừng xử lý"),
        9: _("Đã xử lý xong"),
        10: _("Đã trả kết quả"),
    }
)
"""The ten states of the national list."""


class NationalMessageQuerySet(models.QuerySet["NationalMessage"]):
    """Words about messages."""

    def unsent(self) -> Self:
        """Neither sent nor given up by a person."""
        return self.filter(sent_at=None)

    def refused(self) -> Self:
        """Those that wait for a person: the portal said no."""
        return self.unsent().exclude(refused_at=None)

    def due(self, now: datetime) -> Self:
        """Those whose turn has come: no earlier message of the same dossier waits. Oldest first."""
        earlier = NationalMessage.objects.unsent().filter(
            dossier=OuterRef("dossier"), pk__lt=OuterRef("pk")
        )
        turn = self.unsent().filter(refused_at=None, next_try_at__lte=now)
        return turn.exclude(Exists(earlier)).order_by("pk")


class NationalMessage(models.Model):
    """One message to the national portal (tin đồng bộ): which event it tells of, and how the last try ended.

    Keys and codes only; `state` is one of the ten national codes. `at` is the business time of the act; the times of
    tries are real. `refused_at` is set when the portal said no: trying again would meet the same answer, so a person
    looks first. `reason` says in words how the last try ended.
    """

    event = models.UUIDField()
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="national_messages")
    operation = models.CharField(max_length=30, choices=Operation.choices)
    state = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = NationalMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "operation"], name="told_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, refused_at=None),
                name="national_waiting",
            ),
            models.Index(
                fields=["dossier", "id"],
                condition=models.Q(sent_at=None),
                name="national_unsent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.operation} {self.state}"

    @property
    def state_name(self) -> StrOrPromise:
        """The name of the national state."""
        return STATE_NAMES[self.state]
