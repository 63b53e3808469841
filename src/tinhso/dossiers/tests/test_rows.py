"""One act names every row once: its parts are one statement and do not see each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tinhso.calendars.deadlines import due
from tinhso.dossiers import definitions, events
from tinhso.dossiers.cases import Case
from tinhso.dossiers.models import Alarm, Dossier, DossierKey, Step, Token, WorkItem
from tinhso.dossiers.plans import intake, working
from tinhso.dossiers.rows import Rows
from tinhso.dossiers.tests.factories import AT
from tinhso.dossiers.trying import example_calendar

if TYPE_CHECKING:
    from typing import Any

KEY = UUID(int=7)
CONTENT: dict[str, Any] = {
    "code": "x",
    "version": 1,
    "name": "x",
    "level": "commune",
    "field": "x",
    "legal_basis": [],
    "term": {"amount": 3, "unit": "working_days"},
    "supplement": {"limit": 1, "answer_days": 30, "after": "resume"},
    "results": [{"code": "x", "name": "x"}],
    "lanes": {"a": {"role": "specialist", "place": "competent"}},
    "form": {"type": "object", "title": "x", "properties": {}, "x-steps": []},
}
STOPS_AT_ONCE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tinhso="urn:tinhso:bpmn" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="first" name="First" tinhso:act="forward" tinhso:role="a"/>
    <parallelGateway id="split"/>
    <userTask id="beside" name="Beside" tinhso:act="forward" tinhso:role="a"/>
    <boundaryEvent id="timer" attachedToRef="beside"><timerEventDefinition>
      <timeDuration>P2D</timeDuration></timerEventDefinition></boundaryEvent>
    <serviceTask id="service" name="Compare" tinhso:act="compare_with_term"/>
    <endEvent id="end"/>
    <endEvent id="timed"/>
    <endEvent id="stop"><terminateEventDefinition/></endEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="first"/>
    <sequenceFlow id="f2" sourceRef="first" targetRef="split"/>
    <sequenceFlow id="f3" sourceRef="split" targetRef="beside"/>
    <sequenceFlow id="f4" sourceRef="split" targetRef="service"/>
    <sequenceFlow id="f5" sourceRef="beside" targetRef="end"/>
    <sequenceFlow id="f6" sourceRef="timer" targetRef="timed"/>
    <sequenceFlow id="f7" sourceRef="service" targetRef="stop"/>
  </process>
</definitions>"""


def begun(workflow: str) -> Case:
    case = Case(definitions.read(CONTENT, workflow), example_calendar(), places={"competent": 1})
    filing = intake.Filing(
        id=1,
        uuid=KEY,
        reference="",
        procedure=1,
        channel="counter",
        applicant=1,
        receiving=1,
        competent=1,
        returning=1,
        answers={},
        keys=("000190000001", "0000000001"),
    )
    case.apply(intake.plan_submit(case, filing, actor="a", at=AT))
    appointed = due(case.working, AT, case.definition.term)
    rows = intake.plan_receive(case, due=appointed, actor="a", at=AT)
    intake.add_number(case, rows, "H99-260914-0001")
    case.apply(rows)
    return case


def test_a_step_that_opens_and_is_cancelled_in_one_act_is_on_no_worklist() -> None:
    case = begun(STOPS_AT_ONCE)
    (first,) = case.open_steps()
    rows = working.plan_forward(
        case, first["id"], outcome="agree", note="", actor="a", at=AT + timedelta(hours=1)
    )

    assert [new["node"] for new in rows.inserted(Step)] == ["beside"]
    (beside,) = rows.inserted(Step)
    assert (beside["outcome"], beside["closed_at"]) == ("cancelled", AT + timedelta(hours=1))
    assert not rows.inserted(WorkItem)
    assert not rows.inserted(Token)
    assert not rows.inserted(Alarm)
    case.apply(rows)
    assert not case.open_steps()
    assert not case.tokens()


def test_keys_that_the_table_numbers_are_kept_apart_in_memory() -> None:
    case = begun(STOPS_AT_ONCE)
    values = [row["value"] for row in case.rows(DossierKey).values()]
    assert values == ["", "000190000001", "0000000001", "H99-260914-0001"]


def test_a_change_of_a_new_row_goes_into_the_insert_and_its_removal_takes_it_away() -> None:
    rows = Rows(events.TAKEN)
    key = uuid5(KEY, "token")
    rows.insert(Token, id=key, dossier_id=1, node="n", via="f", since=AT)
    rows.change(Token, key, node="m")
    assert (rows.inserted(Token)[0]["node"], rows.changes) == ("m", [])
    rows.remove(Token, key)
    assert (rows.inserts, rows.removals) == ([], [])


def test_what_is_removed_is_not_also_changed() -> None:
    rows = Rows(events.TAKEN)
    rows.change(Dossier, 1, version=2)
    rows.change(Dossier, 1, due_at=AT)
    rows.change(WorkItem, KEY, is_paused=True)
    rows.remove(WorkItem, KEY)
    rows.remove(WorkItem, KEY)
    assert [old.values for old in rows.changes] == [{"version": 2, "due_at": AT}]
    assert len(rows.removals) == 1
