"""The whole life of a dossier over the API: each act is the service of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.asked import came_of
from tinhso.dossiers.models import Channel, Dossier, Paper, PaperConfirmation, State
from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.tests.api.calling import PATH, Caller, content, make_caller, sent
from tinhso.dossiers.tests.factories import (
    ANSWERS,
    AT,
    BUILDING,
    MARRIAGE,
    Desk,
    answers,
    definition_of,
    step,
    stored_paper,
    submitted,
)
from tinhso.dossiers.tests.stages import until
from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.files.tests.factories import image

if TYPE_CHECKING:
    from django.http import HttpResponse


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province)


def address(dossier: Dossier) -> str:
    return f"{PATH}/{dossier.uuid}"


def step_path(cuc: Caller, place: str, act: str) -> str:
    steps = content(cuc.get(place))["steps"]
    (key,) = (step["key"] for step in steps if step["closed_at"] is None and step["act"] == act)
    return f"{place}/steps/{key}"


def done(answer: HttpResponse) -> Any:
    assert answer.status_code == 200, answer.content
    return content(answer)


@pytest.mark.slow
def test_a_dossier_goes_from_submission_to_result(desk: Desk, cuc: Caller) -> None:
    place = cuc.post(PATH, sent(desk))["Location"]
    received = done(cuc.post(f"{place}/receive"))
    assert received["number"].startswith("H99.41-")
    assert received["national_state"] == 4
    done(cuc.post(f"{step_path(cuc, place, 'forward')}/take"))
    done(cuc.post(f"{step_path(cuc, place, 'forward')}/forward", {"outcome": "agree"}))
    done(cuc.post(f"{step_path(cuc, place, 'decide')}/decision", {"approves": True}))
    result = {
        "code": "giay-xac-nhan",
        "title": "Giấy xác nhận",
        "document_number": "12/UBND",
        "signer": "Hoa",
        "signed_on": clock.day_of(clock.now()).isoformat(),
    }
    decided = done(cuc.post(f"{step_path(cuc, place, 'attach_result')}/result", result))
    assert decided["national_state"] == 9
    assert decided["results"][0]["document_number"] == "12/UBND"
    last = f"{step_path(cuc, place, 'hand_over')}/hand-over"
    assert content(cuc.post(last, {"way": "online"}))["code"] == "dossiers.result_file_missing"
    over = done(cuc.post(last, {"way": "online", "file": content(upload(cuc))["key"]}))
    assert over["state"] == "handed_over"
    assert over["national_state"] == 10


def test_a_stale_version_is_refused(desk: Desk, cuc: Caller) -> None:
    dossier = submitted(desk)
    answer = cuc.post(f"{address(dossier)}/receive", If_Match='"7"')
    assert answer.status_code == 409
    assert content(answer)["code"] == "stale_version"
    answer = cuc.post(f"{address(dossier)}/receive", {"expected_version": 7})
    assert answer.status_code == 409
    assert Dossier.objects.get().state == State.SUBMITTED
    done(cuc.post(f"{address(dossier)}/receive", If_Match='"1"'))


def test_a_supplement_is_asked_for_and_handed_in(desk: Desk, cuc: Caller) -> None:
    dossier = submitted(desk)
    place = address(dossier)
    asked = done(
        cuc.post(f"{place}/supplement-requests", {"items": ["Giấy tờ"], "reason": "Thiếu"})
    )
    assert asked["state"] == "awaiting_supplement"
    assert asked["supplement_requests"][0]["items"] == ["Giấy tờ"]
    again = done(cuc.post(f"{place}/supplements", {"answers": sent(desk)["answers"]}))
    assert again["state"] == "submitted"


def test_a_refusal_gives_its_reason(desk: Desk, cuc: Caller) -> None:
    place = address(submitted(desk))
    answer = cuc.post(f"{place}/refuse", {"reason": " "})
    assert answer.status_code == 422
    assert done(cuc.post(f"{place}/refuse", {"reason": "Không đúng"}))["state"] == "refused"


@pytest.mark.slow
def test_another_agency_is_asked(desk: Desk, cuc: Caller) -> None:
    place = address(submitted(desk))
    done(cuc.post(f"{place}/receive"))
    body = {"agency": "H99.05", "question": "Ý kiến?"}
    asked = done(cuc.post(f"{place}/opinions", body))
    assert asked["steps"][-1]["agency"]["code"] == "H99.05"
    path = step_path(cuc, place, "give_opinion")
    done(cuc.post(f"{path}/opinion", {"agrees": True, "content": "Đồng ý"}))


@pytest.mark.parametrize("act", ["receive", "refuse", "steps/x/take"])
def test_a_dossier_of_elsewhere_is_not_there(desk: Desk, act: str) -> None:
    other = make_caller(desk.construction, secret="ts_so")
    path = f"{address(submitted(desk))}/{act}".replace("/x/", f"/{uuid4()}/")
    answer = other.post(path, {"reason": "Không"} if act == "refuse" else {})
    assert answer.status_code == 404
    assert Dossier.objects.get().state == State.SUBMITTED


def test_who_may_only_read_may_not_act(desk: Desk) -> None:
    reader = make_caller(desk.province, ["dossiers:dossier:read"])
    answer = reader.post(f"{address(submitted(desk))}/receive")
    assert answer.status_code == 403
    assert Dossier.objects.get().state == State.SUBMITTED


def test_pages_of_dossiers_follow_one_another(
    desk: Desk, cuc: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhso.dossiers.queries.exchange.PAGE", 2)
    keys = [str(submitted(desk).uuid) for _ in range(3)]
    first = content(cuc.get(PATH))
    last = content(cuc.get(PATH, {"cursor": first["next"]}))
    assert [row["uuid"] for row in first["dossiers"] + last["dossiers"]] == keys[::-1]
    assert last["next"] is None
    assert content(cuc.get(PATH, {"state": "refused"}))["dossiers"] == []
    assert cuc.get(PATH, {"state": "none"}).status_code == 422
    assert cuc.get(PATH, {"cursor": str(uuid4())}).status_code == 422


def upload(cuc: Caller, name: str = "don.png") -> HttpResponse:
    answer: Any = cuc.client.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile(name, image("PNG"))},
        headers={"Authorization": f"Bearer {cuc.secret}"},
    )
    found: HttpResponse = answer
    return found


def test_a_file_belongs_to_its_sender_until_one_dossier_uses_it(desk: Desk, cuc: Caller) -> None:
    procedure = content(cuc.get(f"/api/v1/procedures/{BUILDING}"))
    key = content(upload(cuc))["key"]
    papers = [{"code": paper["code"], "file": key} for paper in procedure["papers"][:1]]
    body = sent(desk, procedure=BUILDING, agency=None, papers=papers)
    body["answers"] = dict(ANSWERS[BUILDING])
    body["papers"] += [
        {"code": paper["code"], "file": content(upload(cuc))["key"]}
        for paper in procedure["papers"][1:]
        if paper["required"]
    ]
    other = make_caller(desk.province, secret="ts_so")
    stolen = other.post(PATH, body)
    assert stolen.status_code == 422
    assert content(stolen)["code"] == "dossiers.upload_unknown"

    made = cuc.post(PATH, body)
    assert made.status_code == 201, made.content
    dossier = Dossier.objects.get()
    assert StoredFile.objects.get(uuid=key).subject == dossier.uuid
    assert Paper.objects.filter(dossier=dossier).count() == len(body["papers"])

    twice = cuc.post(PATH, body)
    assert twice.status_code == 422
    assert Dossier.objects.count() == 1


def test_procedures_are_found_without_accents(desk: Desk, cuc: Caller) -> None:
    del desk
    found = content(cuc.get("/api/v1/procedures", {"search": "xac nhan"}))["procedures"]
    assert "1.004873" in [procedure["code"] for procedure in found]
    whole = content(cuc.get("/api/v1/procedures/1.004873"))
    assert "api" in whole["channels"]
    assert whole["form"]["properties"]["full_name"]
    assert cuc.get("/api/v1/procedures/9.999999").status_code == 404


def test_a_supplement_says_which_item_is_answered_by_which_file(desk: Desk, cuc: Caller) -> None:
    dossier = submitted(desk)
    place = address(dossier)
    items = ["Bản sao giấy cũ", "Ảnh mới"]
    done(cuc.post(f"{place}/supplement-requests", {"items": items, "reason": "Thiếu"}))
    file = content(upload(cuc))["key"]
    body = {
        "answers": sent(desk)["answers"],
        "asked": [{"item": 1, "files": [file]}, {"item": 2, "why": "Đã mất"}],
    }
    done(cuc.post(f"{place}/supplements", body))
    came = came_of(dossier, definition_of(MARRIAGE))
    assert [(one.item, len(one.papers), one.why) for one in came] == [
        (items[0], 1, ""),
        (items[1], 0, "Đã mất"),
    ]
    assert str(came[0].papers[0].file.uuid) == file


@pytest.mark.parametrize("item", [2, 50])
def test_an_item_that_was_not_asked_for_is_refused(desk: Desk, cuc: Caller, item: int) -> None:
    dossier = submitted(desk)
    place = address(dossier)
    done(cuc.post(f"{place}/supplement-requests", {"items": ["Giấy tờ"], "reason": "Thiếu"}))
    body = {"answers": sent(desk)["answers"], "asked": [{"item": item, "why": "Không có"}]}
    answer = cuc.post(f"{place}/supplements", body)
    assert answer.status_code == 422
    assert list(content(answer)["errors"]) == ["asked.0.item"]
    dossier.refresh_from_db()
    assert dossier.state == "awaiting_supplement"


def test_a_colleagues_work_is_handed_over_once(desk: Desk, cuc: Caller) -> None:
    dossier = until(desk, "tham_dinh")
    services.take(dossier.uuid, step(dossier, "tham_dinh"), actor=desk.specialist, at=AT)
    body = {
        "agency": "H99.41",
        "source": str(desk.specialist.uuid),
        "target": str(desk.leader.uuid),
    }
    for _time in range(2):
        answer = cuc.post("/api/v1/work-hand-overs", body, Idempotency_Key="ban-giao-1")
        assert (answer.status_code, content(answer)) == (200, {"steps": 1})
    assert Event.objects.filter(kind="dossiers.work_handed_over").count() == 1
    again = cuc.post("/api/v1/work-hand-overs", body)
    assert (again.status_code, content(again)["code"]) == (409, "dossiers.no_work_to_hand_over")
    other = make_caller(desk.construction, secret="ts_so")
    assert other.post("/api/v1/work-hand-overs", body).status_code == 403


def test_a_paper_is_confirmed_once_as_what_it_was_seen(desk: Desk, cuc: Caller) -> None:
    place = address(received_with_paper(desk))
    (paper,) = content(cuc.get(place))["papers"]
    assert paper["seen_as"] is None

    shown = done(cuc.post(f"{place}/papers/{paper['key']}/confirmation", {"seen_as": "electronic"}))

    assert shown["papers"] == [{**paper, "seen_as": "electronic"}]
    again = cuc.post(f"{place}/papers/{paper['key']}/confirmation", {"seen_as": "copy"})
    assert (again.status_code, content(again)["code"]) == (409, "dossiers.paper_confirmed")
    assert PaperConfirmation.objects.get().seen_as == "electronic"


def received_with_paper(desk: Desk) -> Dossier:
    """Handed in on line with one paper, and received; nobody has looked at the paper."""
    key = uuid4()
    paper: dict[str, Any] = {"paper_1": [stored_paper(dossier=key)]}
    given = answers(dossier=key, **paper)
    ready = Application(MARRIAGE, Channel.NATIONAL, given, key=key, agency=desk.commune.pk)
    services.submit(ready, actor=desk.clerk, at=AT)
    return services.receive(key, actor=desk.clerk, at=AT)
