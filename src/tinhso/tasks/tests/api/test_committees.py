"""A committee by the API: founded, seated, served, seen as of a day; by nobody without the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.calling import caller, content
from tinhso.tasks.models import Committee
from tinhso.tasks.permissions import TaskPermission as Right

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

pytestmark = pytest.mark.slow
PATH = "/api/v1/committees"


def test_it_is_founded_changed_and_seen_as_of_a_day(offices: Offices) -> None:
    office = caller(offices.province, {Right.READ, Right.MANAGE_COMMITTEE}, secret="ts_tinh")
    sent = {
        "agency": str(offices.province.uuid),
        "kind": "steering",
        "name": "Ban Chỉ đạo chuyển đổi số",
        "since": "2024-01-10",
    }
    stranger = caller(offices.health, {Right.READ}, secret="ts_yt")
    assert stranger.post(PATH, sent).status_code == 403
    assert not Committee.objects.exists()
    made = [office.post(PATH, sent, Idempotency_Key="ban-chi-dao-1") for _ in range(2)]
    assert [one.status_code for one in made] == [201, 200]
    at = f"{PATH}/{content(made[0])['uuid']}"
    office.post(f"{at}/seats", {"role": "head", "post": "Chủ tịch", "since": "2024-01-10"})
    serving = {
        "subject": "chuyển đổi số",
        "agency": str(offices.science.uuid),
        "since": "2025-01-01",
    }
    told = content(office.post(f"{at}/standing", serving))
    assert told["standing"][0]["agency"]["uuid"] == str(offices.science.uuid)
    assert content(stranger.get(at, {"day": "2024-06-01"}))["standing"] == []
    seat = told["seats"][0]["uuid"]
    assert (
        content(office.post(f"{at}/leaving", {"seat": seat, "until": "2025-02-01"}))["seats"] == []
    )
    assert content(office.post(f"{at}/ending", {"until": "2025-03-01"}))["until"] == "2025-03-01"
    assert content(stranger.get(PATH))["committees"] == []
    assert content(stranger.get(PATH, {"day": "2025-01-15"}))["committees"][0]["open_tasks"] == 0
