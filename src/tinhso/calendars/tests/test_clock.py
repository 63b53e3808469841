from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.calendars import clock
from tinhso.calendars.tests.factories import at

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 8, 31, 16, 59, tzinfo=UTC), date(2026, 8, 31)),
        (datetime(2026, 8, 31, 17, 0, tzinfo=UTC), date(2026, 9, 1)),
        (datetime(2026, 8, 31, 23, 59, tzinfo=UTC), date(2026, 9, 1)),
        (datetime(2026, 9, 1, 0, 0, tzinfo=UTC), date(2026, 9, 1)),
    ],
)
def test_the_day_turns_at_midnight_in_vietnam(utc: datetime, day: date) -> None:
    assert clock.day_of(utc) == day


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (6, 59), (7, 0), (23, 59)])
def test_every_hour_of_the_first_belongs_to_the_first(hour: int, minute: int) -> None:
    assert clock.day_of(at(2026, 9, 1, hour, minute).astimezone(UTC)) == date(2026, 9, 1)


def test_an_instant_without_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.day_of(datetime(2026, 9, 1))  # noqa: DTZ001


def test_the_business_clock_is_shifted_and_says_so(settings: Settings) -> None:
    settings.CLOCK_OFFSET_SECONDS = -86400
    assert clock.is_shifted()
    assert clock.shift() == timedelta(days=-1)
    assert clock.now() < datetime.now(UTC) - timedelta(hours=23)


def test_the_clock_of_an_ordinary_house_is_the_real_time(settings: Settings) -> None:
    settings.CLOCK_OFFSET_SECONDS = 0
    assert not clock.is_shifted()
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)
