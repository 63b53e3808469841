"""The evening: counted, explained, closed; reopened by the head alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tinhso.counter import services
from tinhso.counter.errors import (
    ClosingUnknown,
    CountsInvalid,
    DayClosed,
    DayNotCome,
    DayNotOver,
    DayReopened,
    ReasonMissing,
)
from tinhso.counter.models import ClosingLine, DayClosing, DayReopening
from tinhso.counter.queries.days import closed_in_words, late_days, system_counts
from tinhso.counter.services.days import Counted, plan_close
from tinhso.counter.tests.factories import brought
from tinhso.dossiers.models import Channel, Dossier, Procedure
from tinhso.dossiers.services.interrupting import cancel_receipt
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

DAY = date(2026, 9, 14)
EVENING = AT + timedelta(hours=9)


def key_of(code: str) -> int:
    return Procedure.objects.get(code=code).pk


def came(house: Desk, number: int = 2) -> None:
    """So many dossiers on paper at the commune's desk."""
    for _ in range(number):
        brought(house)


def closed(house: Desk, paper: int = 2, why: str = "") -> DayClosing:
    counted = {key_of(MARRIAGE): Counted(paper, why)}
    return services.close_day(house.commune.pk, DAY, counted, actor=house.clerk, at=EVENING)


def nothing_happened() -> bool:
    events = Event.objects.filter(kind__startswith="counter.")
    return not DayClosing.objects.exists() and not events.exists()


def test_before_work_ends_it_takes_that_one_knows_it(desk: Desk) -> None:
    early = EVENING - timedelta(minutes=1)
    by: dict[str, Any] = {"actor": desk.clerk, "at": early}
    with pytest.raises(DayNotOver) as refused:
        services.close_day(desk.commune.pk, DAY, {}, **by)
    assert "17:00" in str(refused.value)
    assert nothing_happened()
    assert services.close_day(desk.commune.pk, DAY, {}, **by, early=True).at == early


def test_who_receives_into_a_closed_day_is_told(desk: Desk) -> None:
    assert closed_in_words(desk.commune.pk, EVENING) == ""
    services.close_day(desk.commune.pk, DAY, {}, actor=desk.clerk, at=EVENING)
    assert "đã khóa lúc 17:00" in closed_in_words(desk.commune.pk, EVENING)
    assert closed_in_words(desk.construction.pk, EVENING) == ""
    assert closed_in_words(desk.commune.pk, EVENING + timedelta(days=1)) == ""


def test_equal_counts_close_the_day(desk: Desk) -> None:
    came(desk)
    closing = closed(desk)
    assert (closing.paper, closing.system, closing.ordinal) == (2, 2, 1)
    assert (closing.at, closing.actor) == (EVENING, desk.clerk.key)
    event = Event.objects.get(kind="counter.day_closed")
    assert event.payload == {"day": "2026-09-14", "paper": 2, "system": 2, "differences": 0}


@pytest.mark.parametrize("paper", [1, 3])
def test_a_difference_must_be_explained(desk: Desk, paper: int) -> None:
    came(desk)
    with pytest.raises(CountsInvalid) as refusal:
        closed(desk, paper, "  ")
    assert list(refusal.value.errors) == [str(key_of(MARRIAGE))]
    assert nothing_happened()
    line = closed(desk, paper, "Một bản giấy để quên ở xã").lines.get()
    assert (line.difference, line.explanation) == (paper - 2, "Một bản giấy để quên ở xã")


def test_every_procedure_of_the_day_must_be_counted(desk: Desk) -> None:
    came(desk)
    with pytest.raises(CountsInvalid):
        services.close_day(desk.commune.pk, DAY, {}, actor=desk.clerk, at=EVENING)
    assert nothing_happened()


def test_papers_that_the_system_does_not_know_are_a_difference_too(desk: Desk) -> None:
    counted = {key_of(BUILDING): Counted(1, "Nhận hộ, chưa nhập")}
    closing = services.close_day(desk.commune.pk, DAY, counted, actor=desk.clerk, at=EVENING)
    assert (closing.paper, closing.system) == (1, 0)


