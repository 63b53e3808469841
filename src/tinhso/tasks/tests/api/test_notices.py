"""A notice by the API: brought in once, corrected, never with a day to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.calling import caller, content
from tinhso.calendars import clock
from tinhso.tasks.models import Notice
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.tests.factories import SHORT

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

pytestmark = pytest.mark.slow
PATH = "/api/v1/notices"


def test_it_is_brought_in_once_and_described(offices: Offices) -> None:
    office = caller(offices.province, {Right.BRING_IN}, secret="ts_tinh")
    sent = {"agency": str(offices.province.uuid), "text": SHORT}
    first, again = (office.post(PATH, sent, Idempotency_Key="van-ban-0001") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    told = content(first)
    assert (told["number"], told["level"], told["drafts"]) == ("9/TB-UBND", 2, 2)
    said = {"kind": "notice", "number": "09/TB-UBND", "title": "Kết luận", "expected": 0}
    to_come = clock.day_of(clock.now()) + timedelta(days=1)
    at = f"{PATH}/{told['uuid']}/description"
    refused = office.post(at, {**said, "issued_on": f"{to_come}"})
    assert (refused.status_code, content(refused)["code"]) == (422, "tasks.notice_day_to_come")
    assert Notice.objects.get().number == "9/TB-UBND"
    assert content(office.post(at, {**said, "issued_on": "2025-08-04"}))["review"] == 1
    assert content(office.get(f"{PATH}/{told['uuid']}"))["number"] == "09/TB-UBND"
    assert (
        caller(offices.health, {Right.BRING_IN}, secret="ts_yt")
        .get(f"{PATH}/{told['uuid']}")
        .status_code
        == 404
    )
