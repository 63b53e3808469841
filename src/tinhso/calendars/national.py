"""The days of the state, from the PyPI library `holidays` and from our own list of what it lacks.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import holidays
from holidays.version import __version__ as holidays_version

from tinhso.calendars.models import DayKind

LABOUR_CODE = "Bộ luật Lao động 45/2019/QH14, Điều 112"
SOURCE = f"holidays {holidays_version}"
FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}
"""Month and day that the Labour Code itself names; every other day is announced year by year."""
ADDED_LATER = {(11, 24)}
"""A holiday since 2026 by a text that is not at hand: entered without legal basis, unverified."""


@dataclass(frozen=True)
class DayFacts:
    """What a person, a pack or a library says of a day, before it is entered."""

    day: date
    kind: DayKind
    name: str
    legal_basis: str = ""
    source: str = ""
    verified: bool = False
    name_en: str = ""


MISSING = (
    DayFacts(
        date(2026, 1, 2),
        DayKind.SWAP_OFF,
        "Nghỉ hoán đổi cho thứ Bảy 10/01/2026",
        source="tỉnh",
        name_en="Day off in place of Saturday 10/1/2026",
    ),
    DayFacts(
        date(2026, 1, 10),
        DayKind.SWAP_WORK,
        "Làm bù cho ngày 02/01/2026",
        source="tỉnh",
        name_en="Worked in place of 2/1/2026",
    ),
)
"""Announced, remembered, not found in the library: entered unverified."""


def national_days(first_year: int, last_year: int) -> list[DayFacts]:
    """Holidays, swapped days off and the Saturdays worked for them, in the order of days."""
    years = range(first_year, last_year + 1)
    country = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    found = [_day_off(day, name, english[day]) for day, name in country.items()]
    found += [
        DayFacts(
            day,
            DayKind.SWAP_WORK,
            "Làm bù cho ngày nghỉ hoán đổi",
            source=SOURCE,
            name_en="Worked in place of a day off",
        )
        for day in getattr(country, "weekend_workdays", ())
    ]
    found += MISSING
    return sorted(
        (facts for facts in found if first_year <= facts.day.year <= last_year),
        key=lambda facts: facts.day,
    )


def _day_off(day: date, name: str, english: str) -> DayFacts:
    if "thay cho" in name:
        worked = name.rpartition(" ")[2]  # the library's English name has month before day
        english = f"Day off (in place of {worked}"
        return DayFacts(day, DayKind.SWAP_OFF, name, source=SOURCE, name_en=english)
    return DayFacts(
        day,
        DayKind.HOLIDAY,
        name,
        legal_basis="" if (day.month, day.day) in ADDED_LATER else LABOUR_CODE,
        source=SOURCE,
        verified=(day.month, day.day) in FIXED,
        name_en=english,
    )
