"""Bring a notice in: read, keep, draft its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.files.services import Subject, store
from tinhso.kernel.permissions import require
from tinhso.tasks import drafts, events
from tinhso.tasks.errors import NoticeEmpty, NoticeKnown, NoticeTooLarge
from tinhso.tasks.files import NOTICE
from tinhso.tasks.matching import matched, names_for
from tinhso.tasks.models import Notice, NoticeKind, Outcome, Review
from tinhso.tasks.notices.extraction import extract
from tinhso.tasks.notices.heads import read_head
from tinhso.tasks.notices.intake import read, refuse_secret
from tinhso.tasks.permissions import TaskPermission
from tinhso.ui.formatting import day as shown_day
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor

MAX_TEXT = 2_000_000
"""Characters; a notice of four hundred pages has fewer."""
_KEPT = (b"%PDF", b"PK\x03\x04")
"""Plain text is kept as the text of the notice; a Word or PDF file also as it came."""


@dataclass(frozen=True)
class Brought:
    """What somebody hands in: pasted text or a file, and what they say of it; what is left empty is read from it."""

    text: str = ""
    content: bytes = b""
    filename: str = ""
    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    committee: int | None = None


@transaction.atomic
def bring_in(brought: Brought, *, agency: int, actor: Actor, at: datetime) -> Notice:
    """Take a notice in (đưa văn bản vào), read its tasks and match their names with agencies of its day.

    A text marked secret is refused before anything of it is kept or logged. The agency is the one that will give the
    tasks and follow them.
    """
    require(actor, TaskPermission.BRING_IN, agency=agency, at=at)
    text = _text_of(brought)
    notice = _described(brought, text, agency, actor, at)
    _refuse_known(notice)
    if brought.content.startswith(_KEPT):
        notice.file = store(
            BytesIO(brought.content),
            filename=brought.filename,
            actor=actor,
            at=at,
            purpose="notice",
            subject=Subject(NOTICE, notice.uuid),
            agency=agency,
        )
    notice.save(force_insert=True)
    today = day_of(at)
    names = names_for(agency, written=notice.issued_on or today, today=today)
    items = [matched(drafts.of_read(task), names) for task in extract(text)]
    Review.objects.create(
        notice=notice,
        number=0,
        act="read",
        items=[item.as_json() for item in items],
        at=at,
        actor=actor.key,
    )
    record(
        events.BROUGHT_IN,
        subject=notice.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={
            "items": len(items),
            "matched": sum(bool(item.leads) for item in items),
            "has_file": notice.file is not None,
        },
    )
    return notice


def _text_of(brought: Brought) -> str:
    """The text that was handed in; refuses an empty one, a scan, and one that bears a mark of secrecy."""
    if brought.content:
        text = read(brought.content, name=brought.filename)
    else:
        text = brought.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        refuse_secret(text)
    if not text.strip():
        raise NoticeEmpty
    if len(text) > MAX_TEXT:
        raise NoticeTooLarge(name=brought.filename or "—", limit=MAX_TEXT // 1_000_000)
    return text.replace("\x00", "")


def _described(brought: Brought, text: str, agency: int, actor: Actor, at: datetime) -> Notice:
    head = read_head(text)
    first = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    return Notice(
        uuid=uuid4(),
        agency_id=agency,
        kind=brought.kind or head.kind or NoticeKind.OTHER.value,
        number=(brought.number.strip() or head.number)[:60],
        issued_on=brought.issued_on or head.issued_on,
        issuer=(brought.issuer.strip() or head.issuer)[:300],
        title=(brought.title.strip() or head.title or first)[:500],
        text=text,
        committee_id=brought.committee,
        at=at,
        actor=actor.key,
    )


def _refuse_known(notice: Notice) -> None:
    """The same number of the same day and agency is brought in once, unless it was discarded."""
    if not notice.number or notice.issued_on is None:
        return
    known = Notice.objects.filter(
        agency=notice.agency_id, number__iexact=notice.number, issued_on=notice.issued_on
    ).exclude(end__outcome=Outcome.DISCARDED)
    before = known.first()
    if before is not None:
        raise NoticeKnown(
            number=notice.number, day=shown_day(notice.issued_on), at=moment(before.at)
        )
