"""Examples of a procedure, walked without database: the same plans as the services, on a case in memory."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from tinhso.calendars.clock import OFFICIAL_ZONE, day_of, local
from tinhso.calendars.deadlines import due
from tinhso.calendars.models import DayKind
from tinhso.calendars.national import national_days
from tinhso.calendars.working_time import WeekHours, WorkingCalendar
from tinhso.dossiers import definitions
from tinhso.dossiers.cases import Case
from tinhso.dossiers.fees import facts_of, owed_by
from tinhso.dossiers.forming import compose
from tinhso.dossiers.models import Alarm, Channel
from tinhso.dossiers.plans import intake, working
from tinhso.dossiers.workflow.errors import OutcomeUnknown
from tinhso.forms.form import Form
from tinhso.packs.kinds import closed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.packs.sources import Case as Example
    from tinhso.packs.sources import Problem

NOWHERE = UUID(int=0)
OFFICE_DAY = ((450, 690), (810, 1020))
"""The hours that examples count by: 7:30 to 11:30, 13:30 to 17:00, Monday to Friday."""


_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}
CASE_SCHEMA: dict[str, Any] = {
    "given": closed(
        "received_at",
        received_at=_MOMENT,
        answers={"type": "object"},
        channel={"enum": [channel.value for channel in Channel]},
    ),
    "when": {
        "type": "array",
        "items": closed(**{name: {"type": "string"} for name in ("step", "outcome", "timer")})
        | {"minProperties": 1},
    },
    "then": closed(
        finished={"type": "boolean"},
        open={"type": "array", "items": {"type": "string"}},
        due_at=_MOMENT,
        fees={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    )
    | {"minProperties": 1},
}
"""One example of a procedure."""


@lru_cache(maxsize=1)
def example_calendar() -> WorkingCalendar:
    """The national holidays over plain office hours: what examples count by, whatever the province decided."""
    days = national_days(2020, 2027)

    def of(*kinds: DayKind) -> dict[date, str]:
        return {facts.day: facts.name for facts in days if facts.kind in kinds}

    return WorkingCalendar(
        version="examples",
        hours=(WeekHours(date(2000, 1, 1), (OFFICE_DAY,) * 5 + ((), ())),),
        holidays=of(DayKind.HOLIDAY, DayKind.SWAP_OFF),
        swap_working_days=of(DayKind.SWAP_WORK),
        closures={},
    )


def try_case(content: Mapping[str, Any], workflow: str, example: Example) -> list[Problem]:
    """`given: {received_at, answers, channel}`, `when`, `then: {finished, open, due_at, fees}`.

    `when` is a list of `{step, outcome}`, and of `{timer}` where one goes off.
    """
    if strangers := _strangers(content, example):
        return strangers
    try:
        case = _received(content, workflow, example.given)
    except (KeyError, TypeError, ValueError) as error:
        return [
            example.problem(
                "given", found=f"không dựng được hồ sơ: {error}", expected="received_at, answers"
            )
        ]
    at = case.dossier["received_at"]
    for index, move in enumerate(example.when or []):
        if "timer" in move:
            problems = _ring(case, example, index, str(move["timer"]))
        else:
            problems = _take_step(case, example, index, move, at)
        if problems:
            return problems
    return _judge(case, example)


def _strangers(content: Mapping[str, Any], example: Example) -> list[Problem]:
    """Answers to what the form does not ask, or that it does not understand: the example would pass for another."""
    form = Form(compose(content))
    answers = example.given.get("answers", {})
    troubles = {
        path.partition(".")[0]: said for path, said in form.of_values(answers).troubles.items()
    }
    wrong = {name: f"mẫu đơn không hỏi “{name}”" for name in answers if name not in form.names()}
    return [
        example.problem("given", "answers", name, found=found)
        for name, found in {**troubles, **wrong}.items()
    ]


def _ring(case: Case, example: Example, index: int, timer: str) -> list[Problem]:
    """Let a timer go off that is set."""
    if len(example.when[index]) > 1:
        found = "bước có timer không có step, outcome"
        return [example.problem("when", index, found=found, expected="timer đứng một mình")]
    alarm = next((row for row in case.rows(Alarm).values() if row["timer"] == timer), None)
    if alarm is None:
        set_now = ", ".join(row["timer"] for row in case.rows(Alarm).values())
        found = f"hẹn giờ «{timer}» không đặt"
        return [
            example.problem("when", index, found=found, expected=set_now or "không có hẹn giờ nào")
        ]
    case.apply(
        working.plan_fire_timer(case, alarm["id"], actor="system:case", at=alarm["fires_at"])
    )
    return []


def _take_step(
    case: Case, example: Example, index: int, move: Mapping[str, Any], at: datetime
) -> list[Problem]:
    """Finish an open step with an outcome."""
    step = next((step for step in case.open_steps() if step["node"] == move.get("step")), None)
    if step is None:
        waiting = ", ".join(step["node"] for step in case.open_steps())
        found = f"bước «{move.get('step')}» không mở"
        return [
            example.problem("when", index, found=found, expected=waiting or "không còn bước nào")
        ]
    try:
        rows = working.plan_forward(
            case,
            step["id"],
            outcome=str(move.get("outcome")),
            note="",
            actor="system:case",
            at=at,
        )
    except OutcomeUnknown as error:
        return [example.problem("when", index, "outcome", found=str(error))]
    case.apply(rows)
    return []


def _received(content: Mapping[str, Any], workflow: str, given: Mapping[str, Any]) -> Case:
    definition = definitions.read(
        {"version": 1, "code": "x", "legal_basis": [], **content}, workflow
    )
    at = datetime.fromisoformat(given["received_at"]).replace(tzinfo=OFFICIAL_ZONE)
    places = {lane.place: 1 for lane in definition.lanes.values()}
    case = Case(definition, example_calendar(), places=places)
    filing = intake.Filing(
        id=1,
        uuid=uuid5(NOWHERE, given["received_at"]),
        reference="",
        procedure=1,
        channel=given.get("channel", "counter"),
        applicant=1,
        receiving=1,
        competent=1,
        returning=1,
        answers=given.get("answers", {}),
    )
    case.apply(intake.plan_submit(case, filing, actor="system:case", at=at))
    appointed = due(case.working, at, definition.term)
    case.apply(intake.plan_receive(case, due=appointed, actor="system:case", at=at))
    return case


def _judge(case: Case, example: Example) -> list[Problem]:
    waiting = sorted(step["node"] for step in case.open_steps())
    problems = []
    then = example.then or {}
    if "finished" in then and then["finished"] != (not waiting):
        problems.append(
            example.problem("then", "finished", found=f"còn mở: {', '.join(waiting) or 'không'}")
        )
    if "open" in then and sorted(then["open"]) != waiting:
        problems.append(
            example.problem(
                "then",
                "open",
                found=", ".join(waiting) or "không còn bước nào",
                expected=", ".join(sorted(then["open"])),
            )
        )
    if "due_at" in then:
        shown = f"{local(case.due_at):%Y-%m-%dT%H:%M}" if case.due_at else "không có"
        if shown != then["due_at"]:
            problems.append(
                example.problem("then", "due_at", found=f"hạn là {shown}", expected=then["due_at"])
            )
    return [*problems, *_judge_fees(case, example)]


def _judge_fees(case: Case, example: Example) -> list[Problem]:
    """`then: {fees: {code: đồng}}`: every fee that is charged, of zero đồng too."""
    wanted = (example.then or {}).get("fees")
    if wanted is None:
        return []
    day = day_of(case.dossier["received_at"])
    owed = owed_by(case.definition, facts_of(case), submitted_on=day, received_on=day)
    found = {fee.code: fee.amount for fee in owed}
    if found == wanted:
        return []
    return [example.problem("then", "fees", found=str(found), expected=str(wanted))]
