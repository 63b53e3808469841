"""How long a timer waits: ISO 8601 durations, by the clock or in working time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tinhso.calendars.deadlines import LONGEST, MONTHS_IN_A_YEAR

_ISO = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d{1,2})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<weeks>\d{1,4})W)?"
    r"(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,8})S)?)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A waiting time as written in the process (thời hạn hẹn giờ).

    `working` says that `days` are working days or `seconds` (whole minutes) working time, never
    both, and `months` is 0. Otherwise they are months, days and seconds of the calendar.
    """

    text: str
    months: int
    days: int
    seconds: int
    working: bool


def duration(text: str, *, working: bool) -> Duration:
    """Read an ISO 8601 duration (`P5D`, `PT8H`, `P1M`); whole numbers only.

    Working time is counted in days or in hours and minutes, not in both: what half a working day
    after five would be, no regulation defines. Raises `ValueError` for that, for a duration of
    nothing, and for anything that is no duration.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(text)
    part = {name: int(value or 0) for name, value in match.groupdict().items()}
    found = Duration(
        text=text,
        months=part["years"] * MONTHS_IN_A_YEAR + part["months"],
        days=part["weeks"] * 7 + part["days"],
        seconds=part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
        working=working,
    )
    if not (found.months or found.days or found.seconds) or (working and not _countable(found)):
        raise ValueError(text)
    return found


def _countable(found: Duration) -> bool:
    """Whether a length of working time can be counted in a calendar."""
    one_unit = not (found.days and found.seconds)
    whole = not found.seconds % 60 and found.seconds // 60 <= LONGEST * 60
    return one_unit and whole and not found.months and found.days <= LONGEST
