"""By which way a dossier may come, on which days (kênh nộp hồ sơ)."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The ways of filing; a dossier keeps its channel for ever."""

    PORTAL = "portal", _("Cổng dịch vụ công của tỉnh")
    NATIONAL = "national", _("Cổng Dịch vụ công quốc gia")
    COUNTER = "counter", _("Trực tiếp tại quầy")
    POST = "post", _("Bưu chính công ích")
    HELPER = "helper", _("Nộp hộ")
    API = "api", _("Hệ thống kết nối")


ONLINE = (Channel.PORTAL, Channel.NATIONAL, Channel.HELPER, Channel.API)
"""Filed on line, by oneself, with help or by a connected system: the papers are files, and the desk keeps none."""
ON_PAPER = (Channel.COUNTER, Channel.POST)
"""The ways of filing that leave papers at the desk."""


class ChannelRule(models.Model):
    """A dated rule of the province: this channel is open in this period (quy tắc kênh)."""

    channel = models.CharField(max_length=20, choices=Channel.choices)
    period = DateRangeField()
    legal_basis = models.TextField()

    def __str__(self) -> str:
        return f"{self.channel} {self.period}"
