"""An inspection by the API: the team notes, photographs, finds, seals; the unit agrees; rights as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.worlds import begun_with
from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.calendars.clock import day_of, now
from tinhso.events.models import Event
from tinhso.files.tests.factories import image
from tinhso.inspections.models import Note, Photo, Plan, State
from tinhso.inspections.permissions import InspectionPermission as Right
from tinhso.inspections.tests.factories import CODE, World, make_world
from tinhso.tasks.models import Obstacle
from tinhso.tasks.permissions import TaskPermission as Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.slow
PATH = "/api/v1/inspections"
SAT = {
    "place": "Trụ sở Sở Y tế",
    "begins_at": "2025-08-05T08:00:00+07:00",
    "ends_at": "2025-08-05T11:30:00+07:00",
    "attendees": [{"name": "Bình", "office": "Phó Giám đốc"}],
    "expected": 0,
}
world = pytest.fixture(begun_with(make_world))


@pytest.fixture
def team(world: World, settings: Settings, tmp_path: Path) -> Caller:
    """The system of the province, which inspects."""
    settings.FILES_ROOT = tmp_path
    return caller(world.offices.province, {Right.READ, Right.HOLD}, secret="ts_doan")


@pytest.fixture
def unit(world: World) -> Caller:
    """The system of the department of health, which is inspected."""
    return caller(world.offices.health, {Right.READ, Right.AGREE}, secret="ts_yte")


def at(world: World, *parts: str) -> str:
    return "/".join([PATH, str(world.inspection.uuid), *parts])


def refused(answer: HttpResponse, status: int, code: str) -> None:
    assert (answer.status_code, content(answer)["code"]) == (status, code)


def photographed(world: World, team: Caller) -> Any:
    headers = {"Authorization": f"Bearer {team.secret}", "Idempotency-Key": "anh-000001"}
    upload = SimpleUploadedFile("anh.jpg", image("JPEG"), "image/jpeg")
    path = at(world, "items", "1", "photos")
    answer: Any = team.client.post(path, {"file": upload}, headers=headers)
    return content(answer)


def test_it_is_held_from_the_plan_to_agreed_minutes(
    world: World, team: Caller, unit: Caller
) -> None:
    (plan,) = content(unit.get("/api/v1/inspection-plans", {"year": 2025}))["plans"]
    whole = content(unit.get(f"/api/v1/inspection-plans/{plan['uuid']}"))
    assert [one["uuid"] for one in whole["inspections"]] == [str(world.inspection.uuid)]
    assert len(content(team.get(f"/api/v1/inspection-plans/{plan['uuid']}"))["inspections"]) == 2

    team.post(at(world, "preparation"))
    said = {"text": "Đã ban hành kế hoạch", "judgement": "met", "expected": 0}
    item = content(team.post(at(world, "items", "1", "note"), said))["items"][0]
    assert (item["note"], item["judgement"], item["version"]) == (said["text"], "met", 1)
    for _time in range(2):
        assert len(photographed(world, team)["items"][0]["photos"]) == 1
    team.post(at(world, "findings"), {"kind": "result", "text": "Có kế hoạch", "ordinal": 1})
    asked = {"text": "Nhập đủ hồ sơ", "deadline_on": "2099-12-31"}
    past = team.post(at(world, "recommendations"), {**asked, "deadline_on": "2025-12-31"})
    assert content(past)["code"] == "inspections.recommendation_past"
    team.post(at(world, "recommendations"), asked)
    hidden = content(unit.get(at(world)))
    assert (hidden["items"], hidden["findings"], hidden["state"]) == ([], [], "open")
    refused(team.post(at(world, "sealing")), 409, "inspections.sitting_missing")
    told = content(team.post(at(world, "sitting"), SAT))
    assert (told["sitting"]["attendees"], told["sitting_version"]) == (1, 1)
    refused(team.post(at(world, "sitting"), {**SAT, "place": "Khác"}), 409, "stale_version")
    team.post(at(world, "sealing"))
    assert content(unit.post(at(world, "return"), {"words": "Thiếu số liệu"}))["state"] == "open"
    team.post(at(world, "sealing"))
    told = content(unit.post(at(world, "agreement"), {"words": "Nhất trí"}))
    assert told["state"] == "agreed"
    found = {"kind": "result", "text": "Có kế hoạch", "ordinal": 1, "obstacle": None}
    assert told["findings"] == [found]
    assert told["recommendations"][0]["deadline_on"] == "2099-12-31"
    assert [one["act"] for one in told["minutes"]] == ["sealed", "returned", "sealed", "agreed"]
    assert Photo.objects.count() == 1
    assert Note.objects.get().actor == f"partner:{team.token.uuid}"


def test_it_goes_from_a_plan_to_its_closing(world: World, unit: Caller) -> None:
    rights = {Right.READ, Right.HOLD, Right.MAKE, Right.CONCLUDE, Tasks.ISSUE}
    province = caller(world.offices.province, rights, secret="ts_tinh")
    whole = plan_of(world)
    made = [
        province.post("/api/v1/inspection-plans", whole, idempotency_key="kh-000001")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in made] == [201, 200]
    (visit,) = content(made[0])["inspections"]
    stranger = {**whole["team"][0], "account": str(uuid4())}
    refused(
        province.post("/api/v1/inspection-plans", {**whole, "number": "2/KH", "team": [stranger]}),
        *(422, "inspections.plan_invalid"),
    )
    assert Plan.objects.count() == 2

    path = f"{PATH}/{visit['uuid']}"
    province.post(f"{path}/findings", {"kind": "cause", "text": "Thiếu người"})
    told = content(
        province.post(f"{path}/dropped-findings", {"kind": "cause", "text": "Thiếu người"})
    )
    assert told["findings"] == []
    for text in ("Nhập đủ hồ sơ", "Bỏ ngay"):
        province.post(f"{path}/recommendations", {"text": text})
    told = content(province.post(f"{path}/dropped-recommendations", {"ordinal": 2}))
    assert [one["text"] for one in told["recommendations"]] == ["Nhập đủ hồ sơ"]
    province.post(f"{path}/items/1/note", {"text": "Có", "expected": 0})
    province.post(f"{path}/findings", {"kind": "cause", "text": "Thiếu máy quét"})
    province.post(f"{path}/sitting", SAT)
    province.post(f"{path}/sealing")
    stuck = {"kind": "cause", "text": "Thiếu máy quét", "about": "infrastructure"}
    refused(province.post(f"{path}/obstacles", stuck), 403, "permission_missing")
    held_up = caller(world.offices.health, {Right.READ, Tasks.RAISE_OBSTACLE}, secret="ts_vuong")
    for about, status in (("nothing", 422), ("infrastructure", 200), ("infrastructure", 200)):
        answer = held_up.post(f"{path}/obstacles", {**stuck, "about": about})
        assert answer.status_code == status
    assert content(answer)["findings"][0]["obstacle"] == str(Obstacle.objects.get().uuid)
    unit.post(f"{path}/agreement")
    concluded = content(province.post(f"{path}/conclusion", {"number": "1/KL"}))
    assert concluded["recommendations"][0]["task"] is not None
    refused(province.post(f"{path}/closing"), 409, "inspections.remedies_open")
    seen = {"ordinal": 1, "outcome": "done", "words": "Đã nhập đủ"}
    assert province.post(f"{path}/rechecks", seen).status_code == 200
    assert content(province.post(f"{path}/closing"))["state"] == "closed"


def plan_of(world: World) -> dict[str, Any]:
    """A plan for the department of health as a partner sends it."""
    today = day_of(now())
    return {
        "agency": str(world.offices.province.uuid),
        "number": "1/KH",
        "issued_on": str(today),
        "title": "Kế hoạch kiểm tra",
        "first": "2025-01-01",
        "last": "2025-06-30",
        "checklist": CODE,
        "team": [{"name": "Hà", "post": "head", "account": str(world.offices.chair.uuid)}],
        "visits": [{"unit": str(world.offices.health.uuid), "visit_on": str(today)}],
    }


def test_the_unit_reports_of_itself(world: World, team: Caller) -> None:
    own = caller(world.offices.health, {Right.READ, Right.REPORT}, secret="ts_tu")
    line = {"ordinal": 1, "judgement": "met", "text": "Đã ban hành"}
    told = content(own.post(at(world, "self-report"), {"said": [line], "expected": 0}))
    assert (told["self_report"], told["self_report_version"]) == ([line], 1)
    stale = {"said": [{**line, "text": "Khác"}], "expected": 0}
    refused(own.post(at(world, "self-report"), stale), 409, "stale_version")
    refused(team.post(at(world, "self-report"), stale), 403, "permission_missing")
    assert content(team.get(at(world)))["self_report"] == [line]


def test_a_note_on_an_older_version_is_kept_aside(world: World, team: Caller) -> None:
    for text in ("Đạt", "Khác"):
        told = content(team.post(at(world, "items", "1", "note"), {"text": text, "expected": 0}))
    item = told["items"][0]
    assert (item["note"], item["version"], item["asides"]) == ("Đạt", 1, ["Khác"])


def test_what_may_not_be_is_refused_and_leaves_nothing(
    world: World, team: Caller, unit: Caller
) -> None:
    told = Event.objects.count()
    note, said = at(world, "items", "1", "note"), {"text": "Thử", "expected": 0}
    refused(unit.post(note, said), 403, "permission_missing")
    member = caller(world.offices.science, {Right.READ, Right.HOLD}, secret="ts_khcn")
    refused(member.post(note, said), 404, "inspections.inspection_unknown")
    refused(member.get(at(world)), 404, "inspections.inspection_unknown")
    refused(team.post(at(world, "agreement")), 403, "permission_missing")
    refused(team.post(at(world, "sealing")), 409, "inspections.nothing_noted")
    refused(unit.post(at(world, "agreement")), 409, "inspections.inspection_state")
    refused(team.post(at(world, "items", "999", "note"), said), 404, "inspections.item_unknown")
    wrong = {**said, "judgement": "tốt"}
    refused(team.post(note, wrong), 422, "dossiers.request_malformed")
    blind = caller(world.offices.province, {Right.HOLD}, secret="ts_mu")
    refused(blind.get("/api/v1/inspection-plans", {"year": 2025}), 403, "permission_missing")
    world.inspection.refresh_from_db()
    assert (world.inspection.state, Event.objects.count()) == (State.OPEN, told)
    assert not Note.objects.exists()
