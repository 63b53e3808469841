"""The acts beside the workflow over the API, with the national codes that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.tests.api.calling import PATH, Caller, content, make_caller, sent
from tinhso.dossiers.tests.api.test_acts import address, done, step_path
from tinhso.dossiers.tests.factories import Desk, received, submitted
from tinhso.dossiers.tests.stages import concluded

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province)


@pytest.fixture
def place(desk: Desk, cuc: Caller) -> str:
    """A dossier received just now."""
    where = cuc.post(PATH, sent(desk))["Location"]
    done(cuc.post(f"{where}/receive"))
    return where


def due(told: Any) -> datetime:
    from datetime import datetime as moment  # noqa: PLC0415

    return moment.fromisoformat(told["due_at"])


def test_the_time_is_extended_once(place: str, cuc: Caller) -> None:
    before = content(cuc.get(place))
    body = {"reason": "Chờ xác minh", "working_days": 3}
    after = done(cuc.post(f"{place}/extension", body))
    assert due(after) > due(before)
    assert after["national_state"] == 4
    again = cuc.post(f"{place}/extension", body)
    assert (again.status_code, content(again)["code"]) == (409, "dossiers.extended_before")


@pytest.mark.slow
def test_suspended_is_8_and_a_duty_is_6(place: str, cuc: Caller) -> None:
    assert done(cuc.post(f"{place}/suspension", {"reason": "Chờ tòa"}))["national_state"] == 8
    assert done(cuc.post(f"{place}/resumption", {}))["national_state"] == 4
    duty = {"amount": 50_000, "reason": "Lệ phí"}
    assert done(cuc.post(f"{place}/financial-duty", duty))["national_state"] == 6
    confirmed = cuc.post(f"{place}/financial-duty/confirmation", {"voucher": "BL-1"})
    assert done(confirmed)["national_state"] == 4


def test_withdrawn_is_7(place: str, cuc: Caller) -> None:
    told = done(cuc.post(f"{place}/withdrawal", {"reason": "Người nộp xin rút"}))
    assert (told["state"], told["national_state"]) == ("withdrawn", 7)
    assert all(step["closed_at"] for step in told["steps"])


def test_a_cancelled_receipt_counts_as_none(place: str, cuc: Caller) -> None:
    number = content(cuc.get(place))["number"]
    told = done(cuc.post(f"{place}/receipt-cancellation", {"reason": "Nhầm"}))
    assert (told["state"], told["national_state"], told["number"]) == ("cancelled", 3, number)


def test_a_concluded_dossier_is_reopened(desk: Desk, cuc: Caller) -> None:
    place = address(concluded(desk))
    body = {
        "decision_number": "7/QĐ-UBND",
        "decided_on": "2026-09-14",
        "reason": "Kết luận thanh tra",
        "working_days": 5,
    }
    told = done(cuc.post(f"{place}/reopening", body))
    assert (told["national_state"], told["finished_at"]) == (4, None)


@pytest.mark.slow
def test_another_agency_takes_it_over(place: str, cuc: Caller) -> None:
    number = content(cuc.get(place))["number"]
    asked = done(cuc.post(f"{place}/transfer-requests", {"agency": "H99.07", "reason": "Sai"}))
    assert asked["competent"]["code"] == "H99.41"
    path = step_path(cuc, place, "answer_transfer")
    told = done(cuc.post(f"{path}/transfer-answer", {"accepts": True}))
    assert (told["competent"]["code"], told["number"]) == ("H99.07", number)


def test_the_applicant_is_guided_and_hands_in_again(desk: Desk, cuc: Caller) -> None:
    place = address(submitted(desk))
    body = {"answers": sent(desk)["answers"]}
    assert content(cuc.post(f"{place}/corrections", body))["code"] == "dossiers.nothing_to_correct"
    assert done(cuc.post(f"{place}/guidance", {"content": "Ghi rõ"}))["state"] == "submitted"
    assert done(cuc.post(f"{place}/corrections", body))["state"] == "submitted"


def test_who_may_not_ask_learns_of_no_agency(desk: Desk) -> None:
    dossier = received(desk)
    reader = make_caller(desk.commune, [Right.READ])
    for agency in ("H00.00", "H99.07"):
        body = {"agency": agency, "reason": "Sai"}
        answer = reader.post(f"{address(dossier)}/transfer-requests", body)
        assert answer.status_code == 403


def test_an_agency_that_nobody_knows_is_refused(desk: Desk, cuc: Caller) -> None:
    dossier = received(desk)
    body = {"agency": "H00.00", "reason": "Sai"}
    answer = cuc.post(f"{address(dossier)}/transfer-requests", body)
    assert content(answer)["code"] == "dossiers.agency_not_offering"
    assert Dossier.objects.get().version == dossier.version
