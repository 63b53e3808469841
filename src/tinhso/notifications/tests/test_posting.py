from __future__ import annotations

import smtplib
import socket
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, cast

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import get_connection
from django.utils import timezone

from tinhso.kernel.health import State
from tinhso.notifications import jobs, outbox, posting
from tinhso.notifications.health import MAIL
from tinhso.notifications.models import Mail
from tinhso.notifications.tests.factories import make_mail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that answers by the name of the recipient."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address.startswith("unknown"):
            return "550 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        del server, session
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 refused"
        read = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(read)
        return "250 OK"


@contextmanager
def serving(handler: Server, settings: Settings) -> Iterator[int]:
    """The server on a port of its own, and our settings pointing there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_IS_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "Tỉnh thử <thu@tinh.example.vn>"
    yield port
    controller.stop()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    handler = Server()
    with serving(handler, settings):
        yield handler


def turn_has_come() -> None:
    Mail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_a_mail_arrives_as_text_and_html(server: Server) -> None:
    mail = make_mail()
    assert jobs.post_mail() is False
    (arrived,) = server.taken
    assert arrived["Subject"] == "Việc H48-0001 đã có"
    assert arrived["To"] == "lan@example.vn"
    assert arrived["Message-ID"] == f"<{mail.uuid}@tinh.example.vn>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in arrived
    text, html = (cast("EmailMessage", part).get_content() for part in arrived.iter_parts())
    assert "Bạn có việc H48-0001 & cần xem." in text
    assert "https://tinh.example.vn/ho-so/1/" in text
    assert "<p>Bạn có việc H48-0001 &amp; cần xem.</p>" in html
    assert "<p>Đoạn thứ hai.</p>" in html
    mail.refresh_from_db()
    assert mail.sent_at
    assert (mail.tries, mail.error) == (1, "")


def test_a_sent_mail_is_not_sent_again(server: Server) -> None:
    make_mail()
    jobs.post_mail()
    turn_has_come()
    jobs.post_mail()
    assert len(server.taken) == 1


@pytest.mark.parametrize(("address", "code"), [("unknown@x.vn", "550"), ("spam@x.vn", "554")])
def test_what_the_server_refuses_for_good_is_given_up(
    server: Server, address: str, code: str
) -> None:
    refused, other = make_mail(address), make_mail("hung@example.vn")
    jobs.post_mail()
    refused.refresh_from_db()
    assert refused.given_up_at
    assert code in refused.error
    assert address not in refused.error
    assert [arrived["To"] for arrived in server.taken] == [other.address]
    assert MAIL.run().state is State.WARNING


def test_what_the_server_refuses_for_now_is_tried_later_and_at_last_given_up(
    server: Server,
) -> None:
    mail = make_mail("full@example.vn")
    for _try in outbox.PAUSES:
        turn_has_come()
        jobs.post_mail()
        mail.refresh_from_db()
        assert mail.given_up_at is None
        assert mail.next_try_at > timezone.now()
    assert mail.next_try_at > timezone.now() + timedelta(hours=23)
    turn_has_come()
    jobs.post_mail()
    mail.refresh_from_db()
    assert mail.given_up_at
    assert mail.tries == len(outbox.PAUSES) + 1
    assert server.taken == []


def test_while_the_server_is_away_everything_waits(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_mail()
    make_mail("hung@example.vn")
    jobs.post_mail()
    for mail in Mail.objects.all():
        assert (mail.sent_at, mail.given_up_at) == (None, None)
        assert mail.next_try_at > timezone.now()
        assert "ConnectionRefusedError" in mail.error


def test_a_sender_that_died_before_marking_doubles_one_mail_at_most(server: Server) -> None:
    make_mail()
    make_mail("hung@example.vn")
    now = timezone.now() + timedelta(seconds=1)
    taken = outbox.take(20, now=now)
    get_connection().send_messages([posting.message(taken[0])])
    jobs.post_mail()
    assert len(server.taken) == 1, "both are leased to the sender that died"
    later = outbox.take(20, now=now + outbox.LEASE)
    posting.post(later)
    assert [arrived["To"] for arrived in server.taken].count("hung@example.vn") == 1
    copies = [a["Message-ID"] for a in server.taken if a["To"] == taken[0].address]
    assert len(copies) == 2
    assert len(set(copies)) == 1
    assert not Mail.objects.waiting().exists()


def test_a_house_without_server_sends_nothing() -> None:
    assert jobs.post_mail() is False
    assert MAIL.run().state is State.WARNING


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), False),
        (smtplib.SMTPSenderRefused(550, b"no", "thu@tinh.example.vn"), False),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPDataError(552, b"too large"), True),
        (smtplib.SMTPRecipientsRefused({"a@x.vn": (421, b"busy")}), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
)
def test_only_an_answer_about_this_mail_is_final(error: OSError, is_final: bool) -> None:
    assert posting.judge(error).is_final is is_final
