"""A reform carried out over the API: the dossiers move to the successor, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.agencies import reform_documents
from tinhso.agencies import services as agencies
from tinhso.agencies.models import Agency, ReformCarriedOut
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.api.calling import content, make_caller
from tinhso.dossiers.tests.factories import SYSTEM, Desk, received
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.agencies.models import Reform

REFORMS = "/api/v1/reforms"
RIGHTS = ["agencies:agency:read", "agencies:reform:carry_out"]
KEY = "cuc-2026-000001"


@pytest.fixture
def reform(desk: Desk) -> Reform:
    """From today on another commune stands in the place of Minh's."""
    there = {"key": "test/moi", "kind": "commune", "name": "Xã Mới", "agency_code": "H99.88"}
    document = {
        "code": "xa-moi",
        "name": "Lập xã mới",
        "on": day_of(clock.now()).isoformat(),
        "legal_basis": "Nghị quyết thử nghiệm",
        "begin": [{**there, "parent": desk.province.key}],
        "end": [desk.commune.key],
        "follow": [{"from": desk.commune.key, "to": "test/moi", "kind": "rename"}],
    }
    return agencies.prepare_reform(
        reform_documents.from_json(document), actor=SYSTEM, at=clock.now()
    )


@pytest.mark.slow
def test_open_dossiers_go_to_the_successor_once(desk: Desk, reform: Reform) -> None:
    dossier = received(desk)
    cuc = make_caller(desk.province, RIGHTS)
    place = f"{REFORMS}/{reform.uuid}"
    assert content(cuc.get(place))["state"] == "open"

    first = cuc.post(f"{place}/carrying-out", {"expected_version": 1}, Idempotency_Key=KEY)
    again = cuc.post(f"{place}/carrying-out", {"expected_version": 1}, Idempotency_Key=KEY)

    assert (first.status_code, again.status_code) == (200, 200), first.content
    assert first.content == again.content
    assert content(first)["state"] == "carried_out"
    assert content(first)["moved"]["dossiers"] == 1
    there = Agency.objects.get(key="test/moi")
    assert Dossier.objects.get(pk=dossier.pk).competent_agency == there
    assert Event.objects.filter(kind="agencies.reform_carried_out").count() == 1
    assert content(cuc.get(REFORMS))["reforms"] == [content(first)]


def test_it_takes_the_right_and_the_version_that_was_looked_at(desk: Desk, reform: Reform) -> None:
    place = f"{REFORMS}/{reform.uuid}/carrying-out"
    reader = make_caller(desk.province, RIGHTS[:1], secret="ts_so")
    assert reader.post(place).status_code == 403
    stale = make_caller(desk.province, RIGHTS).post(place, {"expected_version": 7})
    assert (stale.status_code, content(stale)["code"]) == (409, "stale_version")
    assert not ReformCarriedOut.objects.exists()
