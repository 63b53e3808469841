from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils import translation

from tinhso.calendars import queries, services
from tinhso.calendars.errors import (
    CalendarCodeTaken,
    CalendarMissing,
    CalendarUnknown,
    DayAlreadyEntered,
    DayAlreadyWithdrawn,
    DayUnknown,
    HoursInvalid,
    ReasonMissing,
)
from tinhso.calendars.models import Calendar, DayKind, SpecialDay, WorkingHours
from tinhso.calendars.national import SOURCE, DayFacts, national_days
from tinhso.calendars.tests.factories import FIVE_DAYS, OFFICE
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.calendars.working_time import Week

pytestmark = pytest.mark.django_db
TU = SystemActor("test")
HUNG = AnonymousVisitor()
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
STORM = DayFacts(date(2026, 11, 25), DayKind.CLOSURE, "Nghỉ tránh bão", "Công điện thử")


def found(code: str = "tinh", agency: int | None = None, week: Week = FIVE_DAYS) -> Calendar:
    return services.found(
        code=code,
        name="Lịch của tỉnh",
        agency=agency,
        week=week,
        valid_from=date(2020, 1, 1),
        actor=TU,
        at=AT,
    )


def enter(calendar: Calendar, facts: DayFacts = STORM) -> SpecialDay:
    calendar.refresh_from_db()
    return services.enter_day(
        calendar.uuid, facts=facts, actor=TU, at=AT, expected_version=calendar.version
    )


def test_without_a_calendar_nothing_can_be_counted() -> None:
    with pytest.raises(CalendarMissing):
        queries.working_calendar()


def test_a_new_day_holds_from_the_next_version_on() -> None:
    calendar = found()
    before = queries.working_calendar()
    entry = enter(calendar)
    after = queries.working_calendar()
    assert (before.version, after.version) == ("tinh@1", "tinh@2")
    assert before.is_working_day(STORM.day)
    assert not after.is_working_day(STORM.day)
    assert after.note_on(STORM.day) == "Nghỉ tránh bão"
    event = Event.objects.get(kind="calendars.day_entered")
    assert event.payload == {
        "calendar": "tinh",
        "version": 2,
        "day": "2026-11-25",
        "kind": "closure",
    }
    assert (entry.entered_by, entry.source) == ("system:test", "nhập tay")


def test_an_act_that_is_undone_leaves_nothing_in_what_is_counted_by() -> None:
    """The next act gets the same number of a version, and says something else."""
    calendar = found()
    with suppress(ZeroDivisionError), transaction.atomic():
        enter(calendar)
        assert not queries.working_calendar().is_working_day(STORM.day)
        raise ZeroDivisionError
    enter(calendar, replace(STORM, day=date(2026, 11, 26)))
    after = queries.working_calendar()
    assert after.version == "tinh@2"
    assert [after.is_working_day(date(2026, 11, day)) for day in (25, 26)] == [True, False]


def test_a_withdrawn_day_still_holds_in_its_versions() -> None:
    calendar = found()
    entry = enter(calendar)
    services.withdraw_day(entry.uuid, reason="Bão tan", actor=TU, at=AT, expected_version=2)
    assert queries.working_calendar().is_working_day(STORM.day)
    assert calendar.days.in_force(2).get() == entry
    assert not calendar.days.in_force(1).exists()
    assert not calendar.days.in_force(3).exists()
    enter(calendar)
    assert not queries.working_calendar().is_working_day(STORM.day)


def test_an_agency_adds_its_days_to_those_of_the_province() -> None:
    enter(found())
    own = found("xa-a", agency=7)
    enter(own, DayFacts(date(2026, 11, 26), DayKind.CLOSURE, "Dời trụ sở"))
    calendar = queries.working_calendar(7)
    assert calendar.version == "tinh@2+xa-a@2"
    assert not calendar.is_working_day(date(2026, 11, 25))
    assert not calendar.is_working_day(date(2026, 11, 26))
    assert queries.working_calendar(8).version == "tinh@2"


def test_hours_set_again_count_in_the_later_version() -> None:
    calendar = found()
    week: Week = (OFFICE[:1],) * 5 + ((), ())
    services.set_hours(
        calendar.uuid,
        valid_from=date(2026, 12, 1),
        week=week,
        actor=TU,
        at=AT,
        expected_version=1,
    )
    working = queries.working_calendar()
    assert working.shifts_on(date(2026, 11, 30)) == OFFICE
    assert working.shifts_on(date(2026, 12, 1)) == OFFICE[:1]


def test_a_visitor_may_not_edit() -> None:
    calendar = found()
    with pytest.raises(PermissionMissing):
        services.enter_day(calendar.uuid, facts=STORM, actor=HUNG, at=AT, expected_version=1)
    assert not SpecialDay.objects.exists()
    assert not Event.objects.filter(kind="calendars.day_entered").exists()


