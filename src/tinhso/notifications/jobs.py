"""The loops of this app: turning events into notifications, and posting mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.events.readers import Reader
from tinhso.kernel.loops import Loop
from tinhso.notifications import outbox, posting, rules, services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.events.models import Event

BATCH = 500
MAILS = 20


def reader() -> Reader:
    """Our place in the log; it is given only the kinds that have a rule, and nothing so old that it tells nobody."""
    return Reader("notifications", rules.kinds(), clock.now() - services.TOLD_WITHIN)


def read_log() -> bool:
    """Turn one batch of events into notifications; marks and rows commit together."""
    if not rules.kinds():
        return False
    return reader().drain(_tell, limit=BATCH)


def _tell(events: Sequence[Event]) -> None:
    services.notify(events, at=clock.now())


def post_mail() -> bool:
    """Post one batch of mails; True when as many again may wait."""
    if not settings.MAIL_IS_ON:
        return False
    mails = outbox.take(MAILS, now=timezone.now())
    posting.post(mails)
    return len(mails) == MAILS


READ_LOG = Loop("notifications.reader", _("Đọc nhật ký, tạo thông báo"), 2, read_log)
POST_MAIL = Loop("notifications.mail", _("Gửi thư điện tử"), 5, post_mail)
