"""Close a day's book after counting the papers; take a closing back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of, local
from tinhso.counter import events
from tinhso.counter.errors import (
    CountsInvalid,
    DayClosed,
    DayNotCome,
    DayNotOver,
    DayReopened,
    ReasonMissing,
)
from tinhso.counter.models import ClosingLine, DayClosing, DayReopening
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.days import closing_of, hours_end, system_counts
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Counted:
    """What the desk counted of one procedure: papers, and why they differ from the system where they do."""

    paper: int
    explanation: str = ""


def plan_close(
    counted: Mapping[int, Counted], system: Mapping[int, int]
) -> tuple[list[ClosingLine], dict[int, str]]:
    """The lines of a closing, and by procedure the sentence of what keeps the day open. Pure: no database, no clock."""
    lines: list[ClosingLine] = []
    troubles: dict[int, str] = {}
    for procedure in sorted({*counted, *system}):
        line, known = counted.get(procedure), system.get(procedure, 0)
        if line is None:
            troubles[procedure] = _("Đếm số hồ sơ giấy, ghi 0 nếu không có.")
        elif line.paper != known and not line.explanation.strip():
            sentence = _("Giấy %(paper)s, hệ thống %(system)s: giải trình chênh lệch.")
            troubles[procedure] = sentence % {"paper": line.paper, "system": known}
        else:
            why = line.explanation.strip() if line.paper != known else ""
            lines.append(
                ClosingLine(procedure_id=procedure, paper=line.paper, system=known, explanation=why)
            )
    return lines, troubles


@transaction.atomic
def close_day(
    agency: int,
    day: date,
    counted: Mapping[int, Counted],
    *,
    actor: Actor,
    at: datetime,
    early: bool = False,
) -> DayClosing:
    """Close the book of a desk's day (khóa sổ cuối ngày): each procedure counted, each difference explained.

    The system is counted anew at this instant. `CountsInvalid.errors` is keyed by the procedure's key. Before work ends
    it takes `early`, that who closes knows it.
    """
    require(actor, CounterPermission.CLOSE_DAY, agency=agency, at=at)
    if day > day_of(at):
        raise DayNotCome(day=formatting.day(day))
    Agency.objects.select_for_update(no_key=True).get(pk=agency)  # one closing at a time
    if closing_of(agency, day) is not None:
        raise DayClosed(day=formatting.day(day))
    lines, troubles = plan_close(counted, system_counts(agency, day))
    if troubles:
        raise CountsInvalid({str(key): [sentence] for key, sentence in troubles.items()})
    _refuse_early(agency, day, at, early=early)

    closing = DayClosing.objects.create(
        agency_id=agency,
        day=day,
        ordinal=DayClosing.objects.filter(agency=agency, day=day).count() + 1,
        paper=sum(line.paper for line in lines),
        system=sum(line.system for line in lines),
        at=at,
        actor=actor.key,
    )
    for line in lines:
        line.closing = closing
    ClosingLine.objects.bulk_create(lines)
    record(
        events.DAY_CLOSED,
        subject=closing.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={
            "day": day,
            "paper": closing.paper,
            "system": closing.system,
            "differences": sum(line.difference != 0 for line in lines),
        },
    )
    return closing


def _refuse_early(agency: int, day: date, at: datetime, *, early: bool) -> None:
    end = hours_end(agency, day, at)
    if end is not None and not early:
        raise DayNotOver(time=f"{local(end):%H:%M}")


@transaction.atomic
def reopen_day(key: UUID, *, reason: str, actor: Actor, at: datetime) -> DayReopening:
    """Take a closing back (mở lại sổ đã khóa), with the reason; what was closed stays to be read."""
    closing = DayClosing.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, CounterPermission.REOPEN_DAY, agency=closing.agency_id, at=at)
    if not reason.strip():
        raise ReasonMissing
    Agency.objects.select_for_update(no_key=True).get(pk=closing.agency_id)
    if DayReopening.objects.filter(closing=closing).exists():
        raise DayReopened
    made = DayReopening.objects.create(
        closing=closing, reason=reason.strip(), at=at, actor=actor.key
    )
    record(
        events.DAY_REOPENED,
        subject=closing.uuid,
        actor=actor,
        at=at,
        agency=closing.agency_id,
        payload={"day": closing.day},
    )
    return made
