"""The business clock (giờ nghiệp vụ) and the official day (ngày chính thức).

Acts take their time as an argument; only pages, api, jobs and commands ask `now()`. A house that
plays another date (`TINHSO_CLOCK_OFFSET_SECONDS`) shifts this clock alone: sessions, tokens, leases
and anchors keep the real time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

OFFICIAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The business time, in UTC: the real time plus the shift of this house."""
    return datetime.now(UTC) + shift()


def shift() -> timedelta:
    """How far the business clock stands from the real one; negative in the past."""
    return timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)


def is_shifted() -> bool:
    """Whether the business clock is not the real time; the masthead then says so."""
    return bool(settings.CLOCK_OFFSET_SECONDS)


def local(at: datetime) -> datetime:
    """The instant as a wall clock in Vietnam shows it."""
    if at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return at.astimezone(OFFICIAL_ZONE)


def day_of(at: datetime) -> date:
    """The official day of an instant, in Asia/Ho_Chi_Minh.

    The only place that makes a day from an instant.
    """
    return local(at).date()


def instant(day: date, minute: int) -> datetime:
    """The instant at so many minutes after midnight of an official day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=OFFICIAL_ZONE)
    return midnight + timedelta(minutes=minute)
