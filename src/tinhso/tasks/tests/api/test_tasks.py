"""A task by the API: its lead takes it, reports, shows, asks for time; who gave it decides; rights as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.files.tests.factories import image
from tinhso.tasks.models import Evidence, ExtensionRequest, State, Task, TaskAct
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.tests.factories import accepted, issued, proposed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.tasks.tests.factories import Offices

pytestmark = pytest.mark.slow
PATH = "/api/v1/tasks"
KEY = "so-khcn-000001"
LED = {Right.READ, Right.ACCEPT, Right.REPORT}
GIVEN = {Right.READ, Right.DECIDE, Right.CONFIRM}
Start = "Callable[[Offices], Task]"
LEAD_ACTS: dict[str, tuple[Any, dict[str, Any], Right]] = {
    "acceptance": (issued, {}, Right.ACCEPT),
    "return": (issued, {"reason": "Không đúng chức năng"}, Right.ACCEPT),
    "progress": (accepted, {"words": "Đã rà soát 5 xã", "percent": 40}, Right.REPORT),
    "evidence": (accepted, {"value": "15/BC-SKHCN"}, Right.REPORT),
    "extension-request": (accepted, {"until": "2027-01-31", "reason": "Mưa lũ"}, Right.REPORT),
}
GIVER_ACTS: dict[str, tuple[Any, dict[str, Any], Right]] = {
    "confirmation": (proposed, {}, Right.CONFIRM),
    "reopening": (proposed, {"reason": "Còn hai xã"}, Right.CONFIRM),
    "cancellation": (accepted, {"reason": "Đã gộp việc khác"}, Right.DECIDE),
}


@pytest.fixture
def lead(offices: Offices) -> Caller:
    """The system of the department that leads."""
    return caller(offices.science, LED, secret="ts_khcn")


@pytest.fixture
def giver(offices: Offices) -> Caller:
    """The system of the province's office."""
    return caller(offices.province, GIVEN, secret="ts_tinh")


def at(task: Task, *parts: str) -> str:
    return "/".join([PATH, str(task.uuid), *parts])


def refused(answer: HttpResponse, status: int, code: str) -> None:
    assert (answer.status_code, content(answer)["code"]) == (status, code)


def test_a_query_of_an_unknown_name_is_refused_and_nothing_done(
    offices: Offices, lead: Caller
) -> None:
    """Passed over, a mistyped filter would answer with everything."""
    task = issued(offices)
    acts = task.acts.count()
    answer = lead.get(PATH, {"role": "led", "stat": "issued"})
    refused(answer, 422, "dossiers.request_malformed")
    assert list(content(answer)["errors"]) == ["stat"]
    refused(lead.get(f"{PATH}?role=led&role=given"), 422, "dossiers.request_malformed")
    refused(lead.get(at(task), {"key": str(task.uuid)}), 422, "dossiers.request_malformed")
    refused(lead.get(at(task), {"lang": "en"}), 422, "dossiers.request_malformed")
    refused(lead.post(f"{at(task, 'acceptance')}?until=1"), 422, "dossiers.request_malformed")
    task.refresh_from_db()
    assert (task.state, task.acts.count()) == (State.ISSUED, acts)


def test_it_is_carried_out_from_list_to_confirmation(
    offices: Offices, lead: Caller, giver: Caller
) -> None:
    task = issued(offices)
    (listed,) = content(lead.get(PATH, {"role": "led", "state": "issued", "late": "true"}))["tasks"]
    assert (listed["uuid"], listed["lead"]["name"]) == (str(task.uuid), listed["lead"]["name"])
    assert (listed["notice"], listed["deadline_on"]) == ("9/TB-UBND", "2025-09-30")
    lead.post(at(task, "acceptance"))
    lead.post(at(task, "progress"), {"words": "Đã rà soát 5 xã", "percent": 40})
    lead.post(at(task, "extension-request"), {"until": "2027-01-31", "reason": "Mưa lũ"})
    told = content(giver.post(at(task, "extension-decision"), {"grants": True}))
    assert told["deadline_on"] == "2027-01-31"
    assert told["extensions"][0]["is_granted"] is True
    lead.post(at(task, "evidence"), {"value": "15/BC-SKHCN", "note": "Báo cáo"})
    lead.post(at(task, "completion"), {"words": "Xong"})
    told = content(giver.post(at(task, "confirmation")))
    assert told["state"] == "done"
    assert [each["act"] for each in told["history"]] == [
        *("confirmed", "proposed", "reported", "accepted"),
    ]
    assert told["history"][2]["percent"] == 40
    assert TaskAct.objects.latest("pk").actor == f"partner:{giver.token.uuid}"


