"""A recurring task opens each period once, at its start, with a day of its own; what was opened stays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worlds import begun_with
from tinhso.calendars.clock import day_of, instant
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.tasks import services
from tinhso.tasks.facts import rows, subjects, total
from tinhso.tasks.models import State, Task
from tinhso.tasks.queries.tasks import counts, given_to_see, led_to_see
from tinhso.tasks.queries.waiting import waiting
from tinhso.tasks.rhythms import Rhythm, due_in, named, period_on, periods_to_open, rhythm_of
from tinhso.tasks.services.recurring import open_periods
from tinhso.tasks.tests.factories import brought, make_offices

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

SYSTEM = SystemActor("test")
MONTHLY = """THÔNG BÁO
Số: 9/TB-UBND
ngày 04 tháng 8 năm 2025
Nhiệm vụ:
1. Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ trước ngày 25 hằng tháng.
"""


def make_standing() -> tuple[Offices, Task]:
    """Offices, and a monthly task that its lead accepted on 5 August 2025."""
    offices = make_offices()
    notice = brought(offices, MONTHLY)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=notice.at)
    task = Task.objects.get(notice=notice)
    services.accept(task.uuid, actor=offices.head, at=notice.at)
    return offices, task


@pytest.fixture
@begun_with
def standing() -> tuple[Offices, Task]:
    """A monthly task."""
    return make_standing()


def opened(task: Task, on: date) -> list[tuple[str, date | None]]:
    open_periods(actor=SYSTEM, at=instant(on, 60))
    found = Task.objects.filter(standing=task).order_by("period")
    return list(found.values_list("period", "deadline_on"))


def test_each_period_opens_once_at_its_start(standing: tuple[Offices, Task]) -> None:
    _offices, task = standing
    august = ("2025-08", date(2025, 8, 25))
    assert opened(task, date(2025, 8, 5)) == [august]
    assert opened(task, date(2025, 8, 31)) == [august]
    assert opened(task, date(2025, 9, 1)) == [august, ("2025-09", date(2025, 9, 25))]
    assert len(opened(task, date(2025, 12, 3))) == 5, "months of a stop are made up for"
    assert Event.objects.filter(kind="tasks.opened").count() == 5


def test_a_period_has_its_own_report_and_end(standing: tuple[Offices, Task]) -> None:
    offices, task = standing
    opened(task, date(2025, 8, 5))
    august = Task.objects.get(standing=task)
    assert (august.state, august.lead, august.text) == (State.ACCEPTED, task.lead, task.text)
    assert [part.agency for part in august.parts.all()] == [offices.finance]
    services.report_progress(
        august.uuid, words="Xong", percent=100, actor=offices.specialist, at=august.at
    )
    opened(task, date(2025, 9, 1))
    assert august.acts.count() == 1
    assert not Task.objects.get(period="2025-09").acts.exists()


def test_the_order_is_not_counted_beside_its_periods(standing: tuple[Offices, Task]) -> None:
    offices, task = standing
    at = instant(date(2025, 8, 26), 60)

    def seen() -> list[tuple[int | None, int]]:
        """On the board and in the inbox: how many are open, and the newest."""
        whole = [given_to_see(offices.chair, at=at), led_to_see(offices.head, at=at)]
        return [(counts(one, day_of(at))["dang-mo"], one.latest("pk").pk) for one in whole]

    assert {number for number, _ in seen()} == {1}
    opened(task, date(2025, 8, 5))
    august = Task.objects.get(standing=task)
    assert set(seen()) == {(1, august.pk)}
    assert waiting(offices.head, at=at).led_late == 1
    assert [row[0] for row in rows(None)] == [str(august.uuid)] == [str(august.uuid)] * total("")
    assert Task.objects.visible_to(offices.head, at=at).filter(pk=task.pk).exists()


def test_its_first_period_takes_its_place_among_the_facts(standing: tuple[Offices, Task]) -> None:
    _offices, task = standing
    opened(task, date(2025, 8, 5))
    august = Task.objects.get(standing=task)
    assert subjects([Event.objects.get(kind="tasks.opened")]) == {task.uuid, august.uuid}


def test_who_accepts_a_period_accepts_the_order(standing: tuple[Offices, Task]) -> None:
    offices, task = standing
    Task.objects.filter(pk=task.pk).update(state=State.ISSUED)
    opened(task, date(2025, 8, 5))
    august = Task.objects.get(standing=task)
    assert august.state == State.ISSUED
    services.accept(august.uuid, actor=offices.head, at=august.at)
    opened(task, date(2025, 9, 1))
    assert Task.objects.get(period="2025-09").state == State.ACCEPTED


def test_ended_it_opens_no_more(standing: tuple[Offices, Task]) -> None:
    offices, task = standing
    opened(task, date(2025, 8, 5))
    services.cancel(task.uuid, reason="Thôi", actor=offices.chair, at=task.at)
    assert len(opened(task, date(2025, 10, 1))) == 1


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("định kỳ hằng tháng", Rhythm.MONTHLY),
        ("trước ngày 25 hằng tháng", Rhythm.MONTHLY),
        ("hàng quý", Rhythm.QUARTERLY),
        ("định kỳ 06 tháng", Rhythm.HALF_YEARLY),
        ("hằng năm", Rhythm.YEARLY),
        ("thường xuyên", None),
        ("hằng tuần", Rhythm.WEEKLY),
        ("định kỳ hàng tuần", Rhythm.WEEKLY),
        ("thứ Năm hằng tuần", Rhythm.WEEKLY),
        ("tuần đầu hằng tháng", Rhythm.MONTHLY),
        ("", None),
    ],
)
def test_the_words_say_how_often(words: str, rhythm: Rhythm | None) -> None:
    assert rhythm_of(words) == rhythm


def test_a_short_month_ends_before_its_31st() -> None:
    february = period_on(Rhythm.MONTHLY, date(2028, 2, 10))
    assert due_in(february, "trước ngày 31 hằng tháng") == date(2028, 2, 29)
    quarter = period_on(Rhythm.QUARTERLY, date(2025, 5, 1))
    assert due_in(quarter, "hằng quý") == date(2025, 6, 30)
    assert due_in(quarter, "trước ngày 31 của quý") == date(2025, 6, 30)


WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_each_week_is_due_on_its_weekday(day: date, weekday: int) -> None:
    said = "Chủ nhật" if weekday == 6 else f"thứ {WEEKDAYS[weekday]}"
    week = period_on(Rhythm.WEEKLY, day)
    due = due_in(week, f"trước {said} hằng tuần")
    assert week.first <= day <= week.last
    assert due.weekday() == weekday
    assert week.first <= due <= week.last
    assert named(Rhythm.WEEKLY, week.code) == week


RHYTHMS = st.sampled_from(["hằng tuần", "hằng tháng", "hằng quý", "định kỳ 6 tháng", "hằng năm"])
SINCE = st.integers(0, 1200).map(lambda number: date(2024, 1, 1) + timedelta(days=number))


@given(RHYTHMS, st.integers(1, 31), SINCE, st.integers(0, 400), st.integers(0, 400))
def test_periods_follow_without_gap_however_often_one_asks(
    words: str, day: int, since: date, first: int, second: int
) -> None:
    said = f"trước ngày {day} {words}"
    middle = since + timedelta(days=first)
    end = middle + timedelta(days=second)
    before = list(periods_to_open(said, since=since, newest=None, today=middle))
    newest = before[-1].first if before else None
    after = list(periods_to_open(said, since=since, newest=newest, today=end))
    together = [*before, *after]
    at_once = list(periods_to_open(said, since=since, newest=None, today=end))
    assert together[: len(at_once)] == at_once, "at most so many at once"
    for one, following in pairwise(together):
        assert following.first == one.last + timedelta(days=1)
    for period in together:
        assert period.first <= due_in(period, said) <= period.last
        assert due_in(period, said) >= since
        assert period.first <= end
