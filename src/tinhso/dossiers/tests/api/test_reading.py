"""What strangers send: hostile JSON, unknown names, wrong tokens. Refused, and nothing is written."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import AT
from tinhso.accounts.tests.factories import make_user
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.api.calling import PATH, content, make_caller, sent
from tinhso.dossiers.tests.factories import Desk
from tinhso.events.models import Event
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def nothing_happened() -> bool:
    recorded = Event.objects.filter(kind__in=["dossiers.submitted", "parties.registered"])
    return not (Dossier.objects.exists() or Party.objects.exists() or recorded.exists())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        '{"procedure": "1.004873", "procedure": "1.004232", "answers": {}}',
        '{"procedure": "1.004873", "answers": {"full_name": "La\\u0000n"}}',
        '{"procedure": "1.004873", "answers": {"full_name": "La\\ud800n"}}',
        '{"procedure": "1.004873", "answers": {"phone": 1e400}}',
        '{"procedure": "1.004873", "answers": {"phone": NaN}}',
        '{"procedure": "1.004873", "answers": {"phone": ' + "9" * 5000 + "}}",
        '{"procedure": "1.004873", "answers": ' + "[" * 100_000 + "]" * 100_000 + "}",
        b'{"procedure": "\xff"}',
    ],
    ids=[
        *("empty", "cut", "list", "null", "text", "name-twice", "nul", "half-surrogate"),
        *("infinite", "not-a-number", "huge", "deep", "not-utf8"),
    ],
)
def test_hostile_json_is_refused(desk: Desk, body: str | bytes) -> None:
    answer = make_caller(desk.province).post(PATH, body)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert content(answer)["code"] in {"dossiers.body_unreadable", "dossiers.request_malformed"}
    assert nothing_happened()


def test_a_large_body_is_refused(desk: Desk) -> None:
    answer = make_caller(desk.province).post(PATH, json.dumps({"procedure": "x" * 2**20}))
    assert answer.status_code == 413
    assert content(answer)["code"] == "dossiers.body_too_large"


def test_unknown_names_are_refused_and_named(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    answer = cuc.post(PATH, sent(desk, state="handed_over"))
    assert answer.status_code == 422
    assert list(content(answer)["errors"]) == ["state"]

    body = sent(desk)
    body["answers"]["so_tien"] = 1
    answer = cuc.post(PATH, body)
    assert answer.status_code == 422
    assert list(content(answer)["errors"]) == ["answers.so_tien"]
    assert nothing_happened()


@pytest.mark.parametrize("key", ["short", "x" * 101, "có dấu không", "two words"])
def test_a_malformed_idempotency_key_is_refused(desk: Desk, key: str) -> None:
    answer = make_caller(desk.province).post(PATH, sent(desk), Idempotency_Key=key)
    assert answer.status_code == 422
    assert nothing_happened()


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ts_khac", "Basic dHM6", "ts_cuc"]
)
def test_without_its_token_nobody_is_let_in(desk: Desk, authorization: str | None) -> None:
    make_caller(desk.province)
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = Client().post(
        PATH, json.dumps(sent(desk)), content_type="application/json", headers=headers
    )
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "dossiers.token_refused"
    assert nothing_happened()


def test_a_session_opens_nothing_here(desk: Desk) -> None:
    client = Client()
    client.force_login(make_user("Nam"))
    for path in (PATH, "/api/v1/procedures"):
        assert client.get(path).status_code == 401
    answer = client.post(PATH, json.dumps(sent(desk)), content_type="application/json")
    assert answer.status_code == 401
    assert nothing_happened()


@pytest.mark.parametrize("days", [-400, 400])
def test_a_token_ends_by_the_real_clock(desk: Desk, settings: Settings, days: int) -> None:
    settings.CLOCK_OFFSET_SECONDS = days * 24 * 3600
    cuc = make_caller(desk.province)
    cuc.token.expires_at = timezone.now() + timedelta(days=1)
    cuc.token.save()
    assert cuc.get(PATH).status_code == 200
    cuc.token.expires_at = timezone.now() - timedelta(days=1)
    cuc.token.save()
    assert cuc.get(PATH).status_code == 401


def test_an_expired_or_withdrawn_token_is_refused(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    cuc.token.expires_at = AT.replace(year=2021)
    cuc.token.save()
    assert cuc.get(PATH).status_code == 401


def test_without_the_right_to_read_there_is_no_empty_page(desk: Desk) -> None:
    answer = make_caller(desk.province, ["packs:pack:read"]).get("/api/v1/dossiers")
    assert answer.status_code == 403
