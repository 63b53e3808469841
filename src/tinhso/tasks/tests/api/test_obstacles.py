"""An obstacle by the API: raised by who is stuck, answered by who can solve it, closed by who raised it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.worlds import begun_with
from tinhso.accounts.tests.calling import Caller, caller, content
from tinhso.events.models import Event
from tinhso.tasks.models import Obstacle, ObstacleState, Solution
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.services.obstacles import answer
from tinhso.tasks.tests.factories import AT
from tinhso.tasks.tests.stuck import SYSTEM, Stuckness, raised

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.slow
PATH = "/api/v1/obstacles"
KEY = "xa-ba-gia-000001"
STUCK = {"kind": "infrastructure", "text": "Thôn Đăk Ring chưa có sóng"}
SOLVES = {Right.READ_OBSTACLE, Right.ANSWER_OBSTACLE, Right.PROPOSE_OBSTACLE}
RAISES = {Right.READ_OBSTACLE, Right.RAISE_OBSTACLE}
ACTS: dict[str, dict[str, Any]] = {
    "answer": {"words": "Đã lắp trạm", "question": "Thôn chưa có sóng thì nộp thế nào?"},
    "proposal": {"body": "Bộ Khoa học và Công nghệ", "document": "12/UBND-KGVX"},
    "routing": {"solver": "", "words": "Đúng chức năng"},
}
AFTER: dict[str, dict[str, Any]] = {"closing": {}, "reopening": {"words": "Vẫn chưa có sóng"}}


@pytest.fixture
@begun_with
def world() -> Stuckness:
    """A province where somebody is stuck."""
    from tinhso.tasks.tests.stuck import make_stuckness  # noqa: PLC0415

    return make_stuckness()


@pytest.fixture
def stuck(world: Stuckness) -> Caller:
    """The system of the commune that is stuck."""
    return caller(world.offices.communes[0], RAISES, secret="ts_xa")


@pytest.fixture
def solver(world: Stuckness) -> Caller:
    """The system of whoever solves it: the province and all below."""
    return caller(world.offices.province, SOLVES, secret="ts_tinh")


def at(row: Obstacle, *parts: str) -> str:
    return "/".join([PATH, str(row.uuid), *parts])


def body_of(world: Stuckness, name: str) -> dict[str, Any]:
    body = ACTS[name] if name in ACTS else AFTER[name]
    return {**body, "solver": str(world.offices.police.uuid)} if name == "routing" else body


def refused(answered: HttpResponse, status: int, code: str) -> None:
    assert (answered.status_code, content(answered)["code"]) == (status, code)


def test_it_is_raised_answered_and_closed(world: Stuckness, stuck: Caller, solver: Caller) -> None:
    kinds = content(stuck.get("/api/v1/obstacle-kinds"))["kinds"]
    assert "infrastructure" in {each["code"] for each in kinds}
    commune = str(world.offices.communes[0].uuid)
    made = stuck.post(PATH, {**STUCK, "agency": commune})
    told = content(made)
    assert made.status_code == 201
    assert made["Location"] == f"{PATH}/{told['uuid']}"
    assert (told["state"], told["agency"]["uuid"]) == ("open", commune)
    (waiting,) = content(solver.get(PATH, {"side": "to_solve", "state": "open"}))["obstacles"]
    solver.post(f"{PATH}/{waiting['uuid']}/answer", ACTS["answer"])
    told = content(stuck.post(f"{PATH}/{waiting['uuid']}/closing", {"words": "Có sóng rồi"}))
    assert (told["state"], [each["act"] for each in told["history"]]) == (
        "closed",
        ["closed", "answered"],
    )
    assert Solution.objects.count() == 1


def test_it_is_raised_once_under_its_key(world: Stuckness, stuck: Caller) -> None:
    body = {**STUCK, "agency": str(world.offices.communes[0].uuid)}
    first = stuck.post(PATH, body, Idempotency_Key=KEY)
    again = stuck.post(PATH, body, Idempotency_Key=KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert Obstacle.objects.count() == 1
    other = stuck.post(PATH, {**body, "text": "Khác"}, Idempotency_Key=KEY)
    refused(other, 409, "dossiers.key_used_otherwise")


def test_nobody_raises_it_for_another_agency(world: Stuckness, stuck: Caller) -> None:
    body = {**STUCK, "agency": str(world.offices.communes[1].uuid)}
    refused(stuck.post(PATH, body), 403, "permission_missing")
    unknown = {**STUCK, "agency": str(world.offices.communes[0].uuid), "kind": "weather"}
    assert stuck.post(PATH, unknown).status_code in {404, 422}
    assert not Obstacle.objects.exists()


@pytest.mark.parametrize("name", ACTS)
def test_only_who_can_solve_it_acts_on_it(
    world: Stuckness, stuck: Caller, solver: Caller, name: str
) -> None:
    row = raised(world)
    events = Event.objects.count()
    refused(stuck.post(at(row, name), body_of(world, name)), 403, "permission_missing")
    assert Event.objects.count() == events
    assert solver.post(at(row, name), body_of(world, name)).status_code == 200


@pytest.mark.parametrize("name", AFTER)
def test_only_who_raised_it_says_whether_it_is_solved(
    world: Stuckness, stuck: Caller, solver: Caller, name: str
) -> None:
    row = raised(world)
    answer(row.uuid, words="Đã lắp trạm", actor=SYSTEM, at=AT)
    refused(solver.post(at(row, name), AFTER[name]), 403, "permission_missing")
    row.refresh_from_db()
    assert row.state == ObstacleState.ANSWERED
    assert stuck.post(at(row, name), AFTER[name]).status_code == 200


def test_two_that_are_the_same_are_joined(world: Stuckness, solver: Caller) -> None:
    one, other = raised(world), raised(world, by=1)
    told = content(solver.post(at(other, "joining"), {"main": str(one.uuid)}))
    assert told["main"] == str(one.uuid)
    refused(solver.post(at(one, "joining"), {"main": str(one.uuid)}), 409, "tasks.obstacle_join_unfit")  # fmt: skip


@pytest.mark.parametrize("name", ["", *ACTS, *AFTER])
def test_a_stranger_finds_no_such_obstacle(world: Stuckness, name: str) -> None:
    row = raised(world)
    stranger = caller(world.offices.communes[1], SOLVES | RAISES)
    found = stranger.post(at(row, name), body_of(world, name)) if name else stranger.get(at(row))
    refused(found, 404, "tasks.obstacle_unknown")


@pytest.mark.parametrize("path", ["", "-kinds"])
def test_without_the_right_to_read_nothing_is_told(world: Stuckness, path: str) -> None:
    blind = caller(world.offices.communes[0], ["dossiers:dossier:read"])
    refused(blind.get(f"/api/v1/obstacles{path}".replace("s-kinds", "-kinds")), 403, "permission_missing")  # fmt: skip
