"""Reminder rules (quy tắc nhắc việc) as packs declare them, and on which working days each of them speaks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tinhso.packs import queries as packs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tinhso.calendars.working_time import WorkingCalendar

KIND = "reminder_rule"


class About(StrEnum):
    """From which day a rule counts."""

    DEADLINE = "deadline"  # hạn của nhiệm vụ, của phần phối hợp
    CONFIRMATION = "confirmation"  # ngày đề nghị xác nhận hoàn thành
    OBSTACLE = "obstacle"  # hạn trả lời vướng mắc


class Told(StrEnum):
    """Who is told."""

    LEAD = "lead"  # cơ quan chủ trì
    COORDINATOR = "coordinator"  # cơ quan phối hợp, theo hạn của phần mình
    FOLLOWER = "follower"  # người theo dõi, hoặc người thay thế
    HEAD = "head"  # lãnh đạo của người theo dõi
    LEADER = "leader"  # lãnh đạo cơ quan giao việc
    SOLVER = "solver"  # cơ quan giải quyết vướng mắc
    ABOVE = "above"  # lãnh đạo cơ quan cấp trên của nơi giải quyết


OF_OBSTACLES = frozenset({Told.SOLVER, Told.ABOVE})
"""Who is told of obstacles, and of nothing else."""


class Section(StrEnum):
    """Under which heading of the mail a task or an obstacle stands, in this order."""

    ESCALATED = "escalated"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    WAITING = "waiting"


@dataclass(frozen=True)
class Rule:
    """One rule: `first` to `last` are working days from the day it counts from, negative before it."""

    code: str
    name: str
    about: About
    to: tuple[Told, ...]
    first: int
    last: int | None
    every: int
    escalates: bool

    def speaks(self, days: int) -> bool:
        """Whether the rule speaks on that working day."""
        is_within = self.first <= days and (self.last is None or days <= self.last)
        return is_within and (days - self.first) % self.every == 0

    def section(self, days: int) -> Section:
        """The heading under which a task or an obstacle stands by this rule."""
        if self.about is About.CONFIRMATION:
            return Section.WAITING
        if self.escalates:
            return Section.ESCALATED
        if days == 0:
            return Section.TODAY
        return Section.LATE if days > 0 else Section.SOON


def working_days_from(calendar: WorkingCalendar, due: date, today: date) -> int:
    """Working days from `due` to `today`: negative before it, 0 on the last working day that is not after it.

    A deadline on a Sunday is "today" on the Friday before, and one working day late on the Monday after.
    """
    count = _between(calendar, min(due, today), max(due, today))
    return count if today > due else -count


def _between(calendar: WorkingCalendar, after: date, until: date) -> int:
    """Working days after one day, up to and with another."""
    count = 0
    for number in range(after.year, until.year + 1):
        year = calendar.year(number)
        first, last = (after - year.first).days, (until - year.first).days
        count += sum(first < day <= last for day in year.working)
    return count


def in_force() -> Mapping[str, Rule]:
    """The rules of all packs in force, by code."""
    return _read(packs.newest_of_kind(KIND))


@lru_cache(maxsize=4)
def _read(newest: int | None) -> Mapping[str, Rule]:
    """What is published is never rewritten: the newest entry stands for all that there are."""
    if newest is None:
        return {}
    return {entry.code: read(entry.content, entry.code) for entry in packs.entries_of_kind(KIND)}


def read(content: Mapping[str, Any], code: str) -> Rule:
    """The rule that a document declares; it has passed its check."""
    days = content["days"]
    return Rule(
        code=code,
        name=content["name"],
        about=About(content.get("about", About.DEADLINE)),
        to=tuple(Told(each) for each in content["to"]),
        first=days["from"],
        last=days.get("until"),
        every=days.get("every", 1),
        escalates=content.get("escalates", False),
    )