def test_a_stale_page_changes_nothing() -> None:
    calendar = found()
    enter(calendar)
    with pytest.raises(StaleVersion):
        services.enter_day(calendar.uuid, facts=STORM, actor=TU, at=AT, expected_version=1)
    assert SpecialDay.objects.count() == 1


def test_a_day_is_entered_once() -> None:
    calendar = found()
    enter(calendar)
    with pytest.raises(DayAlreadyEntered):
        enter(calendar, DayFacts(STORM.day, DayKind.HOLIDAY, "Khác"))
    calendar.refresh_from_db()
    assert (SpecialDay.objects.count(), calendar.version) == (1, 2)


def test_a_day_is_withdrawn_once_and_with_a_reason() -> None:
    entry = enter(found())
    with pytest.raises(ReasonMissing):
        services.withdraw_day(entry.uuid, reason=" ", actor=TU, at=AT, expected_version=2)
    services.withdraw_day(entry.uuid, reason="Bão tan", actor=TU, at=AT, expected_version=2)
    with pytest.raises(DayAlreadyWithdrawn):
        services.withdraw_day(entry.uuid, reason="Lại", actor=TU, at=AT, expected_version=3)
    assert Event.objects.filter(kind="calendars.day_withdrawn").count() == 1


def test_an_unnamed_day_is_refused() -> None:
    calendar = found()
    with pytest.raises(ReasonMissing):
        enter(calendar, DayFacts(STORM.day, DayKind.CLOSURE, " "))
    assert not SpecialDay.objects.exists()


def test_what_does_not_exist_is_not_edited() -> None:
    missing = Calendar().uuid
    with pytest.raises(CalendarUnknown):
        services.adopt(missing, days=[], sources=(), actor=TU, at=AT)
    with pytest.raises(DayUnknown):
        services.withdraw_day(missing, reason="x", actor=TU, at=AT, expected_version=1)


def test_the_province_has_one_calendar() -> None:
    found()
    with pytest.raises(CalendarCodeTaken):
        found("khac")
    assert Calendar.objects.count() == 1


@pytest.mark.parametrize("week", [((),) * 7, (((600, 500),),) * 7, (OFFICE,) * 5])
def test_hours_that_cannot_be_worked_are_refused(week: Week) -> None:
    with pytest.raises(HoursInvalid):
        found(week=week)
    assert not WorkingHours.objects.exists()


def test_national_days_are_adopted_once_and_as_one_version() -> None:
    calendar = found()
    days = national_days(2020, 2027)
    entered = services.adopt(calendar.uuid, days=days, sources={SOURCE}, actor=TU, at=AT)
    assert entered == (len(days), 0)
    assert services.adopt(calendar.uuid, days=days, sources={SOURCE}, actor=TU, at=AT) == (0, 0)
    calendar.refresh_from_db()
    assert calendar.version == 2
    working = queries.working_calendar()
    assert working.note_on(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert working.is_working_day(date(2026, 1, 10))
    assert not working.is_working_day(date(2026, 1, 2))
    assert working.is_working_day(date(2025, 4, 26))
    swap = SpecialDay.objects.get(day=date(2026, 1, 2))
    assert not swap.verified
    with translation.override("en"):
        assert SpecialDay.objects.get(day=date(2026, 9, 2)).title == "National Day"
        assert "(in place of 22/08/2026)" in SpecialDay.objects.get(day=date(2026, 8, 31)).title
        january = queries.year_view(calendar, 2026)[0]
        assert "New Year's Day" in {cell.note for week in january.weeks for cell in week if cell}


def test_a_shorter_list_withdraws_what_it_gave_and_leaves_what_was_typed() -> None:
    calendar = found()
    enter(calendar)
    days = national_days(2026, 2026)
    services.adopt(calendar.uuid, days=days, sources={SOURCE}, actor=TU, at=AT)
    shorter = [facts for facts in days if facts.day != date(2026, 11, 24)]
    assert services.adopt(calendar.uuid, days=shorter, sources={SOURCE}, actor=TU, at=AT) == (0, 1)
    working = queries.working_calendar()
    assert working.is_working_day(date(2026, 11, 24))
    assert not working.is_working_day(STORM.day)


def test_the_year_view_counts_working_days() -> None:
    calendar = found()
    services.adopt(calendar.uuid, days=national_days(2026, 2026), sources={SOURCE}, actor=TU, at=AT)
    months = queries.year_view(calendar, 2026)
    november = months[10]
    assert november.working_days == 20
    cell = next(cell for week in november.weeks for cell in week if cell and cell.day.day == 24)
    assert (cell.note, cell.kind, cell.is_working) == ("Ngày Văn hóa Việt Nam", "holiday", False)
