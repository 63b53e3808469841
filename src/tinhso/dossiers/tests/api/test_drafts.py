"""Drafts of partner systems: begun, saved, taken up again, handed in once, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.calendars import clock
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.api.calling import PATH, Caller, content, make_caller, sent
from tinhso.dossiers.tests.factories import MARRIAGE, SYSTEM, Desk, submitted
from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.files.tests.factories import image

DRAFTS = "/api/v1/drafts"
KEY = "cuc-2026-000001"
TITLE = {"full_name": "Lan Một"}


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province)


def begun(cuc: Caller, **changes: Any) -> dict[str, Any]:
    body = {"procedure": MARRIAGE, "answers": TITLE, **changes}
    answer = cuc.post(DRAFTS, body)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = content(answer)
    return made


def sent_up(cuc: Caller) -> str:
    upload = SimpleUploadedFile("anh.jpg", image("JPEG"), "image/jpeg")
    headers = {"Authorization": f"Bearer {cuc.secret}"}
    answer: Any = cuc.client.post("/api/v1/files", {"file": upload}, headers=headers)
    key: str = content(answer)["key"]
    return key


def test_it_is_begun_saved_and_taken_up_again(cuc: Caller) -> None:
    made = begun(cuc)
    assert made["answers"] == TITLE | {"applicant_kind": "citizen"} or made["answers"] == TITLE
    assert "phone" in made["wanting"]

    whole = sent_body(agency="H99.41")
    saved = cuc.put(f"{DRAFTS}/{made['key']}", whole)

    assert saved.status_code == 200, saved.content
    shown = content(cuc.get(f"{DRAFTS}/{made['key']}"))
    assert shown == content(saved)
    assert shown["answers"] == whole["answers"]
    assert (shown["agency"], shown["wanting"]) == ("H99.41", {})
    assert not Dossier.objects.exists()


def sent_body(**changes: Any) -> dict[str, Any]:
    """The whole application as a draft takes it."""
    body = sent(None, **changes)  # type: ignore[arg-type]
    del body["procedure"]
    return body


def test_begun_again_under_the_same_key_it_is_the_same(cuc: Caller) -> None:
    body = {"procedure": MARRIAGE, "answers": TITLE}
    first = cuc.post(DRAFTS, body, Idempotency_Key=KEY)
    again = cuc.post(DRAFTS, body, Idempotency_Key=KEY)
    other = cuc.post(DRAFTS, {**body, "answers": {}}, Idempotency_Key=KEY)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert content(first) == content(again)
    assert Draft.objects.count() == 1


def test_it_is_handed_in_once_and_its_key_becomes_the_dossiers(cuc: Caller) -> None:
    key = begun(cuc, **sent_body())["key"]
    place = f"{DRAFTS}/{key}/submission"

    first = cuc.post(place, {"foreign_code": "QG-1"}, Idempotency_Key=KEY)
    again = cuc.post(place, {"foreign_code": "QG-1"}, Idempotency_Key=KEY)
    without = cuc.post(place, {})

    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.content == again.content
    assert first["Location"] == f"{PATH}/{key}"
    assert (without.status_code, content(without)["code"]) == (409, "dossiers.draft_handed_in")
    made = Dossier.objects.get()
    assert (str(made.uuid), made.channel, made.foreign_code) == (key, "api", "QG-1")
    assert not Draft.objects.exists()
    assert Event.objects.filter(kind="dossiers.submitted").count() == 1


def test_what_is_wanting_keeps_it_a_draft(cuc: Caller) -> None:
    key = begun(cuc, agency="H99.41")["key"]
    answer = cuc.post(f"{DRAFTS}/{key}/submission", {})
    assert answer.status_code == 422
    assert "phone" in content(answer)["errors"]
    assert Draft.objects.count() == 1
    assert not Dossier.objects.exists()


def test_it_is_saved_once_under_a_key(cuc: Caller) -> None:
    place = f"{DRAFTS}/{begun(cuc)['key']}"
    first = cuc.put(place, {"answers": {"full_name": "Lan Hai"}}, Idempotency_Key=KEY)
    cuc.put(place, {"answers": {"full_name": "Lan Ba"}})
    again = cuc.put(place, {"answers": {"full_name": "Lan Hai"}}, Idempotency_Key=KEY)
    other = cuc.put(place, {"answers": {}}, Idempotency_Key=KEY)
    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert content(again)["answers"]["full_name"] == "Lan Ba", "sent again it changes nothing"


def test_its_papers_come_from_the_uploads_and_go_when_they_are_named_no_longer(
    cuc: Caller,
) -> None:
    first, second = sent_up(cuc), sent_up(cuc)
    papers = [{"code": "giay-cu", "file": first}]
    key = begun(cuc, papers=papers)["key"]
    assert content(cuc.get(f"{DRAFTS}/{key}"))["papers"] == papers

    papers = [{"code": "giay-cu", "file": second}]
    saved = cuc.put(f"{DRAFTS}/{key}", {"answers": TITLE, "papers": papers})

    assert content(saved)["papers"] == papers
    assert [str(file.uuid) for file in StoredFile.objects.all()] == [second]


def test_a_file_of_somebody_else_is_taken_by_nobody(desk: Desk, cuc: Caller) -> None:
    theirs = sent_up(make_caller(desk.province, secret="ts_so"))
    body = {
        "procedure": MARRIAGE,
        "answers": TITLE,
        "papers": [{"code": "giay-cu", "file": theirs}],
    }
    answer = cuc.post(DRAFTS, body)
    assert answer.status_code == 422
    assert content(answer)["code"] == "dossiers.upload_unknown"
    assert not Draft.objects.exists()


def test_an_answer_that_the_form_cannot_read_is_refused_and_nothing_is_kept(cuc: Caller) -> None:
    key = begun(cuc)["key"]
    answer = cuc.put(f"{DRAFTS}/{key}", {"answers": {"ngay_sinh": "31/02"}})
    assert answer.status_code == 422
    assert list(content(answer)["errors"]) == ["ngay_sinh"]
    assert content(cuc.get(f"{DRAFTS}/{key}"))["answers"]["full_name"] == "Lan Một"


def test_it_is_deleted_with_its_files(cuc: Caller) -> None:
    key = begun(cuc, papers=[{"code": "giay-cu", "file": sent_up(cuc)}])["key"]
    assert cuc.delete(f"{DRAFTS}/{key}").status_code == 204
    assert cuc.get(f"{DRAFTS}/{key}").status_code == 404
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_untouched_for_thirty_days_it_goes(cuc: Caller) -> None:
    made = begun(cuc)
    later = clock.now() + timedelta(days=31)
    assert drafting.sweep(actor=SYSTEM, at=later) == 1
    assert cuc.get(f"{DRAFTS}/{made['key']}").status_code == 404


def test_another_partner_learns_nothing_of_it(desk: Desk, cuc: Caller) -> None:
    key = begun(cuc)["key"]
    unseen = submitted(desk).uuid
    other = make_caller(desk.construction, secret="ts_so")
    for one in (key, unseen, uuid4()):
        place = f"{DRAFTS}/{one}"
        answers = [
            other.get(place),
            other.put(place, {"answers": {}}),
            other.delete(place),
            other.post(f"{place}/submission", {}),
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert {content(answer)["code"] for answer in answers} == {"dossiers.draft_not_found"}
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "right", "status"),
    [
        ("api", "dossiers:dossier:submit_for", 201),
        ("api", "dossiers:dossier:read", 403),
        ("national", "dossiers:dossier:submit_for", 403),
    ],
)
def test_it_takes_the_right_to_file(desk: Desk, channel: str, right: str, status: int) -> None:
    cuc = make_caller(desk.province, [right])
    answer = cuc.post(DRAFTS, {"procedure": MARRIAGE, "channel": channel, "answers": {}})
    assert answer.status_code == status
    assert Draft.objects.count() == (status == 201)
