"""What a pack may declare of calendars: the province's hours, holidays and swap days."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import services
from tinhso.calendars.clock import OFFICIAL_ZONE, local
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.calendars.models import Calendar, DayKind
from tinhso.calendars.national import SOURCE, DayFacts, national_days
from tinhso.calendars.working_time import WeekHours, WorkingCalendar
from tinhso.packs.kinds import Applied, Change, PackKind, closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.calendars.working_time import Shift, Week
    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Case, Problem, Source

WEEKDAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHIFT = r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "valid_from", "hours"],
    "properties": {
        "code": {"type": "string"},
        "version": {"type": ["string", "integer"]},
        "legal_basis": {"type": "array"},
        "cases": {"type": "array"},
        "name": {"type": "string", "minLength": 1},
        "valid_from": DATE,
        "hours": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                key: {"type": "array", "items": {"type": "string", "pattern": SHIFT}}
                for key in WEEKDAY_KEYS
            },
        },
        "national_days": {
            "type": "object",
            "additionalProperties": False,
            "required": ["from", "to"],
            "properties": {
                "from": {"type": "integer", "minimum": 2000},
                "to": {"type": "integer", "maximum": 2100},
            },
        },
        "days": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["date", "kind", "name"],
                "properties": {
                    "date": DATE,
                    "kind": {"enum": DayKind.values},
                    "name": {"type": "string", "minLength": 1},
                    "name_en": {"type": "string", "minLength": 1},
                    "legal_basis": {"type": "string"},
                    "verified": {"type": "boolean"},
                },
            },
        },
    },
}


def check(source: Source) -> list[Problem]:
    """Hours that can be worked, dates that exist, no day twice."""
    problems = [*_check_start(source), *_check_hours(source)]
    if not any(_week(source)):
        problems.append(
            source.problem("hours", found="không có giờ làm việc nào", expected="ít nhất một ca")
        )
    years = source.value.get("national_days")
    if years and years["from"] > years["to"]:
        found = f"từ năm {years['from']} đến năm {years['to']}"
        problems.append(source.problem("national_days", found=found, expected="from không sau to"))
    seen: set[str] = set()
    for index, entry in enumerate(source.value.get("days", [])):
        try:
            date.fromisoformat(entry["date"])
        except ValueError:
            problems.append(
                source.problem("days", index, "date", found=f"không có ngày {entry['date']}")
            )
        if entry["date"] in seen:
            problems.append(
                source.problem("days", index, "date", found=f"ngày {entry['date']} khai hai lần")
            )
        seen.add(entry["date"])
    return problems


def _check_start(source: Source) -> Iterator[Problem]:
    day = source.value["valid_from"]
    try:
        date.fromisoformat(day)
    except ValueError:
        yield source.problem("valid_from", found=f"không có ngày {day}", expected="2026-01-31")


def _check_hours(source: Source) -> Iterator[Problem]:
    """The day of the week whose shifts cannot be worked."""
    idle: Week = ((),) * len(WEEKDAY_KEYS)
    for number, key in enumerate(WEEKDAY_KEYS):
        worked = (*idle[:number], _week(source)[number], *idle[number + 1 :])
        try:
            WeekHours(date.min, worked)
        except ValueError:
            found, expected = "ca chồng nhau, ngược hoặc quá 24 giờ", "các ca nối tiếp, 07:30-11:30"
            yield source.problem("hours", key, found=found, expected=expected)


def diff(source: Source) -> list[Change]:
    """Days that would be entered or withdrawn, and the hours when they differ."""
    calendar = Calendar.objects.filter(agency=None).first()
    if calendar is None:
        return [Change(source.code, None, source.value["name"])]
    changes = []
    newest = calendar.hours.order_by("-valid_from", "-version").first()
    if newest and newest.week != _stored(_week(source)):
        changes.append(Change("giờ làm việc", f"@{calendar.version}", source.value["valid_from"]))
    standing = {entry.day: entry for entry in calendar.days.in_force()}
    listed = {facts.day: facts for facts in _days(source)}
    changes += [
        Change(f"{day:%d/%m/%Y}", None, facts.name)
        for day, facts in listed.items()
        if day not in standing
    ]
    changes += [
        Change(f"{day:%d/%m/%Y}", entry.name, None)
        for day, entry in standing.items()
        if entry.source in _sources(source) and day not in listed
    ]
    return changes


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Open the calendar of the province or bring it up to what the pack says."""
    week, valid_from = _week(source), date.fromisoformat(source.value["valid_from"])
    calendar = Calendar.objects.filter(agency=None).first()
    created, changed = calendar is None, False
    if calendar is None:
        calendar = services.found(
            code=source.code,
            name=source.value["name"],
            agency=None,
            week=week,
            valid_from=valid_from,
            actor=actor,
            at=at,
        )
    elif not calendar.hours.filter(valid_from=valid_from, week=_stored(week)).exists():
        services.set_hours(
            calendar.uuid,
            valid_from=valid_from,
            week=week,
            actor=actor,
            at=at,
            expected_version=calendar.version,
        )
        changed = True
    entered, withdrawn = services.adopt(
        calendar.uuid, days=_days(source), sources=_sources(source), actor=actor, at=at
    )
    return Applied(created=int(created) + entered, changed=int(changed), ended=withdrawn)


