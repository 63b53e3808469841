"""A partner system hands dossiers in: once per key, by its own right, with its own files."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tinhso.dossiers.models import Dossier, IdempotencyKey
from tinhso.dossiers.tests.api.calling import PATH, content, make_caller, sent
from tinhso.dossiers.tests.factories import Desk
from tinhso.events.models import Event
from tinhso.parties.tests.factories import make_party

KEY = "cuc-2026-000001"


def test_a_partner_hands_a_dossier_in_and_follows_it(desk: Desk) -> None:
    cuc = make_caller(desk.province)

    answer = cuc.post(PATH, sent(desk, foreign_code="QG-1"))

    assert answer.status_code == 201, answer.content
    made = content(answer)
    assert made["foreign_code"] == "QG-1"
    assert made["authority"] == "national"
    shown = cuc.get(answer["Location"])
    assert shown.status_code == 200, shown.content
    assert shown["ETag"] == '"1"'
    whole = content(shown)
    assert whole["state"] == "submitted"
    assert whole["national_state"] == 1
    assert whole["receiving"]["code"] == "H99.41"
    assert [step["act"] for step in whole["steps"]] == ["receive"]


def test_the_same_key_and_body_make_one_dossier(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    first = cuc.post(PATH, sent(desk), Idempotency_Key=KEY)
    again = cuc.post(PATH, sent(desk), Idempotency_Key=KEY)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert Dossier.objects.count() == IdempotencyKey.objects.count() == 1
    assert Event.objects.filter(kind="dossiers.submitted").count() == 1


def test_the_same_key_with_another_body_is_refused(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    cuc.post(PATH, sent(desk), Idempotency_Key=KEY)

    answer = cuc.post(PATH, sent(desk, foreign_code="QG-2"), Idempotency_Key=KEY)

    assert answer.status_code == 409
    assert content(answer)["code"] == "dossiers.key_used_otherwise"
    assert Dossier.objects.count() == 1


def test_a_key_belongs_to_its_sender(desk: Desk) -> None:
    make_caller(desk.province).post(PATH, sent(desk), Idempotency_Key=KEY)
    other = make_caller(desk.province, secret="ts_so")
    assert other.post(PATH, sent(desk), Idempotency_Key=KEY).status_code == 201
    assert Dossier.objects.count() == 2


def test_a_refused_dossier_leaves_its_key_free(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    wrong = cuc.post(PATH, sent(desk, answers={"full_name": "Lan"}), Idempotency_Key=KEY)
    assert wrong.status_code == 422
    assert "phone" in content(wrong)["errors"]
    assert not IdempotencyKey.objects.exists()
    assert cuc.post(PATH, sent(desk), Idempotency_Key=KEY).status_code == 201


def test_a_foreign_code_comes_once(desk: Desk) -> None:
    cuc = make_caller(desk.province)
    cuc.post(PATH, sent(desk, foreign_code="QG-1"))
    answer = cuc.post(PATH, sent(desk, foreign_code="QG-1"))
    assert answer.status_code == 409
    assert content(answer)["code"] == "dossiers.foreign_code_known"
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "right", "status"),
    [
        ("api", "dossiers:dossier:submit_for", 201),
        ("api", "dossiers:dossier:relay_national", 403),
        ("national", "dossiers:dossier:relay_national", 201),
        ("national", "dossiers:dossier:submit_for", 403),
    ],
)
def test_each_channel_takes_its_own_right(
    desk: Desk, channel: str, right: str, status: int
) -> None:
    cuc = make_caller(desk.province, [right])
    assert cuc.post(PATH, sent(desk, channel=channel)).status_code == status
    assert Dossier.objects.filter(channel=channel).count() == (status == 201)


def test_a_right_elsewhere_does_not_count_here(desk: Desk) -> None:
    cuc = make_caller(desk.construction)
    answer = cuc.post(PATH, sent(desk))
    assert answer.status_code == 403
    assert content(answer)["code"] == "permission_missing"
    assert not Dossier.objects.exists()


def test_the_national_portal_says_whom_it_has_identified(desk: Desk) -> None:
    party = make_party("Lan")
    cuc = make_caller(desk.province, ["dossiers:dossier:relay_national"])
    answer = cuc.post(PATH, sent(desk, channel="national", applicant=str(party.uuid)))
    assert answer.status_code == 201, answer.content
    assert Dossier.objects.get().applicant == party


@pytest.mark.parametrize(
    ("channel", "right", "status"),
    [
        ("api", "dossiers:dossier:submit_for", 422),
        ("national", "dossiers:dossier:submit_for", 403),
    ],
)
def test_nobody_else_says_whose_a_dossier_is(
    desk: Desk, channel: str, right: str, status: int
) -> None:
    party = make_party("Lan")
    cuc = make_caller(desk.province, [right])
    body = sent(desk, channel=channel, applicant=str(party.uuid))
    assert cuc.post(PATH, body).status_code == status
    assert not Dossier.objects.exists()


def test_an_applicant_whom_nobody_knows_is_refused(desk: Desk) -> None:
    cuc = make_caller(desk.province, ["dossiers:dossier:relay_national"])
    answer = cuc.post(PATH, sent(desk, channel="national", applicant=str(uuid4())))
    assert answer.status_code == 404
    assert content(answer)["code"] == "parties.party_not_found"
    assert not Dossier.objects.exists()
