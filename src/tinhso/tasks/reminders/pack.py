"""What a pack may declare of reminders (quy tắc nhắc việc): one rule in a file of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.calendars.working_time import WeekHours, WorkingCalendar
from tinhso.packs.kinds import Applied, Change, PackKind, closed
from tinhso.packs.queries import entries_of_kind
from tinhso.tasks.reminders.rules import (
    KIND,
    OF_OBSTACLES,
    About,
    Told,
    read,
    working_days_from,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Case, Problem, Source

FARTHEST = 60
TEXT: dict[str, Any] = {"type": "string", "minLength": 3, "maxLength": 300}
DAY: dict[str, Any] = {"type": "integer", "minimum": -FARTHEST, "maximum": FARTHEST}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "to", "days"],
    "properties": {
        "name": TEXT,
        "name_en": TEXT,
        "about": {"enum": [each.value for each in About]},
        "to": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": [each.value for each in Told]},
        },
        "days": {
            "type": "object",
            "additionalProperties": False,
            "required": ["from"],
            "properties": {
                "from": DAY,
                "until": DAY,
                "every": {"type": "integer", "minimum": 1, "maximum": 30},
            },
        },
        "escalates": {"type": "boolean"},
    },
}
ORDINARY = WorkingCalendar(
    version="ordinary",
    hours=(WeekHours(date(2000, 1, 1), (*(((480, 1020),),) * 5, (), ())),),
)
"""Monday to Friday without holidays: what an example counts by."""


def check(source: Source) -> list[Problem]:
    """Days in order; what escalates is late; a confirmation is waited for after it was asked; whom fits of what."""
    value = source.value
    first, last = value["days"]["from"], value["days"].get("until")
    problems = []
    if last is not None and last < first:
        problems.append(source.problem("days", "until", found="ngày cuối trước ngày đầu"))
    if value.get("escalates") and first < 1:
        found = "báo lên cấp trên khi chưa quá hạn"
        problems.append(source.problem("days", "from", found=found, expected="từ 1 trở lên"))
    if value.get("about") == About.CONFIRMATION and first < 0:
        problems.append(source.problem("days", "from", found="nhắc xác nhận trước khi đề nghị"))
    is_obstacle = value.get("about") == About.OBSTACLE
    for place, told in enumerate(value["to"]):
        if (told in OF_OBSTACLES) != is_obstacle:
            expected = ", ".join(sorted(OF_OBSTACLES if is_obstacle else {*Told} - OF_OBSTACLES))
            problems.append(source.problem("to", place, found=told, expected=expected))
    return problems


_DAY = {"type": "string", "format": "date"}
CASE_SCHEMA: dict[str, Any] = {
    "given": closed("due", due=_DAY),
    "when": closed("today", today=_DAY),
    "then": {"type": "boolean"},
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """`given: {due}`, `when: {today}`, `then` whether the rule speaks; weeks of five days."""
    rule = read(source.value, source.code)
    due, today = date.fromisoformat(case.given["due"]), date.fromisoformat(case.when["today"])
    speaks = rule.speaks(working_days_from(ORDINARY, due, today))
    if speaks == case.then:
        return []
    return [case.problem("then", found="có nhắc" if speaks else "không nhắc")]


def diff(source: Source) -> list[Change]:
    """What of the rule is another than in force."""
    found = (each for each in entries_of_kind(KIND) if each.code == source.code)
    entry = next(found, None)
    now: dict[str, Any] = entry.content if entry else {}
    return [
        Change(key, _shown(now.get(key)), _shown(source.value.get(key)))
        for key in sorted({*now, *source.value})
        if now.get(key) != source.value.get(key)
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry: the published entry is the rule."""
    del source, at, actor
    return Applied()


REMINDER_RULE = PackKind(
    code=KIND,
    name=_("Quy tắc nhắc việc"),
    where="reminders/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
)
