"""The loops of the exchange with the national portal."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.dossiers.models.national import NationalMessage, Operation
from tinhso.dossiers.national import queue, wording
from tinhso.dossiers.national.adapter import Portal, PortalAway, PortalRefused, Session
from tinhso.dossiers.national.reading import read_log
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop
from tinhso.parties.services import note_read

BATCH = 20
SENDER = SystemActor("national")


def send() -> bool:
    """Send one batch; True when more may wait. When the portal is away the rest of the batch waits as well."""
    if not settings.NATIONAL_URL:
        return False
    messages = queue.take(BATCH, now=timezone.now())
    with Session(Portal.of_settings()) as session:
        for index, message in enumerate(messages):
            try:
                _send(session, message)
            except PortalAway as away:
                for waiting in messages[index:]:
                    queue.settle_away(waiting, reason=str(away), now=timezone.now())
                return False
            except PortalRefused as refusal:
                queue.settle_refused(message, reason=str(refusal), now=timezone.now())
            else:
                queue.settle_sent(message, now=timezone.now())
    return bool(messages)


def _send(session: Session, message: NationalMessage) -> None:
    """One message; a dossier that the portal does not have is told first, whole.

    That the applicant was told of elsewhere stands in the log once it is so.
    """
    dossier = message.dossier
    told = dossier.national_messages.filter(operation=Operation.DOSSIER).exclude(sent_at=None)
    is_known = told.exists() or session.knows(wording.code_of(dossier))
    whole = message.operation == Operation.DOSSIER
    if whole or not is_known:
        session.send(Operation.DOSSIER, wording.whole(message, is_known=is_known))
        if dossier.applicant is not None:
            note_read([dossier.applicant], purpose="national_portal", actor=SENDER, at=clock.now())
    if not whole:
        session.send(Operation.PROGRESS, wording.progress(message))


READ = Loop("dossiers.national_reader", _("Đọc nhật ký, xếp tin gửi Cổng quốc gia"), 2, read_log)
SEND = Loop("dossiers.national_sender", _("Gửi tin đồng bộ lên Cổng quốc gia"), 3, send)
