"""Wait for an answer, for a day, in a sub-process: the workflow's further elements with real rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers import definitions, services
from tinhso.dossiers.errors import AnswerNotAwaited, StepWantsAnotherAct
from tinhso.dossiers.models import Alarm, ProcedureVersion, Step, Token, WorkItem
from tinhso.dossiers.pages.standing import standing_of
from tinhso.dossiers.services import timing
from tinhso.dossiers.tests.api.calling import PATH, content, make_caller
from tinhso.dossiers.tests.factories import (
    AT,
    MARRIAGE,
    SYSTEM,
    definition_of,
    received,
    step,
)
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import DAY, refused
from tinhso.dossiers.tests.workflow.factories import (
    bpmn,
    end,
    line,
    pause,
    process_within,
    receive,
    start,
    task,
    timer,
)
from tinhso.dossiers.workflow.errors import OutcomeUnknown
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

HO_TICH = {"act": "forward", "role": "ho_tich"}
INNER = (start("i"), task("xac_minh", **HO_TICH), end("o"), line("i", "xac_minh", "o"))
PROCESS = bpmn(
    *(start(), receive("cho_noi_cu_tru", "tra_loi_noi_cu_tru", role="ho_tich"), end()),
    *(pause("niem_yet", waits="P7D"), task("tra", act="hand_over", role="mot_cua")),
    *(process_within("con", *INNER), timer("qua_han", "con", waits="P3D")),
    *(task("nhac", **HO_TICH), end("het"), line("qua_han", "nhac", "het")),
    line("start", "cho_noi_cu_tru", "niem_yet", "con", "tra", "end"),
)


@pytest.fixture
def waiting(desk: Desk) -> Dossier:
    """A dossier whose workflow waits for the answer of the former commune."""
    version = ProcedureVersion.objects.filter(procedure__code=MARRIAGE).latest("version")
    version.pk, version.version, version.workflow = None, version.version + 1, PROCESS.decode()
    version.definition = {**version.definition, "version": version.version}
    version.save()
    definitions.of_version.cache_clear()
    return received(desk)


def test_an_answer_is_brought_to_the_step_that_waits_for_its_name(
    desk: Desk, waiting: Dossier
) -> None:
    item = WorkItem.objects.get(dossier=waiting.pk)
    assert (item.node, item.act, item.agency_id) == (
        "cho_noi_cu_tru",
        "record_answer",
        desk.commune.pk,
    )
    done = services.deliver(
        waiting.uuid,
        "tra_loi_noi_cu_tru",
        actor=desk.specialist,
        outcome="agree",
        note="Công văn 5",
        at=AT,
    )
    told = Step.objects.get(dossier=done.pk, node="cho_noi_cu_tru")
    assert (told.outcome, told.note, told.closed_by) == ("agree", "Công văn 5", desk.specialist.key)
    event = Event.objects.get(kind="dossiers.answer_recorded")
    assert event.payload["message"] == "tra_loi_noi_cu_tru"
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.node, item.act) == ("niem_yet", "wait"), "somebody answers for what a timer moves"
    assert Token.objects.get(dossier=done.pk).node == "niem_yet"


def test_an_answer_that_nobody_awaits_is_refused(desk: Desk, waiting: Dossier) -> None:
    facts: dict[str, Any] = {"actor": desk.specialist, "outcome": "agree", "at": AT}
    with refused(AnswerNotAwaited):
        services.deliver(waiting.uuid, "khac", **facts)
    services.deliver(waiting.uuid, "tra_loi_noi_cu_tru", **facts)
    with refused(AnswerNotAwaited):
        services.deliver(waiting.uuid, "tra_loi_noi_cu_tru", **facts)


def test_who_may_not_record_it_and_what_it_cannot_say(desk: Desk, waiting: Dossier) -> None:
    key = step(waiting, "cho_noi_cu_tru")
    with refused(PermissionMissing):
        services.record_answer(waiting.uuid, key, actor=desk.leader, outcome="agree", at=AT)
    with refused(OutcomeUnknown):
        services.record_answer(waiting.uuid, key, actor=SYSTEM, outcome="perhaps", at=AT)
    with refused(StepWantsAnotherAct):
        services.forward(waiting.uuid, key, actor=SYSTEM, outcome="agree", at=AT)


SEVEN = instant(day_of(AT), 8 * 24 * 60)
"""The end of the seventh day."""


def test_a_day_is_awaited_and_the_run_of_a_sub_process_has_its_alarm(
    desk: Desk, waiting: Dossier
) -> None:
    services.deliver(waiting.uuid, "tra_loi_noi_cu_tru", actor=SYSTEM, outcome="answered", at=AT)
    [alarm] = Alarm.objects.filter(dossier=waiting.pk)
    assert (alarm.timer, alarm.fires_at) == ("niem_yet", SEVEN)
    timing.fire_due(actor=SYSTEM, at=SEVEN, limit=10)
    key = step(waiting, "xac_minh")
    [alarm] = Alarm.objects.filter(dossier=waiting.pk)
    assert alarm.timer == "qua_han"
    services.forward(waiting.uuid, key, actor=desk.specialist, outcome="agree", at=SEVEN + DAY)
    assert not Alarm.objects.filter(dossier=waiting.pk).exists()
    assert Token.objects.get(dossier=waiting.pk).branch == ""


def test_the_alarm_of_a_sub_process_ends_what_is_in_it(waiting: Dossier) -> None:
    services.deliver(waiting.uuid, "tra_loi_noi_cu_tru", actor=SYSTEM, outcome="answered", at=AT)
    timing.fire_due(actor=SYSTEM, at=SEVEN, limit=10)
    timing.fire_due(actor=SYSTEM, at=SEVEN + 4 * DAY, limit=10)
    silent = Step.objects.get(dossier=waiting.pk, node="xac_minh")
    assert silent.outcome == "timed_out"
    assert WorkItem.objects.get(dossier=waiting.pk).node == "nhac"


def test_where_it_stands_says_who_is_awaited_and_what_follows(waiting: Dossier) -> None:
    standing = standing_of(waiting, definition_of(MARRIAGE), AT)
    assert standing is not None
    assert "UBND xã Ba Gia" in standing.sentences[0]
    assert "«niem_yet»" in standing.sentences[0]
    assert [(line.state.value, line.name) for line in standing.lines] == [
        ("now", "cho_noi_cu_tru"),
        ("next", "niem_yet"),
    ]


def test_another_system_brings_its_answer_by_the_name_of_the_message(
    desk: Desk, waiting: Dossier
) -> None:
    partner = make_caller(desk.province)
    address = f"{PATH}/{waiting.uuid}/answers"
    body = {"message": "tra_loi_noi_cu_tru", "outcome": "agree", "note": "Công văn 5"}
    assert partner.post(address, {**body, "outcome": "perhaps"}).status_code == 422
    assert partner.post(address, body).status_code == 200
    again = partner.post(address, body)
    assert (again.status_code, content(again)["code"]) == (409, "dossiers.answer_not_awaited")
    assert Event.objects.filter(kind="dossiers.answer_recorded").count() == 1


def test_the_queue_says_till_when_the_answer_is_awaited(desk: Desk, waiting: Dossier) -> None:
    queue = signed_in(desk, "specialist")
    assert "chờ trả lời từ nơi khác<" in queue.get("/ho-so/").content.decode()
    open_one = Step.objects.get(dossier=waiting.pk, closed_at=None)
    assert open_one.token is not None
    rings = instant(day_of(AT), 8 * 24 * 60)
    Alarm.objects.create(
        id=open_one.pk,
        dossier=waiting,
        token=open_one.token,
        timer="cho_mai",
        fires_at=rings,
    )
    assert "chờ trả lời từ nơi khác đến hết 21/09/2026" in queue.get("/ho-so/").content.decode()
    Alarm.objects.filter(pk=open_one.pk).update(fires_at=instant(day_of(AT), 9 * 60 + 30))
    assert "chờ trả lời từ nơi khác đến 09:30" in queue.get("/ho-so/").content.decode()
