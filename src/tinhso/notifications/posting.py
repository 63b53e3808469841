"""Handing mails to the SMTP server: plain text with a simple HTML twin, transactional."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone

from tinhso.notifications import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.notifications.models import Mail

PERMANENT = 500


@dataclass(frozen=True)
class Failure:
    """Why a mail was not taken; `is_final` when trying again would meet the same answer."""

    error: str
    is_final: bool


def post(mails: Sequence[Mail]) -> None:
    """Send each over one connection and settle it at once; one refused mail holds up no other."""
    connection = get_connection()
    try:
        for mail in mails:
            try:
                connection.open()
                connection.send_messages([message(mail)])
            except (smtplib.SMTPException, OSError) as error:
                failure = judge(error)
                outbox.settle_failed(
                    mail, error=failure.error, is_final=failure.is_final, now=timezone.now()
                )
                connection.close()
                if _is_away(error):
                    _put_off(mails[mails.index(mail) + 1 :], failure)
                    return
            else:
                outbox.settle_sent(mail, now=timezone.now())
    finally:
        connection.close()


def message(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes out. Its Message-ID is its own, so that a second copy is known as one."""
    notification = mail.notification
    address = settings.PUBLIC_ADDRESS
    context = {
        "notification": notification,
        "paragraphs": [part for part in notification.body.split("\n\n") if part.strip()],
        "link": f"{address}{notification.link}" if address and notification.link else "",
        "choices": f"{address}/thong-bao/tuy-chon/" if address else "",
    }
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    written = EmailMultiAlternatives(
        subject=notification.subject,
        body=render_to_string("notifications/mail.txt", context),
        to=[mail.address],
        headers={"Message-ID": f"<{mail.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    written.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return written


def judge(error: smtplib.SMTPException | OSError) -> Failure:
    """What an answer of the server means: 5xx to recipient or content is final, all else passes.

    A refused sender or sign-in is a fault of our settings, not of the mail: it is tried again.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Failure(f"người nhận bị từ chối ({codes[0]})", min(codes) >= PERMANENT)
    if isinstance(error, smtplib.SMTPResponseException):
        is_ours = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused)
        final = error.smtp_code >= PERMANENT and not is_ours
        return Failure(f"máy chủ thư trả lời {error.smtp_code}", final)
    return Failure(f"không nối được máy chủ thư ({type(error).__name__})", is_final=False)


def _is_away(error: smtplib.SMTPException | OSError) -> bool:
    """Whether the server itself is out of reach or refuses us, so that no mail would pass now."""
    refused = smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, refused | smtplib.SMTPHeloError | smtplib.SMTPNotSupportedError)
    return True


def _put_off(mails: Sequence[Mail], failure: Failure) -> None:
    for mail in mails:
        outbox.settle_failed(mail, error=failure.error, is_final=False, now=timezone.now())
