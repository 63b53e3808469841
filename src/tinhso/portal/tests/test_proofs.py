"""What a proved pair opens, for how long, and to whom it opens nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tinhso.dossiers import services
from tinhso.dossiers.files import store_result
from tinhso.dossiers.tests.factories import AT, ID, received, step, submitted
from tinhso.dossiers.tests.test_life import DOCUMENT
from tinhso.files.models import StoredFile
from tinhso.files.tests.factories import PDF
from tinhso.portal.pages.proofs import KEPT, PROOFS
from tinhso.portal.tests.accounts import signed_in

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

HALF_AN_HOUR = 30 * 60
YEAR = 365 * 24 * 3600


def prove(client: Client, dossier: Dossier) -> None:
    client.post(
        reverse("portal:look_up"), {"ma": dossier.number or dossier.reference or "", "so": ID}
    )


def opens(client: Client, dossier: Dossier) -> bool:
    answer = client.get(reverse("portal:dossier", args=[dossier.uuid]))
    return answer.status_code == 200


def _store(upload: SimpleUploadedFile, dossier: Dossier, desk: Desk) -> StoredFile:
    key = store_result(upload, dossier=dossier, actor=desk.specialist, at=AT)
    assert key is not None
    return StoredFile.objects.get(pk=key)


def kept_until(client: Client, dossier: Dossier, until: float) -> None:
    """Let the proof that the session holds end at that second."""
    session = client.session
    session[PROOFS] = {str(dossier.uuid): [session[PROOFS][str(dossier.uuid)][0], until]}
    session.save()


def test_it_ends_after_half_an_hour(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    now = timezone.now().timestamp()
    prove(client, dossier)
    _party, until = client.session[PROOFS][str(dossier.uuid)]
    assert KEPT == HALF_AN_HOUR
    assert now + KEPT <= until <= timezone.now().timestamp() + KEPT
    assert opens(client, dossier)
    kept_until(client, dossier, timezone.now().timestamp() - 1)
    assert not opens(client, dossier)


@pytest.mark.parametrize("shift", [-YEAR, YEAR])
def test_it_ends_by_the_real_clock(
    client: Client, desk: Desk, settings: Settings, shift: int
) -> None:
    dossier = submitted(desk)
    prove(client, dossier)
    settings.CLOCK_OFFSET_SECONDS = shift
    assert opens(client, dossier)
    kept_until(client, dossier, timezone.now().timestamp() - 1)
    assert not opens(client, dossier)


def test_the_session_gets_a_new_key(client: Client, desk: Desk) -> None:
    session = client.session
    session["begun"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    prove(client, submitted(desk))
    assert client.session.session_key != planted


def test_it_stays_in_its_own_session(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    prove(client, dossier)
    client.cookies.clear()
    assert not opens(client, dossier)


def test_a_citizen_does_not_open_another_s_by_its_address(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    signed_in(client, "Hùng", personal_id="000090000002")
    unknown = client.get(reverse("portal:dossier", args=[uuid4()]))
    another_s = client.get(reverse("portal:dossier", args=[dossier.uuid]))
    assert unknown.headers["Location"] == another_s.headers["Location"]
    assert not opens(client, dossier)


def test_it_names_no_dossier_to_whoever_did_not_prove_it(client: Client, desk: Desk) -> None:
    proved, other = submitted(desk), submitted(desk)
    prove(client, proved)
    here = reverse("portal:look_up")
    assert client.get(here, {"ma": proved.reference or ""}).status_code == 302
    assert client.get(here, {"ma": other.reference or ""}).status_code == 200


def test_the_file_of_a_result_is_fetched_with_a_proof_alone(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    prove(client, dossier)
    file = _store(SimpleUploadedFile("ket-qua.pdf", PDF), dossier, desk)
    document = replace(DOCUMENT, file=file.pk)
    key = dossier.uuid
    services.forward(key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT)
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=AT)
    services.attach_result(key, step(dossier, "ket_qua"), document, actor=desk.specialist, at=AT)
    here = reverse("portal:result", args=[key, file.uuid])
    assert client.get(here).status_code == 404
    services.hand_over(key, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT)

    fetched = client.get(here)
    assert b"".join(fetched.streaming_content) == PDF  # type: ignore[attr-defined]
    assert client.get(reverse("portal:result", args=[uuid4(), file.uuid])).status_code == 404
    stranger = Client()
    signed_in(stranger, "Hùng", personal_id="000090000002")
    for other in (stranger, Client()):
        assert other.get(here).status_code in {403, 404}