@pytest.mark.parametrize("channel", [Channel.NATIONAL, Channel.HELPER])
def test_what_came_on_line_has_no_paper(desk: Desk, channel: Channel) -> None:
    Dossier.objects.filter(pk=brought(desk).pk).update(channel=channel)
    assert system_counts(desk.commune.pk, DAY) == {}


def test_a_receipt_that_was_a_mistake_is_not_counted(desk: Desk) -> None:
    dossier = brought(desk)
    cancel_receipt(dossier.uuid, actor=desk.clerk, reason="Nhận nhầm", at=AT)
    assert system_counts(desk.commune.pk, DAY) == {}


def test_a_closed_day_is_not_closed_twice(desk: Desk) -> None:
    came(desk)
    closed(desk)
    with pytest.raises(DayClosed):
        closed(desk)
    assert DayClosing.objects.count() == 1


def test_a_day_to_come_is_not_closed(desk: Desk) -> None:
    with pytest.raises(DayNotCome):
        services.close_day(
            desk.commune.pk, DAY + timedelta(days=1), {}, actor=desk.clerk, at=EVENING
        )
    assert nothing_happened()


def test_only_the_head_reopens_and_says_why(desk: Desk) -> None:
    came(desk)
    closing = closed(desk)
    with pytest.raises(NotAllowed):
        services.reopen_day(closing.uuid, reason="Sai", actor=desk.clerk, at=EVENING)
    with pytest.raises(ReasonMissing):
        services.reopen_day(closing.uuid, reason=" ", actor=desk.head, at=EVENING)
    with pytest.raises(ClosingUnknown):
        services.reopen_day(closing.uuid, reason="Sai", actor=desk.outsider, at=EVENING)
    assert not DayReopening.objects.exists()

    services.reopen_day(closing.uuid, reason="Đếm sót", actor=desk.head, at=EVENING)
    with pytest.raises(DayReopened):
        services.reopen_day(closing.uuid, reason="Đếm sót", actor=desk.head, at=EVENING)
    again = closed(desk)
    assert (again.ordinal, DayClosing.objects.count()) == (2, 2), "what was closed stays"


def test_an_officer_elsewhere_may_not_close(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        services.close_day(desk.commune.pk, DAY, {}, actor=desk.province_clerk, at=EVENING)
    assert nothing_happened()


def test_the_database_holds_no_unexplained_difference(desk: Desk) -> None:
    came(desk)
    closing = closed(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingLine.objects.create(
            closing=closing, procedure_id=key_of(BUILDING), paper=1, system=0
        )


def test_days_that_nobody_closed_are_late(desk: Desk) -> None:
    came(desk)
    friday = EVENING + timedelta(days=4)
    late = late_days(desk.head, at=friday)
    assert [row.day.day for row in late] == [14, 15, 16, 17], "each working day since, not today"
    assert [row.working_days for row in late] == [4, 3, 2, 1]
    assert [row.system for row in late] == [2, 0, 0, 0]
    closed(desk)
    assert [row.day.day for row in late_days(desk.head, at=friday)] == [15, 16, 17]
    assert late_days(desk.outsider, at=friday) == []


@pytest.mark.slow
def test_a_day_that_changed_after_it_was_closed_is_shown(desk: Desk) -> None:
    came(desk)
    closed(desk)
    came(desk, 1)
    (late,) = late_days(desk.head, at=EVENING + timedelta(days=1))
    assert (late.day, late.closed, late.system) == (DAY, 2, 3)
    (at_once,) = late_days(desk.head, at=EVENING)
    assert (at_once.day, at_once.working_days) == (DAY, 0), "the same evening, too"


counts = st.dictionaries(st.integers(1, 5), st.integers(0, 20))


@pytest.mark.slow
@given(
    counted=st.dictionaries(
        st.integers(1, 5), st.builds(Counted, st.integers(0, 20), st.sampled_from(["", " ", "Vì"]))
    ),
    system=counts,
)
def test_what_closes_is_counted_whole_and_explained(
    counted: dict[int, Counted], system: dict[int, int]
) -> None:
    lines, troubles = plan_close(counted, system)
    assert {line.procedure_id for line in lines} | set(troubles) == {*counted, *system}
    assert all(line.difference == 0 or line.explanation.strip() for line in lines)
    if not troubles:
        assert sum(line.system for line in lines) == sum(system.values())
