"""How logs write times: ISO 8601, the ways that offices and their programs know, or a form that the map gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tinhso.dossiers.importing.mapping import LogMap

_DATED = re.compile(
    r"(?:(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})[-/.](?P<next>\d{1,2})[-/.](?P<last>\d{4}))"
    r"(?:[T ]+(?P<time>\S+(?: ?[APap]\.?[Mm]\.?)?))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(.*?)(?: ?([APap])\.?[Mm]\.?)?")
_COMPACT = 14
_OF_NUMBERS = {10: 1, 13: 1000, _COMPACT: 1}
"""Digits of a time that is one number: seconds or thousandths since 1970, or year to second without signs."""
_HALF_DAY = _MONTHS = 12


class Instants:
    """Reads times of ISO 8601: with their zone as given, else in the map's zone. Raises `ValueError`."""

    def __init__(self, log_map: LogMap) -> None:
        self.zone = log_map.zone
        self.format = log_map.time_format

    def read(self, text: str) -> datetime:
        """The instant in UTC."""
        at = self._as_written(text)
        if at.tzinfo is None:
            at = at.replace(tzinfo=self.zone)
        try:
            return at.astimezone(UTC)
        except OverflowError:
            raise ValueError(text) from None

    def _as_written(self, text: str) -> datetime:
        if self.format is not None:
            return datetime.strptime(text, self.format)  # noqa: DTZ007 - the zone follows
        return self._without_form(text)

    def _without_form(self, text: str) -> datetime:
        return datetime.fromisoformat(text)


class InstantsOfTables(Instants):
    """Reads also what other programs write into tables, which no standard binds.

    The day stands before the month, as people here write, unless a time was noticed that says otherwise.
    """

    month_first = False

    def notice(self, text: str) -> None:
        """Let a time be seen before any is read: where the second number is no month, the first one is."""
        found = None if self.format or text[4:5] == "-" else _DATED.fullmatch(text)
        if found and found["next"] and int(found["next"]) > _MONTHS:
            self.month_first = True

    def _without_form(self, text: str) -> datetime:
        if len(text) in _OF_NUMBERS and text.isascii() and text.isdigit():
            return _of_number(text)
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return _otherwise(text, month_first=self.month_first)


def _otherwise(text: str, *, month_first: bool) -> datetime:
    """A time that is not ISO 8601."""
    found = _DATED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = found["year"], found["month"], found["day"]
    if not year:
        year, day, month = found["last"], found["first"], found["next"]
        if month_first:
            day, month = month, day
    date = f"{year}-{month:0>2}-{day:0>2}"
    return datetime.fromisoformat(f"{date}T{_of_day(found['time'])}" if found["time"] else date)


def _of_number(text: str) -> datetime:
    if len(text) == _COMPACT:
        return datetime.fromisoformat(f"{text[:8]}T{text[8:]}")
    return datetime.fromtimestamp(int(text) / _OF_NUMBERS[len(text)], UTC)


def _of_day(text: str) -> str:
    """The time of a day as ISO 8601 writes it, from a clock of twelve or of 24 hours."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute, rest, half = int(found[1]), found[2], found[3], (found[4] or "").lower()
    if half:
        if not 1 <= hour <= _HALF_DAY:
            raise ValueError(text)
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    return f"{hour:02}:{minute}{rest}"
