"""The head confirms, the report is sent; whoever receives it takes it or returns it with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import (
    WRITABLE,
    Act,
    Decision,
    Report,
    ReportState,
    Submission,
)
from tinhso.indicators.reports import events
from tinhso.indicators.reports.content import content_of
from tinhso.indicators.reports.errors import ReportUnready
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.indicators.reports.services.acting import act, expect, made_to_us, own, reasoned

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Signing:
    """How the paper is signed: its number as the clerk gave it (may be empty), capacity and post of the signer.

    `name` is the head who confirmed in a partner system, as that system says; an officer signs in their own name.
    """

    number: str = ""
    capacity: str = ""
    post: str = ""
    name: str = ""


@transaction.atomic
def confirm(
    key: UUID,
    *,
    signing: Signing,
    expected: int | None = None,
    actor: Actor,
    at: datetime,
) -> Report:
    """The head stands for what it says (thủ trưởng xác nhận); every offered sentence was decided on by somebody.

    `expected` is the version that the head read.
    """
    report = own(key, ReportPermission.CONFIRM, *WRITABLE, actor=actor, at=at)
    expect(report.version, expected)
    waiting = report.sentences.filter(decision=Decision.WAITING).count()
    if waiting:
        raise ReportUnready(count=waiting)
    report.signing = {
        "number": signing.number.strip(),
        "capacity": signing.capacity.strip(),
        "post": signing.post.strip(),
        "name": signing.name.strip() or actor.label,
        "on": day_of(at).isoformat(),
    }
    report.save(update_fields=["signing"])
    act(report, Act.CONFIRMED, events.CONFIRMED, state=ReportState.CONFIRMED, actor=actor, at=at)
    return report


@transaction.atomic
def reopen(
    key: UUID, *, reason: str, expected: int | None = None, actor: Actor, at: datetime
) -> Report:
    """Take a confirmed report back to its writers (mở lại để sửa) before it is sent."""
    report = own(key, ReportPermission.WRITE, ReportState.CONFIRMED, actor=actor, at=at)
    expect(report.version, expected)
    words = reasoned(reason)
    kind, event = Act.REOPENED, events.REOPENED
    act(report, kind, event, state=ReportState.DRAFT, words=words, actor=actor, at=at)
    return report


@transaction.atomic
def submit(key: UUID, *, expected: int | None = None, actor: Actor, at: datetime) -> Submission:
    """Send what the head confirmed (gửi báo cáo); sent again after a return it is a new version beside the former."""
    report = own(key, ReportPermission.WRITE, ReportState.CONFIRMED, actor=actor, at=at)
    expect(report.version, expected)
    number = report.submissions.count() + 1
    made = Submission.objects.create(
        report=report, number=number, content=content_of(report), at=at, actor=actor.key
    )
    report.submitted_on = report.submitted_on or day_of(at)
    payload = {
        "regime": report.regime,
        "period": report.period,
        "number": number,
        "is_on_time": report.submitted_on <= report.due_on,
    }
    kind, event = Act.SUBMITTED, events.SUBMITTED
    act(report, kind, event, state=ReportState.SUBMITTED, actor=actor, at=at, payload=payload)
    return made


@transaction.atomic
def receive(key: UUID, *, expected: int | None = None, actor: Actor, at: datetime) -> Report:
    """Take a report (nhận báo cáo): it counts in the consolidated one."""
    right, state = ReportPermission.RECEIVE, ReportState.SUBMITTED
    report = made_to_us(key, right, state, actor=actor, at=at)
    expect(report.version, expected)
    payload = {"number": report.submissions.count()}
    kind, event = Act.RECEIVED, events.RECEIVED
    act(report, kind, event, state=ReportState.RECEIVED, actor=actor, at=at, payload=payload)
    return report


@transaction.atomic
def return_report(
    key: UUID, *, reason: str, expected: int | None = None, actor: Actor, at: datetime
) -> Report:
    """Send a report back with the reason (trả lại báo cáo), also one that was received."""
    states = (ReportState.SUBMITTED, ReportState.RECEIVED)
    report = made_to_us(key, ReportPermission.RECEIVE, *states, actor=actor, at=at)
    expect(report.version, expected)
    words = reasoned(reason)
    payload = {"number": report.submissions.count()}
    kind, event = Act.RETURNED, events.RETURNED
    state = ReportState.RETURNED
    act(report, kind, event, state=state, words=words, actor=actor, at=at, payload=payload)
    return report
