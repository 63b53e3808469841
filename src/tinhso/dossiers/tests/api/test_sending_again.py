"""Every POST may bear a key of its sender's own: sent again under it, nothing happens twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.dossiers.models import Dossier, IdempotencyKey, State
from tinhso.dossiers.tests.api.calling import PATH, Caller, content, make_caller
from tinhso.dossiers.tests.factories import Desk, submitted
from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.files.tests.factories import image

if TYPE_CHECKING:
    from django.http import HttpResponse

KEY = "cuc-2026-000001"
ASKED = {"items": ["Giấy tờ"], "reason": "Thiếu"}


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province)


@pytest.fixture
def place(desk: Desk) -> str:
    return f"{PATH}/{submitted(desk).uuid}"


def sent_up(caller: Caller, content: bytes, *, key: str = KEY, name: str = "anh.jpg") -> Any:
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": key}
    upload = SimpleUploadedFile(name, content, "image/jpeg")
    return caller.client.post("/api/v1/files", {"file": upload}, headers=headers)


def test_an_act_is_done_once(cuc: Caller, place: str) -> None:
    first = cuc.post(f"{place}/receive", Idempotency_Key=KEY)
    events = Event.objects.count()
    again = cuc.post(f"{place}/receive", Idempotency_Key=KEY)

    assert (first.status_code, again.status_code) == (200, 200)
    assert content(again)["number"] == content(first)["number"]
    assert again["ETag"] == first["ETag"]
    assert Event.objects.count() == events
    assert IdempotencyKey.objects.get().dossier == Dossier.objects.get()


def test_the_tag_of_a_compressed_answer_is_the_version_too(cuc: Caller, place: str) -> None:
    """Whoever takes gzip is given a weak tag, and sends it back as it came."""
    headers = {"Authorization": f"Bearer {cuc.secret}", "Accept-Encoding": "gzip"}
    shown = cuc.client.get(place, headers=headers)
    assert shown["ETag"] == 'W/"1"'
    assert cuc.post(f"{place}/receive", If_Match=shown["ETag"]).status_code == 200


def test_without_a_key_the_second_is_refused_for_what_it_is(cuc: Caller, place: str) -> None:
    cuc.post(f"{place}/receive")
    assert content(cuc.post(f"{place}/receive"))["code"] == "dossiers.not_in_that_state"


def test_a_refused_act_leaves_its_key_free(cuc: Caller, place: str) -> None:
    for stale in ('"7"', 'W/"7"'):
        answer = cuc.post(f"{place}/receive", If_Match=stale, Idempotency_Key=KEY)
        assert answer.status_code == 409
    assert not IdempotencyKey.objects.exists()
    assert cuc.post(f"{place}/receive", Idempotency_Key=KEY).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [("receive", {"expected_version": 1}), ("supplement-requests", ASKED)],
)
def test_the_key_of_another_act_is_refused(
    cuc: Caller, place: str, path: str, body: dict[str, Any]
) -> None:
    cuc.post(f"{place}/receive", Idempotency_Key=KEY)
    events = Event.objects.count()

    answer = cuc.post(f"{place}/{path}", body, Idempotency_Key=KEY)

    assert answer.status_code == 409
    assert content(answer)["code"] == "dossiers.key_used_otherwise"
    assert Event.objects.count() == events
    assert Dossier.objects.get().state == State.IN_PROCESS


def test_a_key_does_not_show_what_its_sender_may_not_see(desk: Desk, place: str) -> None:
    blind = make_caller(desk.construction, secret="ts_so")
    answer = blind.post(f"{place}/receive", Idempotency_Key=KEY)
    assert answer.status_code == 404
    assert not IdempotencyKey.objects.exists()


def test_a_file_is_kept_once(cuc: Caller) -> None:
    first, again = sent_up(cuc, image("JPEG")), sent_up(cuc, image("JPEG"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert StoredFile.objects.count() == IdempotencyKey.objects.count() == 1


@pytest.mark.parametrize(("name", "more"), [("khac.jpg", b""), ("anh.jpg", b"\0")])
def test_another_file_under_the_same_key_is_refused(cuc: Caller, name: str, more: bytes) -> None:
    sent_up(cuc, image("JPEG"))
    answer = sent_up(cuc, image("JPEG") + more, name=name)
    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == "dossiers.key_used_otherwise"
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("key", ["short", "x" * 101, "with a blank", "khoá-có-dấu"])
def test_a_key_of_another_shape_is_refused(cuc: Caller, place: str, key: str) -> None:
    answer: HttpResponse = cuc.post(f"{place}/receive", Idempotency_Key=key)
    assert answer.status_code == 422
    assert "Idempotency-Key" in content(answer)["errors"]
    assert Dossier.objects.get().state == State.SUBMITTED
