from __future__ import annotations

from typing import Any

import pytest

from tinhso.calendars import pack, queries
from tinhso.calendars.models import Calendar, SpecialDay
from tinhso.calendars.tests.test_editing import AT, TU
from tinhso.packs.sources import Case, Document, PackHeader, Source

YEAR = {
    "name": "Lịch làm việc của tỉnh",
    "valid_from": "2020-01-01",
    "hours": {key: ["07:30-11:30", "13:00-17:00"] for key in pack.WEEKDAY_KEYS[:5]},
    "national_days": {"from": 2026, "to": 2026},
    "days": [{"date": "2026-12-24", "kind": "closure", "name": "Nghỉ tránh bão"}],
}


def source(**changes: Any) -> Source:
    document = Document("calendars/tinh.yaml", {**YEAR, **changes}, {})
    header = PackHeader("tinh-thu", "Thử", "1", (), (), document)
    return Source(header, "calendar", "tinh", "1", document, {}, "x")


def case(due_at: str, unit: str = "working_days") -> Case:
    return Case(
        "thử",
        {"received_at": "2026-11-20T09:00"},
        {"amount": 2, "unit": unit},
        {"due_at": due_at},
        source().document,
        ("cases", 0),
    )


@pytest.mark.django_db
def test_a_pack_founds_the_calendar_and_applies_once() -> None:
    assert [change.after for change in pack.diff(source())] == ["Lịch làm việc của tỉnh"]
    applied = pack.apply(source(), at=AT, actor=TU)
    assert applied.created == SpecialDay.objects.count() + 1
    assert pack.diff(source()) == []
    assert pack.apply(source(), at=AT, actor=TU).created == 0
    calendar = Calendar.objects.get()
    assert (calendar.code, calendar.version) == ("tinh", 2)


@pytest.mark.django_db
def test_a_later_pack_changes_hours_and_withdraws_days() -> None:
    pack.apply(source(), at=AT, actor=TU)
    later = source(days=[], hours={"monday": ["08:00-12:00"]})
    assert [change.where for change in pack.diff(later)] == ["giờ làm việc", "24/12/2026"]
    applied = pack.apply(later, at=AT, actor=TU)
    assert (applied.created, applied.changed, applied.ended) == (0, 1, 1)
    working = queries.working_calendar()
    assert working.working_minutes(AT, AT.replace(day=29)) == 240


def test_dates_and_hours_that_are_none_are_named() -> None:
    assert pack.check(source()) == []
    days = [{"date": "2026-02-30", "kind": "closure", "name": "x"}] * 2
    wrong = source(days=days, hours={"monday": ["12:00-08:00"]})
    assert len(pack.check(wrong)) == 4
    [no_day] = pack.check(source(valid_from="2020-13-41"))
    assert "2020-13-41" in no_day.found
    [no_hours] = pack.check(source(hours={"monday": []}))
    assert "không có giờ làm việc" in no_hours.found
    [no_years] = pack.check(source(national_days={"from": 2030, "to": 2027}))
    assert "2030" in no_years.found


def test_a_case_is_counted_without_database() -> None:
    assert pack.run_case(source(), case("2026-11-25T17:00")) == []
    assert [problem.found for problem in pack.run_case(source(), case("2026-11-24T17:00"))] == [
        "hạn là 2026-11-25 17:00"
    ]
    assert pack.run_case(source(), case("2026-11-24T17:00", unit="tuần"))