def test_a_file_shows_it_and_is_kept_once(offices: Offices, lead: Caller) -> None:
    task = accepted(offices)
    headers = {"Authorization": f"Bearer {lead.secret}", "Idempotency-Key": KEY}
    for _time in range(2):
        upload = SimpleUploadedFile("anh.jpg", image("JPEG"), "image/jpeg")
        answer: Any = lead.client.post(
            at(task, "evidence", "file"), {"file": upload}, headers=headers
        )
        (shown,) = content(answer)["evidence"]
        assert (shown["kind"], shown["filename"]) == ("file", "anh.jpg")
    assert Evidence.objects.count() == 1


def test_what_is_sent_again_under_its_key_changes_nothing(offices: Offices, lead: Caller) -> None:
    task = accepted(offices)
    said = {"words": "Đã rà soát 5 xã", "percent": 40}
    first = lead.post(at(task, "progress"), said, Idempotency_Key=KEY)
    events = Event.objects.count()
    again = lead.post(at(task, "progress"), said, Idempotency_Key=KEY)
    assert content(first) == content(again)
    assert Event.objects.count() == events
    other = lead.post(at(task, "progress"), {"words": "Khác"}, Idempotency_Key=KEY)
    refused(other, 409, "dossiers.key_used_otherwise")


def test_who_gave_it_gives_it_to_another(offices: Offices, lead: Caller, giver: Caller) -> None:
    task = issued(offices)
    lead.post(at(task, "return"), {"reason": "Không đúng chức năng"})
    body = {"lead": str(offices.home_affairs.uuid), "words": "Đúng chức năng"}
    told = content(giver.post(at(task, "giving"), body))
    assert (told["state"], told["lead"]["uuid"]) == ("issued", str(offices.home_affairs.uuid))
    refused(lead.get(at(task)), 404, "tasks.task_unknown")
    unknown = giver.post(at(task, "giving"), {"lead": "H00", "words": "Thử"})
    refused(unknown, 404, "agencies.not_found")


def test_a_refused_extension_says_why(offices: Offices, lead: Caller, giver: Caller) -> None:
    task = accepted(offices)
    refused(giver.post(at(task, "extension-decision"), {"grants": True}), 409, "tasks.no_extension_asked")  # fmt: skip
    lead.post(at(task, "extension-request"), {"until": "2027-01-31", "reason": "Mưa lũ"})
    answer = giver.post(at(task, "extension-decision"), {"grants": False})
    assert answer.status_code == 422
    assert ExtensionRequest.objects.get(task=task, decision=None)


@pytest.mark.parametrize("name", [*LEAD_ACTS, *GIVER_ACTS])
def test_each_act_takes_its_right(offices: Offices, name: str) -> None:
    start, body, right = {**LEAD_ACTS, **GIVER_ACTS}[name]
    task: Task = start(offices)
    place = offices.science if name in LEAD_ACTS else offices.province
    events = Event.objects.count()
    rights = (LED | GIVEN) - {right}
    refused(caller(place, rights).post(at(task, name), body), 403, "permission_missing")
    assert Event.objects.count() == events
    task.refresh_from_db()
    assert task.state == start.__name__


@pytest.mark.parametrize("name", [*LEAD_ACTS, *GIVER_ACTS])
def test_each_act_is_done_with_its_right(
    offices: Offices, lead: Caller, giver: Caller, name: str
) -> None:
    start, body, _right = {**LEAD_ACTS, **GIVER_ACTS}[name]
    who = lead if name in LEAD_ACTS else giver
    assert who.post(at(start(offices), name), body).status_code == 200


