"""Minutes say when, where and with whom both sides sat together, and what both said; a finding becomes an obstacle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.events.models import Event
from tinhso.inspections import errors, services
from tinhso.inspections.models import Attendee, Finding, FindingKind, MinutesAct, Sitting
from tinhso.inspections.printing.words import minutes_paper, minutes_words
from tinhso.inspections.queries.standing import way
from tinhso.inspections.services.agreeing import digest_of
from tinhso.inspections.tests.factories import SITTING, World, agreed, make_world, noted, sat
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import PermissionMissing
from tinhso.tasks.errors import ObstacleKindUnknown
from tinhso.tasks.models import Obstacle
from tinhso.tasks.tests.factories import AT

if TYPE_CHECKING:
    from django.test import Client

world = pytest.fixture(begun_with(make_world))


def sits(world: World, *, expected: int = 0, **changed: Any) -> Sitting:
    facts = replace(SITTING, **changed)
    key, mai = world.inspection.uuid, world.secretary
    return services.sit(key, facts=facts, expected=expected, actor=mai, at=AT)


def found(world: World, kind: FindingKind, text: str) -> Finding:
    key, mai = world.inspection.uuid, world.secretary
    return services.find(key, kind=kind, text=text, actor=mai, at=AT)


def raises(world: World, finding: Finding, *, about: str = "infrastructure") -> Finding:
    key, head = world.inspection.uuid, world.unit_head
    return services.raise_finding(key, finding=finding.pk, about=about, actor=head, at=AT)


def test_the_minutes_say_hours_place_people_and_both_opinions(world: World) -> None:
    agreed(world)
    world.inspection.refresh_from_db()
    (_planned, came, *_later) = way(world.inspection, world.inspection.plan, day_of(AT))
    assert came.note == "05/08/2025", "not the day that was planned"
    words = minutes_paper(world.inspection)
    told = [text for block in words["blocks"] for text in block.values()]
    for said in (
        "Thời gian bắt đầu: 06 giờ 00 phút, ngày 05 tháng 8 năm 2025.",
        "Địa điểm: Trụ sở Sở Y tế.",
        "Bình, Phó Giám đốc Sở Y tế",
        "Đề nghị tỉnh hỗ trợ máy quét",
        "Tiếp thu, ghi nhận",
        "Buổi làm việc kết thúc lúc 08 giờ 30 phút, ngày 05 tháng 8 năm 2025.",
        "Nhất trí",
    ):
        assert said in told
    assert words["left"] == ("Đại diện đơn vị được kiểm tra", "Bình")
    assert words["date"] == "ngày 05 tháng 8 năm 2025"


def test_both_sides_agree_to_what_the_minutes_say_of_the_sitting(world: World) -> None:
    noted(world)
    sat(world)
    before = digest_of(world.inspection)
    sits(world, expected=1, team_opinion="Yêu cầu khắc phục ngay")
    assert digest_of(world.inspection) != before


def test_no_minutes_without_a_whole_sitting(world: World) -> None:
    noted(world)
    seal: dict[str, Any] = {"actor": world.secretary, "at": AT}
    wanting: tuple[dict[str, Any], ...] = ({}, {"ends_at": None}, {"attendees": []})
    for version, lack in enumerate(wanting):
        if lack:
            sits(world, expected=version - 1, **lack)
        with pytest.raises(errors.SittingMissing):
            services.seal(world.inspection.uuid, **seal)
    assert not MinutesAct.objects.exists()
    assert not Event.objects.filter(kind="inspections.minutes_sealed").exists()


def test_a_sitting_is_saved_once_and_nothing_is_overwritten(world: World) -> None:
    for _ in range(2):
        sat(world)
    with pytest.raises(StaleVersion):
        sits(world, place="Hội trường")
    with pytest.raises((errors.NotInTeam, PermissionMissing)):
        services.sit(world.inspection.uuid, facts=SITTING, expected=1, actor=world.unit_head, at=AT)
    wanting: tuple[dict[str, Any], ...] = (
        {"place": " "},
        {"begins_at": AT + timedelta(hours=1), "ends_at": None},
        {"ends_at": SITTING.begins_at},
        {"attendees": [services.Present("")]},
    )
    for wrong in wanting:
        with pytest.raises(errors.SittingInvalid):
            sits(world, expected=1, **wrong)
    assert (Sitting.objects.count(), Attendee.objects.count()) == (1, 2)
    (event,) = Event.objects.filter(kind="inspections.sat")
    assert event.payload == {"attendees": 2, "is_over": True}


def test_the_sitting_stands_in_no_paper_of_what_was_not_recorded(world: World) -> None:
    told = str(minutes_words(world.inspection))
    assert "Địa điểm" not in told
    assert "Thành phần của đơn vị" not in told


@pytest.mark.slow
def test_an_older_page_comes_back_with_what_was_typed(world: World, client: Client) -> None:
    path = reverse("inspections:sitting", args=[world.inspection.uuid])
    client.force_login(User.objects.get(pk=world.secretary.user))
    page = client.get(path).content.decode()
    assert "Trụ sở Sở Y tế" in page
    assert 'value="20/08/2025 08:00"' in page
    assert 'for="id_expected"' not in page
    typed = {"expected": "0", "place": "Hội trường", "begins_at": "2025-08-05T08:00"}
    people = "Bình, Phó Giám đốc\nAn"
    assert client.post(path, {**typed, "attendees": people}).status_code == 302
    assert [str(one) for one in Attendee.objects.order_by("ordinal")] == [
        "Bình, Phó Giám đốc",
        "An",
    ]
    older = client.post(path, {**typed, "place": "Tầng 2"})
    assert older.status_code == 409
    assert {"Tầng 2", "Hội trường"} <= {
        older.context["form"].data["place"],
        older.context["standing"].place,
    }
    again = older.context["form"].data["expected"]
    wrong = client.post(path, {**typed, "expected": again, "ends_at": "2025-08-05T07:00"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["ends_at"])
    assert Sitting.objects.count() == 1
    client.force_login(User.objects.get(pk=world.unit_head.user))
    assert client.get(path).status_code == 403


def test_a_finding_that_holds_the_unit_up_becomes_one_obstacle(world: World) -> None:
    old = found(world, FindingKind.WEAKNESS, "Hạ tầng CNTT lạc hậu")
    with pytest.raises(errors.InspectionState):
        raises(world, old)
    agreed(world)
    raised = raises(world, old)
    assert raises(world, old).obstacle_id == raised.obstacle_id
    obstacle = Obstacle.objects.get()
    assert obstacle.agency_id == world.inspection.unit_id
    assert (obstacle.text, obstacle.kind) == (old.text, "infrastructure")
    assert (obstacle.subject, obstacle.page) == (
        world.inspection.uuid,
        reverse("inspections:inspection", args=[world.inspection.uuid]),
    )


def test_nobody_raises_what_holds_nobody_up_nor_for_another_unit(world: World) -> None:
    good = found(world, FindingKind.PRACTICE, "Đi từng ngõ")
    old = found(world, FindingKind.CAUSE, "Thiếu máy quét")
    gone = found(world, FindingKind.CAUSE, "Bỏ")
    key, mai = world.inspection.uuid, world.secretary
    services.drop_finding(key, gone.pk, actor=mai, at=AT)
    agreed(world)
    for each in (good, gone):
        with pytest.raises(errors.FindingUnknown):
            raises(world, each)
    with pytest.raises(ObstacleKindUnknown):
        raises(world, old, about="nothing")
    with pytest.raises(PermissionMissing):
        services.raise_finding(key, finding=old.pk, about="money", actor=mai, at=AT)
    assert not Obstacle.objects.exists()
    assert not Finding.objects.exclude(obstacle=None).exists()
