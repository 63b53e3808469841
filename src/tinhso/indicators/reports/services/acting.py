"""What every act on a report does: the report as one may see it, locked; the row, the state, the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.indicators.models.reports import Report, ReportAct, ReportState
from tinhso.indicators.reports.errors import ReasonMissing
from tinhso.indicators.reports.errors import ReportState as StateUnfit
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.indicators.models.reports import Act
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


def own(key: UUID, right: Permission, *states: ReportState, actor: Actor, at: datetime) -> Report:
    """The report, locked, on which somebody of its agency acts in one of these states."""
    found = Report.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.agency_id, day_of(at)), at=at)
    return locked(found, *states)


def made_to_us(
    key: UUID, right: Permission, *states: ReportState, actor: Actor, at: datetime
) -> Report:
    """The report, locked, on which somebody of the agency that receives it acts in one of these states."""
    found = Report.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.receiver_id, day_of(at)), at=at)
    return locked(found, *states)


def locked(found: Report, *states: ReportState) -> Report:
    """The report as it stands now, and no other changes it; refuses in another state."""
    report = Report.objects.select_for_update().get(pk=found.pk)
    if report.state not in states:
        raise StateUnfit(state=ReportState(report.state).label)
    return report


def expect(version: int, expected: int | None) -> None:
    """Refuse with `StaleVersion` when somebody else changed it since the page was made."""
    if expected is not None and version != expected:
        raise StaleVersion


def reasoned(words: str) -> str:
    """What an act must say; refuses with `ReasonMissing` when it says nothing."""
    if not words.strip():
        raise ReasonMissing
    return words.strip()


def touch(report: Report, *fields: str) -> None:
    """Keep a change of the report; its version rises with it."""
    report.version += 1
    report.save(update_fields=["version", *fields])


def act(
    report: Report,
    kind: Act,
    event: EventKind,
    *,
    state: ReportState,
    words: str = "",
    actor: Actor,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Add the row of an act, move the state that follows from it, record."""
    ReportAct.objects.create(report=report, kind=kind, words=words, at=at, actor=actor.key)
    report.state = state
    touch(report, "state", "submitted_on")
    tell(report, event, actor=actor, at=at, payload=payload)


def tell(
    report: Report,
    event: EventKind,
    *,
    actor: Actor,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Record an event of the report."""
    record(event, subject=report.uuid, actor=actor, at=at, agency=report.agency_id, payload=payload)
