"""The unit reports of itself before the visit: beside the figures, seen by the team, part of the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.accounts.models import User
from tinhso.events.models import Event
from tinhso.inspections import services
from tinhso.inspections.errors import InspectionState, ItemUnknown
from tinhso.inspections.models import SelfReport
from tinhso.inspections.printing.words import minutes_words
from tinhso.inspections.queries.sheets import sheets
from tinhso.inspections.services import SelfSaid
from tinhso.inspections.tests.factories import World, make_world, noted, sat
from tinhso.kernel.errors import NotAllowed, StaleVersion
from tinhso.tasks.tests.factories import AT

if TYPE_CHECKING:
    from django.test import Client

world = pytest.fixture(begun_with(make_world))


def says(world: World, *said: SelfSaid, expected: int = 0) -> int:
    key, who = world.inspection.uuid, world.unit_head
    return services.report_self(key, said=said, expected=expected, actor=who, at=AT)


def test_it_is_kept_line_by_line_and_stands_in_the_minutes(world: World) -> None:
    first = SelfSaid(1, "met", "Đã ban hành kế hoạch")
    assert says(world, first, SelfSaid(2, "", "")) == 1
    assert says(world, first) == 0
    assert says(world, SelfSaid(1, "partly", "Còn thiếu phân công"), expected=1) == 1
    assert SelfReport.objects.count() == 2
    sheet = next(iter(sheets(world.inspection)))
    assert sheet.own is not None
    assert (sheet.own.judgement, sheet.own.text) == ("partly", "Còn thiếu phân công")
    noted(world)
    told = str(minutes_words(world.inspection))
    assert "Đơn vị tự báo cáo: Đạt một phần; Còn thiếu phân công." in told
    events = Event.objects.filter(kind="inspections.self_reported")
    assert [event.payload for event in events] == [{"items": 1}, {"items": 1}]


def test_nothing_of_an_older_page_nor_of_others_is_kept(world: World) -> None:
    says(world, SelfSaid(1, "met", "Có"))
    before = Event.objects.count()
    with pytest.raises(StaleVersion):
        says(world, SelfSaid(1, "unmet", "Không"))
    with pytest.raises(ItemUnknown):
        says(world, SelfSaid(999, "met", "Có"), expected=1)
    with pytest.raises(NotAllowed):
        services.report_self(
            world.inspection.uuid,
            said=[SelfSaid(1, "unmet", "")],
            expected=1,
            actor=world.secretary,
            at=AT,
        )
    noted(world)
    sat(world)
    services.seal(world.inspection.uuid, actor=world.offices.chair, at=AT)
    with pytest.raises(InspectionState):
        says(world, SelfSaid(1, "unmet", "Không"), expected=1)
    assert SelfReport.objects.count() == 1
    assert Event.objects.filter(kind="inspections.self_reported").count() == 1
    assert before < Event.objects.count()


@pytest.mark.slow
def test_an_older_page_comes_back_with_what_was_typed(world: World, client: Client) -> None:
    client.force_login(User.objects.get(pk=world.unit_head.user))
    path = reverse("inspections:self_reporting", args=[world.inspection.uuid])
    assert client.get(path).status_code == 200
    first = client.post(path, {"expected": "0", "judgement_1": "met", "text_1": "Có"})
    assert first.status_code == 302
    older = client.post(path, {"expected": "0", "judgement_1": "unmet", "text_1": "Không"})
    assert older.status_code == 409
    assert {"Không", "Có"} <= {
        *older.context["form"].data.values(),
        *(
            sheet.own.text
            for _, asked in older.context["parts"]
            for sheet, *_ in asked
            if sheet.own
        ),
    }
    again = older.context["form"].data["expected"]
    client.post(path, {"expected": again, "judgement_1": "unmet", "text_1": "Không"})
    assert SelfReport.objects.count() == 2
    inspection = reverse("inspections:inspection", args=[world.inspection.uuid])
    assert len(client.get(inspection).context["own"]) == 1
    client.force_login(User.objects.get(pk=world.secretary.user))
    assert client.get(path).status_code == 403
