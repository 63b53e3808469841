"""What can happen to a calendar. Every change is a row and raises the version of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars import events
from tinhso.calendars.errors import (
    CalendarCodeTaken,
    CalendarUnknown,
    DayAlreadyEntered,
    DayAlreadyWithdrawn,
    DayUnknown,
    HoursInvalid,
    ReasonMissing,
)
from tinhso.calendars.models import Calendar, DayWithdrawal, SpecialDay, WorkingHours
from tinhso.calendars.permissions import CalendarPermission
from tinhso.calendars.working_time import WeekHours
from tinhso.events.services import record
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.calendars.national import DayFacts
    from tinhso.calendars.working_time import Week
    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor


@transaction.atomic
def found(
    *,
    code: str,
    name: str,
    agency: int | None,
    week: Week,
    valid_from: date,
    actor: Actor,
    at: datetime,
) -> Calendar:
    """Open a calendar (lập lịch làm việc) for the province or for one agency, with its hours."""
    require(actor, CalendarPermission.EDIT, agency=agency, at=at)
    taken = Calendar.objects.filter(code=code) | Calendar.objects.filter(
        **({"agency": agency} if agency is not None else {"agency__isnull": True})
    )
    if taken.exists():
        raise CalendarCodeTaken(calendar=code)
    _refuse_bad_hours(valid_from, week)
    calendar = Calendar.objects.create(code=code, name=name, agency=agency)
    WorkingHours.objects.create(calendar=calendar, valid_from=valid_from, week=week, version=1)
    _record(events.FOUNDED, calendar, actor=actor, at=at, payload={"calendar": code})
    return calendar


@transaction.atomic
def set_hours(
    key: UUID, *, valid_from: date, week: Week, actor: Actor, at: datetime, expected_version: int
) -> Calendar:
    """Set the hours of the week (đặt giờ làm việc) from a date on."""
    calendar = _locked(key, actor=actor, at=at, expected_version=expected_version)
    _refuse_bad_hours(valid_from, week)
    _raise_version(calendar)
    WorkingHours.objects.create(
        calendar=calendar, valid_from=valid_from, week=week, version=calendar.version
    )
    payload: dict[str, str | int] = {
        "calendar": calendar.code,
        "version": calendar.version,
        "valid_from": valid_from.isoformat(),
    }
    _record(events.HOURS_SET, calendar, actor=actor, at=at, payload=payload)
    return calendar


@transaction.atomic
def enter_day(
    key: UUID, *, facts: DayFacts, actor: Actor, at: datetime, expected_version: int
) -> SpecialDay:
    """Enter a holiday, a swap or a closure (thêm ngày) into the calendar."""
    calendar = _locked(key, actor=actor, at=at, expected_version=expected_version)
    if not facts.name.strip():
        raise ReasonMissing({"name": [str(ReasonMissing.message)]})
    standing = calendar.days.in_force().filter(day=facts.day).first()
    if standing:
        raise DayAlreadyEntered(day=formatting.day(facts.day), name=standing.name)
    _raise_version(calendar)
    entry = _entry(calendar, facts, actor=actor, at=at)
    entry.save()
    _record(events.DAY_ENTERED, calendar, actor=actor, at=at, payload=_day_payload(calendar, entry))
    return entry


@transaction.atomic
def withdraw_day(
    key: UUID, *, reason: str, actor: Actor, at: datetime, expected_version: int
) -> DayWithdrawal:
    """Withdraw an entry (rút ngày khỏi lịch): from the next version on it no longer holds."""
    entry = SpecialDay.objects.select_related("calendar").filter(uuid=key).first()
    if entry is None:
        raise DayUnknown
    calendar = _locked(entry.calendar.uuid, actor=actor, at=at, expected_version=expected_version)
    if not calendar.days.in_force().filter(pk=entry.pk).exists():
        raise DayAlreadyWithdrawn
    if not reason.strip():
        raise ReasonMissing({"reason": [str(ReasonMissing.message)]})
    _raise_version(calendar)
    withdrawal = DayWithdrawal.objects.create(
        special_day=entry,
        version=calendar.version,
        reason=reason.strip(),
        withdrawn_by=actor.key,
        withdrawn_at=at,
    )
    _record(
        events.DAY_WITHDRAWN, calendar, actor=actor, at=at, payload=_day_payload(calendar, entry)
    )
    return withdrawal


@transaction.atomic
def adopt(
    key: UUID, *, days: Sequence[DayFacts], sources: Collection[str], actor: Actor, at: datetime
) -> tuple[int, int]:
    """Take over a list of days (nhận danh mục ngày nghỉ), as one act and one version.

    Enters what is new and withdraws what came from one of the `sources` and is no longer listed;
    what an officer entered for the same day stands. Returns how many were entered and withdrawn;
    a list that changes nothing makes no version.
    """
    calendar = _locked(key, actor=actor, at=at, expected_version=None)
    standing = {entry.day: entry for entry in calendar.days.in_force()}
    listed = {(facts.day, str(facts.kind), facts.name, facts.name_en) for facts in days}
    gone = [
        entry
        for entry in standing.values()
        if entry.source in sources
        and (entry.day, entry.kind, entry.name, entry.name_en) not in listed
    ]
    for entry in gone:
        del standing[entry.day]
    new = {facts.day: facts for facts in days if facts.day not in standing}
    if not new and not gone:
        return 0, 0
    _raise_version(calendar)
    DayWithdrawal.objects.bulk_create(
        DayWithdrawal(
            special_day=entry,
            version=calendar.version,
            reason="không còn trong danh mục",
            withdrawn_by=actor.key,
            withdrawn_at=at,
        )
        for entry in gone
    )
    SpecialDay.objects.bulk_create(
        _entry(calendar, facts, actor=actor, at=at) for facts in new.values()
    )
    payload: dict[str, str | int] = {
        "calendar": calendar.code,
        "version": calendar.version,
        "entered": len(new),
        "withdrawn": len(gone),
    }
    _record(events.DAYS_ADOPTED, calendar, actor=actor, at=at, payload=payload)
    return len(new), len(gone)


def _locked(key: UUID, *, actor: Actor, at: datetime, expected_version: int | None) -> Calendar:
    """The calendar locked for this act; the lock is what keeps one entry in force per day."""
    calendar = Calendar.objects.filter(uuid=key).first()
    if calendar is None:
        raise CalendarUnknown
    require(actor, CalendarPermission.EDIT, agency=calendar.agency, at=at)
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    if expected_version is not None and calendar.version != expected_version:
        raise StaleVersion
    return calendar


def _raise_version(calendar: Calendar) -> None:
    calendar.version += 1
    calendar.save(update_fields=["version"])


def _refuse_bad_hours(valid_from: date, week: Week) -> None:
    try:
        WeekHours(valid_from, week)
    except ValueError as error:
        raise HoursInvalid from error
    if not any(week):
        raise HoursInvalid


def _entry(calendar: Calendar, facts: DayFacts, *, actor: Actor, at: datetime) -> SpecialDay:
    return SpecialDay(
        calendar=calendar,
        day=facts.day,
        kind=facts.kind,
        name=facts.name.strip(),
        name_en=facts.name_en.strip(),
        legal_basis=facts.legal_basis.strip(),
        source=facts.source or "nhập tay",
        verified=facts.verified,
        version=calendar.version,
        entered_by=actor.key,
        entered_at=at,
    )


def _day_payload(calendar: Calendar, entry: SpecialDay) -> dict[str, str | int]:
    return {
        "calendar": calendar.code,
        "version": calendar.version,
        "day": entry.day.isoformat(),
        "kind": entry.kind,
    }


def _record(
    kind: EventKind,
    calendar: Calendar,
    *,
    actor: Actor,
    at: datetime,
    payload: Mapping[str, str | int],
) -> None:
    record(kind, subject=calendar.uuid, actor=actor, at=at, agency=calendar.agency, payload=payload)
