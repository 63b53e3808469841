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
from tinhso.tasks.errors import NoticeEmpty, NoticeTooLarge
from tinhso.tasks.files import NOTICE
from tinhso.tasks.matching import matched
from tinhso.tasks.models import Notice, NoticeKind, Review
from tinhso.tasks.notices.extraction import extract
from tinhso.tasks.notices.heads import level_of, read_head
from tinhso.tasks.notices.intake import read, refuse_secret
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.describing import refuse_day_to_come, refuse_known
from tinhso.tasks.services.reviewing import names_at

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
    refuse_day_to_come(notice.issued_on, at)
    refuse_known(notice)
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
    names = names_at(notice, at)
    found = extract(text, written=notice.issued_on)
    items = [matched(drafts.of_read(task), names) for task in found]
    Review.objects.create(
        notice=notice,
        number=0,
        act="read",
        items=[item.as_json() for item in items],
        at=at,
        actor=actor.key,
    )
    matches = sum(bool(item.leads) for item in items)
    payload = {"items": len(items), "matched": matches, "has_file": notice.file is not None}
    record(
        events.BROUGHT_IN,
        subject=notice.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload=payload,
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
    head = read_head(text, today=day_of(at))
    first = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    return Notice(
        uuid=uuid4(),
        agency_id=agency,
        kind=brought.kind or head.kind or NoticeKind.OTHER.value,
        number=(brought.number.strip() or head.number)[:60],
        issued_on=brought.issued_on or head.issued_on,
        issuer=(brought.issuer.strip() or head.issuer)[:300],
        level=level_of(brought.issuer) or head.level,
        title=(brought.title.strip() or head.title or first)[:500],
        text=text,
        committee_id=brought.committee,
        at=at,
        actor=actor.key,
    )