@pytest.mark.parametrize("name", ["", *LEAD_ACTS, *GIVER_ACTS])
def test_a_stranger_finds_no_such_task(offices: Offices, name: str) -> None:
    task = issued(offices)
    stranger = caller(offices.health, LED | GIVEN)
    body = {**LEAD_ACTS, **GIVER_ACTS}[name][1] if name else {}
    answer = stranger.post(at(task, name), body) if name else stranger.get(at(task))
    refused(answer, 404, "tasks.task_unknown")
    task.refresh_from_db()
    assert task.state == State.ISSUED


def test_it_is_not_done_before_something_shows_it(offices: Offices, lead: Caller) -> None:
    refused(lead.post(at(accepted(offices), "completion")), 409, "tasks.evidence_first")


@pytest.mark.parametrize("percent", [-1, 101, "nửa"])
def test_progress_is_between_nothing_and_all(offices: Offices, lead: Caller, percent: Any) -> None:
    body = {"words": "Thử", "percent": percent}
    refused(lead.post(at(accepted(offices), "progress"), body), 422, "dossiers.request_malformed")


def test_lists_are_told_by_role_and_page(
    offices: Offices, lead: Caller, giver: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued(offices)
    assert len(content(giver.get(PATH, {"role": "given"}))["tasks"]) == 2
    assert content(lead.get(PATH, {"role": "part"}))["tasks"] == []
    assert content(lead.get(PATH, {"due_to": "2025-09-29"}))["tasks"] == []
    monkeypatch.setattr("tinhso.tasks.paging.PAGE", 1)
    first = content(giver.get(PATH))
    second = content(giver.get(PATH, {"cursor": first["next"]}))
    assert first["tasks"][0]["uuid"] != second["tasks"][0]["uuid"]
    assert second["next"] is None
    refused(lead.get(PATH, {"cursor": str(offices.science.uuid)}), 422, "dossiers.cursor_unknown")


def test_without_the_right_to_read_nothing_is_told(offices: Offices) -> None:
    task = issued(offices)
    blind = caller(offices.science, ["dossiers:dossier:read"])
    refused(blind.get(PATH), 403, "permission_missing")
    refused(blind.get(at(task)), 403, "permission_missing")


def test_it_is_divided_handed_over_and_made_to_wait(
    offices: Offices, lead: Caller, giver: Caller
) -> None:
    unit = make_agency("Phòng Hạ tầng", kind=AgencyKind.DIVISION, parent=offices.science)
    task = accepted(offices)
    other = Task.objects.exclude(pk=task.pk).get()
    Task.objects.filter(pk=other.pk).update(lead=offices.science)
    parts = {"units": [str(unit.uuid)], "text": "Khảo sát 12 xã"}
    refused(lead.post(at(task, "shares"), parts), 403, "permission_missing")
    sharer = caller(offices.science, LED | {Right.SPLIT}, secret="ts_chia")
    sharer.post(at(task, "shares"), parts)
    share = Task.objects.get(parent=task)
    assert (share.lead, share.text) == (unit, "Khảo sát 12 xã")
    said = {"blocker": str(other.uuid), "words": "Chờ biên chế"}
    told = content(lead.post(at(task, "waiting"), said))
    assert told["history"][0]["act"] == "waits"
    told = content(lead.post(at(task, "waiting-no-more"), {"blocker": str(other.uuid)}))
    assert told["history"][0]["act"] == "waits_no_more"
    giver.post(at(task, "handing-over"), {"person": str(offices.follower.uuid)})
    task.refresh_from_db()
    assert task.follower_id == offices.follower.user
    stranger = {"person": str(offices.outsider.uuid)}
    refused(giver.post(at(task, "handing-over"), stranger), 422, "tasks.person_unfit")


def test_the_lead_names_who_carries_it_out(offices: Offices, lead: Caller) -> None:
    task = accepted(offices)
    told = content(lead.post(at(task, "assignment"), {"person": offices.specialist.key[5:]}))
    assert told["worker"] == offices.specialist.key[5:]
    elsewhere = lead.post(at(task, "assignment"), {"person": offices.outsider.key[5:]})
    refused(elsewhere, 422, "tasks.person_unfit")
