"""Decide that a procedure is filed on line, end that duty, and hold the desks to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import ProcedureNotFound, ReasonMissing
from tinhso.dossiers.events import ONLINE_DUTY_ENDED, ONLINE_MANDATED
from tinhso.dossiers.models import ON_PAPER, Channel, OnlineDuty, PaperReason, Procedure
from tinhso.dossiers.online_errors import (
    DocumentMissing,
    DutyAhead,
    DutyNotFound,
    DutyStands,
    NotFullyOnline,
    OnlineOnly,
)
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import province_on
from tinhso.dossiers.queries.lists import coming_duty, duty_on, is_fully_online
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.dossiers.plans.bringing import OnPaper
    from tinhso.kernel.actors import Actor


@transaction.atomic
def mandate_online(
    code: str, *, since: date, document: str, reason: str, actor: Actor, at: datetime
) -> OnlineDuty:
    """From that day on the procedure is filed on line (bắt buộc nộp trực tuyến); for the whole province.

    `since` is not before today; only what can be done wholly on line on that day can be made a duty.
    """
    day = day_of(at)
    require(actor, DossierPermission.MANDATE_ONLINE, agency=province_on(day).pk, at=at)
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise ProcedureNotFound(code=code)
    if not document.strip():
        raise DocumentMissing
    if not reason.strip():
        raise ReasonMissing
    if since < day:
        raise DutyAhead(day=formatting.day(day))
    if not is_fully_online(code, since):
        raise NotFullyOnline(code=code, day=formatting.day(since))
    if coming_duty(code, day) is not None:
        raise DutyStands(code=code)
    duty = OnlineDuty.objects.create(
        procedure=procedure,
        period=(since, None),
        document=document.strip(),
        reason=reason.strip(),
        at=at,
        actor=actor.key,
    )
    duty.refresh_from_db()
    facts = {"procedure": code, "since": since.isoformat()}
    record(ONLINE_MANDATED, subject=duty.uuid, actor=actor, at=at, payload=facts)
    return duty


@transaction.atomic
def end_online_duty(
    key: UUID, *, until: date, reason: str, actor: Actor, at: datetime
) -> OnlineDuty:
    """On `until` the duty no longer holds (thôi bắt buộc), with the reason; the day is not before today."""
    day = day_of(at)
    require(actor, DossierPermission.MANDATE_ONLINE, agency=province_on(day).pk, at=at)
    duty = OnlineDuty.objects.select_for_update(of=("self",)).select_related("procedure")
    found = duty.filter(uuid=key, ended_at=None).first()
    if found is None:
        raise DutyNotFound
    if not reason.strip():
        raise ReasonMissing
    if until < day or until <= found.since:
        earliest = max(day, found.since)
        raise DutyAhead(day=formatting.day(earliest))
    found.period = (found.since, until)
    found.ended_reason, found.ended_at, found.ended_by = reason.strip(), at, actor.key
    found.save(update_fields=["period", "ended_reason", "ended_at", "ended_by"])
    found.refresh_from_db()
    facts = {"procedure": found.procedure.code, "until": until.isoformat()}
    record(ONLINE_DUTY_ENDED, subject=found.uuid, actor=actor, at=at, payload=facts)
    return found


def duty_of_desk(
    code: str, channel: Channel, on_paper: OnPaper | None, *, day: date
) -> OnlineDuty | None:
    """The duty that stands against taking this in on paper, excepted with a reason; refuses with `OnlineOnly`."""
    if channel not in ON_PAPER:
        return None
    duty = duty_on(code, day)
    if duty is None:
        return None
    if on_paper is None or on_paper.reason not in PaperReason.values:
        raise OnlineOnly(since=formatting.day(duty.since))
    if on_paper.reason == PaperReason.OTHER and not on_paper.note.strip():
        raise ReasonMissing
    return duty
