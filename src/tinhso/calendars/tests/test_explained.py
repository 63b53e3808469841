"""Every line that a due date may be explained by is understood, and comes out in English."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from tinhso.calendars.clock import OFFICIAL_ZONE
from tinhso.calendars.deadlines import Term, Unit, due, resume
from tinhso.calendars.explained import in_english, told
from tinhso.calendars.models import DayKind
from tinhso.calendars.national import DayFacts, national_days
from tinhso.calendars.tests.factories import WEEK
from tinhso.calendars.tests.test_editing import enter, found
from tinhso.calendars.working_time import WorkingCalendar
from tinhso.ui.languages import LETTERS

DAYS = national_days(2020, 2027)
NAMES = {facts.name: facts.name_en for facts in DAYS}
CALENDAR = WorkingCalendar(
    version="test@1",
    hours=WEEK,
    holidays={facts.day: facts.name for facts in DAYS if facts.kind != DayKind.SWAP_WORK},
    swap_working_days={facts.day: facts.name for facts in DAYS if facts.kind == DayKind.SWAP_WORK},
)
SAME_DAY = Term(1, Unit.WORKING_DAYS, time(15))
terms = st.builds(Term, st.integers(1, 90), st.sampled_from(Unit)) | st.just(SAME_DAY)
moments = st.builds(
    partial(datetime.combine, tzinfo=OFFICIAL_ZONE),
    st.dates(date(2023, 1, 1), date(2026, 6, 30)),
    st.times(),
)


def both(lines: list[str]) -> list[str]:
    """The lines in English; each was understood."""
    found = [in_english(line, NAMES) for line in lines]
    assert None not in found, dict(zip(lines, found, strict=True))
    return [text for text in found if text]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
@given(moments, terms)
@example(datetime(2026, 1, 31, 10, tzinfo=OFFICIAL_ZONE), Term(1, Unit.MONTHS))
@example(datetime(2026, 9, 14, 14, 59, tzinfo=OFFICIAL_ZONE), SAME_DAY)
@example(datetime(2026, 9, 14, 15, 1, tzinfo=OFFICIAL_ZONE), SAME_DAY)
@example(datetime(2026, 9, 13, 9, tzinfo=OFFICIAL_ZONE), SAME_DAY)
def test_each_line_comes_out_in_english_whatever_page_it_was_worked_out_on(
    language: str, received_at: datetime, term: Term
) -> None:
    with translation.override(language):
        lines = [str(line) for line in due(CALENDAR, received_at, term).lines]
    for line, english in zip(lines, both(lines), strict=True):
        assert not LETTERS.search(english), english
        assert line.partition("/")[0][-2:].lstrip("0") in english


@pytest.mark.slow
@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_so_does_a_pause(at: datetime, pause: timedelta) -> None:
    appointed = due(CALENDAR, at, Term(5, Unit.WORKING_DAYS)).at
    lines = [str(line) for line in resume(CALENDAR, appointed, at, at + pause).lines]
    assert not any(LETTERS.search(line) for line in both(lines))


@pytest.mark.django_db
def test_a_name_without_english_leaves_the_line_as_it_was_written() -> None:
    calendar = found()
    for day, english in ((2, "Founding day"), (3, "")):
        enter(
            calendar,
            DayFacts(
                date(2026, 9, day), DayKind.HOLIDAY, f"Lễ {day}", source="thử", name_en=english
            ),
        )
    kept = [f"Thứ Tư 02/09/2026: không tính, Lễ {number}" for number in (2, 3)]
    assert told(kept) == kept
    with translation.override("en"):
        assert told(kept) == ["Wednesday 2 Sep 2026: not counted, Founding day", kept[1]]