_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"}
CASE_SCHEMA: dict[str, Any] = {
    "given": closed("received_at", received_at=_MOMENT),
    "when": closed(
        "amount",
        "unit",
        amount={"type": "integer", "minimum": 1},
        unit={"enum": [unit.value for unit in Unit]},
        same_day_cutoff={"type": ["string", "null"], "pattern": r"^\d{2}:\d{2}$"},
    ),
    "then": closed("due_at", due_at=_MOMENT),
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """Given a receipt, when a term is counted, then the dossier is due: without database.

    `given: {received_at}`, `when: {amount, unit, same_day_cutoff}`, `then: {due_at}`; times without
    zone are those of Vietnam.
    """
    days = _days(source)
    calendar = WorkingCalendar(
        version=f"{source.code}@case",
        hours=(WeekHours(date.fromisoformat(source.value["valid_from"]), _week(source)),),
        holidays=_of(days, DayKind.HOLIDAY, DayKind.SWAP_OFF),
        swap_working_days=_of(days, DayKind.SWAP_WORK),
        closures=_of(days, DayKind.CLOSURE),
    )
    try:
        cutoff = case.when.get("same_day_cutoff")
        term = Term(
            case.when["amount"],
            Unit(case.when["unit"]),
            time.fromisoformat(cutoff) if cutoff else None,
        )
        received = _wall_clock(case.given["received_at"])
        expected = _wall_clock(case.then["due_at"])
        answer = due(calendar, received, term)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        found = f"ca thử không tính được: {error}"
        return [case.problem("when", found=found, expected="received_at, amount, unit, due_at")]
    if answer.at == expected:
        return []
    found = f"hạn là {local(answer.at):%Y-%m-%d %H:%M}"
    return [
        case.problem("then", "due_at", found=found, expected=f"{local(expected):%Y-%m-%d %H:%M}")
    ]


CALENDAR = PackKind(
    code="calendar",
    name=_("Lịch làm việc"),
    where="calendars/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
)


def _week(source: Source) -> Week:
    hours = source.value["hours"]
    return tuple(tuple(_shift(text) for text in hours.get(key, [])) for key in WEEKDAY_KEYS)


def _shift(text: str) -> Shift:
    opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return opens, closes


def _stored(week: Week) -> list[list[list[int]]]:
    return [[list(shift) for shift in shifts] for shifts in week]


def _days(source: Source) -> list[DayFacts]:
    """The library's days, overruled by the pack's own."""
    own = [
        DayFacts(
            day=date.fromisoformat(entry["date"]),
            kind=DayKind(entry["kind"]),
            name=entry["name"],
            name_en=entry.get("name_en", ""),
            legal_basis=entry.get("legal_basis", ""),
            source=_own_source(source),
            verified=entry.get("verified", False),
        )
        for entry in source.value.get("days", [])
    ]
    years = source.value.get("national_days")
    national = national_days(years["from"], years["to"]) if years else []
    return list(
        ({facts.day: facts for facts in national} | {facts.day: facts for facts in own}).values()
    )


def _own_source(source: Source) -> str:
    return f"gói {source.pack.code}"


def _sources(source: Source) -> set[str]:
    return {_own_source(source), SOURCE}


def _of(days: list[DayFacts], *kinds: DayKind) -> dict[date, str]:
    return {facts.day: facts.name for facts in days if facts.kind in kinds}


def _wall_clock(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=OFFICIAL_ZONE)
