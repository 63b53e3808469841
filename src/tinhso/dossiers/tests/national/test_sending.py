"""Messages reach the portal in order and once; what cannot be sent waits with its reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tinhso.dossiers import services
from tinhso.dossiers.errors import MessageUnknown
from tinhso.dossiers.models.national import NationalMessage
from tinhso.dossiers.national import jobs
from tinhso.dossiers.services.national import retry
from tinhso.dossiers.tests.factories import AT, SYSTEM, received, step
from tinhso.dossiers.tests.national.playing import portal, tell
from tinhso.dossiers.tests.test_life import DOCUMENT
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.national.standin import StandIn
    from tinhso.dossiers.tests.factories import Desk


@pytest.fixture
def there(settings: Settings) -> Iterator[StandIn]:
    """The portal stands, and the house is set to speak with it."""
    with portal() as server:
        settings.NATIONAL_URL = server.address
        settings.NATIONAL_USER, settings.NATIONAL_SECRET = "tinh", "mat-khau"
        settings.NATIONAL_ROUTE = "thu"
        yield server


def _send() -> None:
    while jobs.send():
        pass


def _finished(desk: Desk) -> Dossier:
    dossier = received(desk)
    at = iter(AT + timedelta(hours=hours) for hours in range(1, 9))
    key = dossier.uuid
    services.forward(
        key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=next(at)
    )
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=next(at))
    services.attach_result(
        key, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=next(at)
    )
    return services.hand_over(
        key, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=next(at)
    )


def _due_again() -> None:
    NationalMessage.objects.unsent().update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.slow
def test_a_whole_life_reaches_the_portal_in_order(desk: Desk, there: StandIn) -> None:
    dossier = _finished(desk)
    tell(dossier)
    _send()
    assert there.book.dossiers[str(dossier.number)]["states"] == [1, 2, 2, 4, 4, 9, 9, 10, 10]
    assert not NationalMessage.objects.unsent().exists()


def test_that_the_applicant_was_told_of_elsewhere_is_logged(desk: Desk, there: StandIn) -> None:
    assert there
    dossier = received(desk)
    tell(dossier)
    _send()
    reads = Event.objects.filter(kind="parties.read", actor="system:national")
    assert reads.count() == 2
    assert reads.first().payload["purpose"] == "national_portal"  # type: ignore[union-attr]


@pytest.mark.slow
def test_nothing_is_lost_while_the_portal_is_away(desk: Desk, settings: Settings) -> None:
    dossier = received(desk)
    with portal() as server:
        address, port = server.address, server.server_port
    settings.NATIONAL_URL, settings.NATIONAL_USER, settings.NATIONAL_SECRET = address, "a", "b"
    settings.NATIONAL_ROUTE = "thu"
    tell(dossier)
    _send()
    waiting = NationalMessage.objects.unsent()
    assert waiting.count() == 3
    assert "không nối được" in waiting.order_by("pk")[0].reason

    with portal(port) as server:
        _send()
        assert not server.book.dossiers, "not before its turn"
        _due_again()
        _send()
        assert server.book.dossiers[str(dossier.number)]["states"] == [1, 2, 2]


@pytest.mark.slow
def test_what_arrived_and_was_not_noted_is_not_told_as_new(desk: Desk, there: StandIn) -> None:
    dossier = received(desk)
    tell(dossier)
    _send()
    NationalMessage.objects.update(sent_at=None)
    _due_again()
    _send()
    assert not NationalMessage.objects.unsent().exists()
    assert there.book.dossiers[str(dossier.number)]["states"] == [1, 2, 2, 1, 2, 2]


@pytest.mark.slow
def test_a_refused_message_holds_back_its_own_dossier_alone(desk: Desk, there: StandIn) -> None:
    refused, other = received(desk), received(desk)
    applicant = refused.applicant
    assert applicant is not None
    name = applicant.name
    type(applicant).objects.filter(pk=applicant.pk).update(name="")
    tell(refused)
    tell(other)
    _send()
    assert str(refused.number) not in there.book.dossiers
    message = NationalMessage.objects.refused().get()
    assert "ChuHoSo" in message.reason
    assert NationalMessage.objects.unsent().filter(dossier=refused.pk).count() == 3

    type(applicant).objects.filter(pk=applicant.pk).update(name=name)
    assert retry(message.pk, actor=SYSTEM, at=AT) == 1
    _due_again()
    _send()
    assert there.book.dossiers[str(refused.number)]["states"] == [1, 2, 2]


def test_only_operators_try_anew(desk: Desk) -> None:
    dossier = received(desk)
    tell(dossier)
    NationalMessage.objects.update(refused_at=AT, reason="mã lỗi -3")
    with pytest.raises(NotAllowed):
        retry(None, actor=desk.clerk, at=AT)
    assert NationalMessage.objects.refused().count() == 3
    with pytest.raises(MessageUnknown):
        retry(0, actor=SYSTEM, at=AT)


def test_a_wrong_secret_blames_no_message(desk: Desk, there: StandIn, settings: Settings) -> None:
    assert there
    settings.NATIONAL_SECRET = ""
    tell(received(desk))
    _send()
    assert not NationalMessage.objects.refused().exists()
    assert "không đăng nhập được" in NationalMessage.objects.order_by("pk")[0].reason


@pytest.mark.parametrize("answer", ["", "[]", "<html>", '{"session": 5, "error_code": 0}'])
def test_answers_that_make_no_sense_are_tried_again(
    desk: Desk, there: StandIn, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler: Any = there.RequestHandlerClass
    say = handler._say
    monkeypatch.setattr(handler, "_say", lambda self, _text, kind: say(self, answer, kind))
    tell(received(desk))
    _send()
    assert not NationalMessage.objects.refused().exists()
    assert NationalMessage.objects.unsent().count() == 3


def test_the_stand_in_keeps_what_it_was_told(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    journal = tmp_path / "cong.jsonl"
    dossier = received(desk)
    with portal(journal=journal) as server:
        settings.NATIONAL_URL, settings.NATIONAL_USER, settings.NATIONAL_SECRET = (
            server.address,
            "a",
            "b",
        )
        settings.NATIONAL_ROUTE = "thu"
        tell(dossier)
        _send()
    with portal(journal=journal) as server:
        assert server.book.dossiers[str(dossier.number)]["states"] == [1, 2, 2]
