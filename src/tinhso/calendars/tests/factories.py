from __future__ import annotations

from datetime import date, datetime

from tinhso.calendars.clock import OFFICIAL_ZONE
from tinhso.calendars.working_time import WeekHours, WorkingCalendar

OFFICE = ((7 * 60 + 30, 11 * 60 + 30), (13 * 60, 17 * 60))
FIVE_DAYS = (OFFICE,) * 5 + ((), ())
WEEK = (WeekHours(date(2020, 1, 1), FIVE_DAYS),)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A wall clock in Vietnam."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICIAL_ZONE)


def calendar() -> WorkingCalendar:
    """2026 as far as the tests need it."""
    return WorkingCalendar(
        version="test@1",
        hours=WEEK,
        holidays={
            date(2025, 1, 1): "Tết Dương lịch",
            date(2026, 1, 1): "Tết Dương lịch",
            date(2026, 8, 31): "Ngày nghỉ (thay cho ngày 22/08/2026)",
            date(2026, 9, 1): "Quốc khánh",
            date(2026, 9, 2): "Quốc khánh",
            date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
            date(2027, 1, 1): "Tết Dương lịch",
        },
        swap_working_days={date(2026, 8, 22): "làm bù ngày 31/8/2026"},
        closures={date(2026, 9, 28): "nghỉ tránh bão"},
    )
