"""Periods of days, half-open: `since` is the first day, `until` the first day after."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Func, Q, Value


def holds_on(day: date) -> Q:
    """Rows whose period holds the day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def overlaps(since: date, until: date | None) -> Q:
    """Rows whose period shares a day with the one given."""
    begun = Q() if until is None else Q(since__lt=until)
    return begun & (Q(until=None) | Q(until__gt=since))


def in_order() -> Q:
    """The condition that a period holds at least one day."""
    return Q(until=None) | Q(since__lt=F("until"))


def only(column: str) -> Func:
    """A key as a range of one: core GiST knows ranges, not integers."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def days() -> Func:
    """The period as a range of days."""
    return Func(F("since"), F("until"), function="daterange")


def last_day(until: date | None) -> date | None:
    """The last day of a period that ends before `until`, as people write it."""
    return until - timedelta(days=1) if until else None
