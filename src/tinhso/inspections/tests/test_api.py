"""An inspection by the API: the team notes, photographs, finds, seals; the unit agrees; rights as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.worlds import begun_with
from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.events.models import Event
from tinhso.files.tests.factories import image
from tinhso.inspections.models import Note, Photo, State
from tinhso.inspections.permissions import InspectionPermission as Right
from tinhso.inspections.tests.factories import World, make_world

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.slow
PATH = "/api/v1/inspections"
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
    team.post(at(world, "sealing"))
    assert content(unit.post(at(world, "return"), {"words": "Thiếu số liệu"}))["state"] == "open"
    team.post(at(world, "sealing"))
    told = content(unit.post(at(world, "agreement"), {"words": "Nhất trí"}))
    assert told["state"] == "agreed"
    assert told["findings"] == [{"kind": "result", "text": "Có kế hoạch", "ordinal": 1}]
    assert told["recommendations"][0]["deadline_on"] == "2099-12-31"
    assert [one["act"] for one in told["minutes"]] == ["sealed", "returned", "sealed", "agreed"]
    assert Photo.objects.count() == 1
    assert Note.objects.get().actor == f"partner:{team.token.uuid}"


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
