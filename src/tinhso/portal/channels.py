"""By which channel these pages take dossiers today, and what they then say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import ChannelClosed
from tinhso.dossiers.models import Channel
from tinhso.dossiers.queries.procedures import open_channels
from tinhso.ui import formatting
from tinhso.ui.shell import Band

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest

NATIONAL_PORTAL = "https://dichvucong.gov.vn"


def filing_channel(at: datetime) -> Channel | None:
    """The channel by which these pages take dossiers on the official day; None when they take none.

    The province's own portal while its rule is open. Afterwards a demonstration plays the part of the national portal;
    a real house files nothing here.
    """
    rules = open_channels(day_of(at))
    if Channel.PORTAL in rules:
        return Channel.PORTAL
    return Channel.NATIONAL if Channel.NATIONAL in rules and settings.DEMO else None


def require_filing_channel(at: datetime) -> Channel:
    """The channel of these pages, or `ChannelClosed`."""
    channel = filing_channel(at)
    if channel is None:
        raise ChannelClosed(channel=Channel.PORTAL.label, day=formatting.day(day_of(at)))
    return channel


def is_filed_elsewhere(at: datetime) -> bool:
    """Whether people file at the national portal itself on that day, and not here."""
    return filing_channel(at) is None and Channel.NATIONAL in open_channels(day_of(at))


def national_band(request: HttpRequest) -> Band | None:
    """The band that says whose part these pages play."""
    match = request.resolver_match
    if match is None or match.app_name != "portal":
        return None
    if filing_channel(cast("ActedRequest", request).at) is not Channel.NATIONAL:
        return None
    return Band(_("Đóng vai Cổng Dịch vụ công quốc gia"), "role")
