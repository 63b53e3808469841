"""A marked phrase leads to the tasks, obstacles and inspections that quote it, as far as the reader sees them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.inspections import services
from tinhso.inspections.models import FindingKind
from tinhso.inspections.tests.factories import World, make_world, noted, sat
from tinhso.site.sourcemap.records import led_by, stands_in
from tinhso.tasks.services.obstacles import Stuck, raise_obstacle
from tinhso.tasks.tests.factories import AT

world = pytest.fixture(begun_with(make_world))
TASK, STUCK, FOUND = "Tăng cường tập huấn, bồi dưỡng", "mới đạt 47%", "còn mỏng, yếu"


def quoted(world: World) -> None:
    """One record of each kind that quotes a source."""
    key, mai, offices = world.inspection.uuid, world.secretary, world.offices
    raise_obstacle(
        Stuck("citizens", f"Tỷ lệ “{STUCK}”."),
        agency=offices.health.pk,
        actor=offices.outsider,
        at=AT,
    )
    noted(world)
    text = f"Nguồn lực “{FOUND}”."
    services.find(key, kind=FindingKind.WEAKNESS, text=text, actor=mai, at=AT)
    services.recommend(key, text=f"“{TASK}”.", actor=mai, at=AT)
    sat(world)
    services.seal(key, actor=mai, at=AT)
    services.agree(key, actor=world.unit_head, at=AT)
    services.conclude(key, number="1/KL", actor=offices.chair, at=AT)


@pytest.mark.slow
def test_a_phrase_leads_to_the_records_that_quote_it(world: World) -> None:
    quoted(world)
    led = led_by([TASK, STUCK, FOUND, "xyz"], actor=world.offices.chair, at=AT)
    assert {quote: [label for label, _ in one.links] for quote, one in led.items()} == {
        TASK: ["Nhiệm vụ 1, Kết luận kiểm tra 1/KL"],
        STUCK: ["Vướng mắc: Chờ tháo gỡ"],
        FOUND: ["Kiểm tra Sở Y tế tỉnh Thử nghiệm"],
    }
    assert not led_by([TASK, STUCK, FOUND], actor=world.offices.home_head, at=AT)


def test_a_short_phrase_is_a_quotation_only_between_quotation_marks() -> None:
    assert not stands_in("an toàn thông tin", "Kiểm tra an toàn thông tin của hệ thống")
    assert stands_in("an toàn thông tin", "Về “an toàn thông tin”.")
    assert stands_in(TASK, f"{TASK} cho cán bộ")


@pytest.mark.slow
def test_the_page_of_a_source_shows_the_way_to_who_may_go_it(world: World, client: Client) -> None:
    quoted(world)
    assert "Nhiệm vụ 1, " not in client.get("/nguon/000/?tim=O14").content.decode()
    client.force_login(User.objects.get(pk=world.offices.chair.user))
    assert "Nhiệm vụ 1, " in client.get("/nguon/000/?tim=O14").content.decode()
