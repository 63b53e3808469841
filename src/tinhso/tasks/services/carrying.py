"""What the lead agency does with its task: accept or return, report, show, ask for time, say that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.files.services import Subject, store
from tinhso.tasks import events
from tinhso.tasks.errors import (
    BlockersOpen,
    EvidenceFirst,
    EvidenceLacking,
    EvidenceMissing,
    ExtensionUnfit,
    ExtensionWaits,
    NoDeadline,
    SharesOpen,
)
from tinhso.tasks.files import EVIDENCE
from tinhso.tasks.models import (
    Act,
    Evidence,
    EvidenceKind,
    ExtensionRequest,
    State,
    Task,
    TaskAct,
)
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.evidence import evidence_of, lacking
from tinhso.tasks.queries.sharing import blockers_of, open_shares
from tinhso.tasks.services.acting import led, said, write

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.files.keeping import Readable
    from tinhso.kernel.actors import Actor


def refuse_open_shares(task: Task) -> None:
    """The whole is neither given back nor done while units below work on it."""
    if count := open_shares(task).count():
        raise SharesOpen(count=count)


@transaction.atomic
def accept(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> TaskAct:
    """The lead takes the task (nhận nhiệm vụ); with a period of recurring work, the order too, and so later periods."""
    task = led(key, TaskPermission.ACCEPT, State.ISSUED, actor=actor, at=at)
    order = task.standing
    if order and order.state == State.ISSUED and order.lead_id == task.lead_id:
        accept(order.uuid, words=words, actor=actor, at=at)
    return write(
        task,
        Act.ACCEPTED,
        events.ACCEPTED,
        state=State.ACCEPTED,
        words=words.strip(),
        actor=actor,
        at=at,
    )


@transaction.atomic
def return_task(key: UUID, *, reason: str, actor: Actor, at: datetime) -> TaskAct:
    """The lead gives the task back (trả lại), with the reason; who gave it decides who leads it then."""
    states = (State.ISSUED, State.ACCEPTED)
    task = led(key, TaskPermission.ACCEPT, *states, actor=actor, at=at)
    refuse_open_shares(task)
    return write(
        task,
        Act.RETURNED,
        events.RETURNED,
        state=State.RETURNED,
        words=said(reason),
        actor=actor,
        at=at,
    )


@transaction.atomic
def report_progress(
    key: UUID, *, words: str, percent: int | None, actor: Actor, at: datetime
) -> TaskAct:
    """Say how far the task is (báo cáo tiến độ), in words and, where it can be counted, in per cent (0 to 100)."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    return write(
        task,
        Act.REPORTED,
        events.REPORTED,
        state=State.ACCEPTED,
        words=said(words),
        percent=percent,
        actor=actor,
        at=at,
        payload={"percent": percent},
    )


@dataclass(frozen=True)
class Shown:
    """What shows that something was done: an upload with its name, else a link, else a number as written."""

    upload: Readable | None = None
    filename: str = ""
    value: str = ""
    note: str = ""


@transaction.atomic
def give_evidence(key: UUID, shown: Shown, *, actor: Actor, at: datetime) -> Evidence:
    """Show that the task is done (nộp minh chứng): a file, a link, or the number of a dossier or document."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, State.PROPOSED, actor=actor, at=at)
    value = shown.value.strip()
    if shown.upload is None and not value:
        raise EvidenceMissing
    made = Evidence(
        task=task,
        kind=_kind(shown),
        value=value,
        note=shown.note.strip(),
        at=at,
        actor=actor.key,
    )
    if shown.upload is not None:
        made.file = store(
            shown.upload,
            filename=shown.filename,
            actor=actor,
            at=at,
            purpose="evidence",
            subject=Subject(EVIDENCE, task.uuid),
            agency=task.lead_id,
        )
    made.save(force_insert=True)
    record(
        events.EVIDENCED,
        subject=task.uuid,
        actor=actor,
        at=at,
        agency=task.lead_id,
        payload={"evidence": made.uuid, "kind": made.kind},
    )
    return made


def _kind(shown: Shown) -> EvidenceKind:
    if shown.upload is not None:
        return EvidenceKind.FILE
    is_link = shown.value.strip().lower().startswith(("https://", "http://"))
    return EvidenceKind.LINK if is_link else EvidenceKind.RECORD


@transaction.atomic
def ask_extension(
    key: UUID, *, until: date, reason: str, actor: Actor, at: datetime
) -> ExtensionRequest:
    """Ask for a later day (đề nghị gia hạn), with the reason; one request waits at a time."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    why = said(reason)
    if task.deadline_on is None:
        raise NoDeadline
    if until <= task.deadline_on or until <= day_of(at):
        raise ExtensionUnfit
    if waiting_request(task) is not None:
        raise ExtensionWaits
    asked = ExtensionRequest.objects.create(
        task=task, before=task.deadline_on, until=until, reason=why, at=at, actor=actor.key
    )
    record(
        events.EXTENSION_ASKED,
        subject=task.uuid,
        actor=actor,
        at=at,
        agency=task.lead_id,
        payload={"before": asked.before, "until": until},
    )
    return asked


def waiting_request(task: Task) -> ExtensionRequest | None:
    """The request for more time that was not answered yet."""
    return ExtensionRequest.objects.filter(task=task, decision=None).first()


@transaction.atomic
def propose_completion(key: UUID, *, words: str, actor: Actor, at: datetime) -> TaskAct:
    """Say that the task is done (đề nghị xác nhận hoàn thành); something must show it."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    refuse_open_shares(task)
    if waiting := blockers_of(task).count():
        raise BlockersOpen(count=waiting)
    if not evidence_of(task).exists():
        raise EvidenceFirst
    if missing := lacking(task):
        raise EvidenceLacking(kinds=", ".join(missing))
    return write(
        task,
        Act.PROPOSED,
        events.PROPOSED,
        state=State.PROPOSED,
        words=words.strip(),
        actor=actor,
        at=at,
    )
