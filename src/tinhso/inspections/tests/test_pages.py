"""Inspections as HTTP sees them: planned, noted by two at once, agreed, concluded, taken along."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.inspections.models import Inspection, Note, Plan, State
from tinhso.inspections.tests.factories import CODE, World, make_world
from tinhso.tasks.models import Task

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor

world = pytest.fixture(begun_with(make_world))


SAT = {
    "expected": "0",
    "place": "Trụ sở Sở Y tế",
    "begins_at": "2025-08-05T08:00",
    "ends_at": "2025-08-05T11:30",
    "attendees": "Bình, Phó Giám đốc\n\nAn",
}


def sits(actor: OfficerActor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.user))
    return made


def page(world: World, name: str = "inspection", *more: object) -> str:
    return reverse(f"inspections:{name}", args=[world.inspection.uuid, *more])


def act(who: Client, world: World, slug: str, **body: object) -> int:
    return who.post(page(world, "act", slug), body).status_code


@pytest.mark.slow
def test_units_are_named_without_accents_each_with_its_day(world: World) -> None:
    chair, address = sits(world.offices.chair), reverse("inspections:planning")
    near, far = (clock.day_of(clock.now()) + timedelta(days=days) for days in (1, 9))
    assert chair.get(address).status_code == 200
    body: dict[str, Any] = {
        "agency": world.offices.province.pk,
        "number": "9/KH",
        "issued_on": "2025-08-01",
        "title": "Kiểm tra lần hai",
        "first": "2026-01-01",
        "last": "2026-06-30",
        "checklist": CODE,
        "units": f"so y te {far:%d/%m/%Y}\nso noi vu {near:%d/%m/%Y}",
        "person_1": "ha",
        "person_5": "mai so khoa hoc",
        "others": "Bình, Đại học Thử nghiệm\n",
    }
    for wrong in (
        {"units": "so"},
        {"units": "so y te 32/13/2026"},
        {"units": "so y te"},
        {"units": "so y te 1/1/2026"},
        {"person_2": "ha"},
        {"person_2": "so"},
        {"person_2": "khong ai"},
        {"others": "x" * 201},
    ):
        assert chair.post(address, {**body, **wrong}).status_code == 422
    assert Plan.objects.count() == 1
    sent = chair.post(address, body)
    assert sent.status_code == 302, sent.content.decode()
    team = Plan.objects.get(number="9/KH").team.values_list("user", "post")
    assert set(team) == {
        (world.offices.chair.user, "head"),
        (world.secretary.user, "secretary"),
        (None, "member"),
    }
    days = Plan.objects.get(number="9/KH").inspections.order_by("-visit_on")
    assert [f"{one.visit_on}" for one in days] == [f"{far}", f"{near}"]
    assert chair.get(sent["Location"]).status_code == 200
    assert sits(world.secretary).get(address).status_code == 403


@pytest.mark.slow
def test_two_inspectors_on_one_criterion_see_both_texts(world: World) -> None:
    mai, son, address = sits(world.secretary), sits(world.second), page(world, "item", 1)
    assert mai.get(address).status_code == 200
    body = {"expected": "0", "judgement": "met", "text": "Bản của Mai", "then": "next"}
    assert mai.post(address, body)["Location"] == page(world, "item", 2)
    late = {**body, "text": "Bản của Sơn"}
    answer = son.post(address, late, headers={"X-Kept": "1"})
    assert (answer.status_code, answer["X-Kept"]) == (409, "1")
    shown = answer.content.decode()
    assert "Bản của Mai" in shown
    assert "Bản của Sơn" in shown
    assert 'name="expected" value="1"' in shown
    together = son.post(address, {**late, "expected": "1"}, headers={"X-Kept": "1"})
    assert (together.status_code, together["X-Went"]) == (204, page(world, "item", 2))
    assert Note.objects.filter(is_aside=False).count() == 2


@pytest.mark.slow
def test_from_minutes_to_tasks_by_the_pages(world: World) -> None:
    mai, chair, unit = (
        sits(who) for who in (world.secretary, world.offices.chair, world.unit_head)
    )
    mai.post(page(world, "item", 1), {"expected": "0", "judgement": "met", "text": "Có kế hoạch"})
    assert "Có kế hoạch" not in unit.get(page(world)).content.decode()
    assert unit.get(page(world, "item", 1)).status_code == 404
    assert unit.get(page(world, "paper", "bien-ban", "pdf")).status_code == 404
    assert act(mai, world, "nhan-dinh", kind="weakness", text="Hạ tầng cũ") == 302
    assert act(mai, world, "kien-nghi", text="Thay máy", deadline_on="2099-12-31") == 302
    assert act(mai, world, "bo", ordinal="7") == 404
    assert act(mai, world, "cap-nhat") == 302
    assert act(unit, world, "chot-bien-ban") == 403
    assert act(mai, world, "chot-bien-ban") == 409
    assert mai.post(page(world, "sitting"), SAT).status_code == 302
    assert act(mai, world, "chot-bien-ban") == 302
    assert "Có kế hoạch" in unit.get(page(world)).content.decode()
    assert act(mai, world, "thong-qua") == 403
    assert act(unit, world, "thong-qua", words="Nhất trí") == 302
    assert act(mai, world, "ket-luan", number="1/KL") == 403
    assert act(chair, world, "ket-luan", number="1/KL") == 302
    assert Task.objects.get(lead=world.offices.health).text == "Thay máy"
    assert mai.get(page(world, "act", "kiem-tra-lai")).status_code == 200
    assert act(mai, world, "kiem-tra-lai", ordinal="1", outcome="done", words="Đã thay") == 302
    for form in ("pdf", "docx"):
        assert unit.get(page(world, "paper", "bao-cao", form)).status_code == 200
    assert act(chair, world, "ket-thuc") == 302
    assert Inspection.objects.get(pk=world.inspection.pk).state == State.CLOSED
    assert "1/KL" in unit.get(page(world)).content.decode()


@pytest.mark.slow
def test_lists_and_comparisons_open_for_both_sides_and_for_nobody_else(world: World) -> None:
    plan = reverse("inspections:plan", args=[world.inspection.plan.uuid])
    for who in (world.offices.chair, world.secretary, world.unit_head):
        for address in (
            reverse("inspections:plans"),
            plan,
            f"{plan}so-sanh/",
            page(world, "years"),
        ):
            assert sits(who).get(address).status_code == 200
    assert sits(world.offices.home_head).get(plan).status_code == 404
    assert sits(world.offices.home_head).get(page(world)).status_code == 404
