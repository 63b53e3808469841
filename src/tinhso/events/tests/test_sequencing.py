from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tinhso.events import health, sequencing
from tinhso.events.models import Event, Position, Unplaced
from tinhso.events.tests.factories import (
    Interrupted,
    event,
    insert,
    interrupt,
    place_all,
    second_connection,
)
from tinhso.kernel.health import State


def places() -> list[tuple[int, int]]:
    return list(Position.objects.order_by("position").values_list("position", "event_id"))


@pytest.mark.django_db
def test_positions_are_gapless_and_given_once() -> None:
    made = [event(n).pk for n in range(5)]
    assert sequencing.place(limit=3) == 3
    assert sequencing.place() == 2
    assert sequencing.place() == 0
    assert places() == list(zip(range(1, 6), made, strict=True))
    assert not Unplaced.objects.exists()


@pytest.mark.django_db
def test_a_rolled_back_event_leaves_no_gap() -> None:
    event()
    with suppress(Interrupted), transaction.atomic():
        event()
        interrupt()
    last = event()
    sequencing.place()
    assert places()[-1] == (2, last.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_elsewhere_loses_nothing() -> None:
    with second_connection() as other:
        early = insert(other)  # lower id, commits last
        late = event()
        assert early < late.pk
        sequencing.place()
        assert places() == []  # placing `late` now would let a reader pass over `early`
        other.commit()
        place_all()
    assert places() == [(1, early), (2, late.pk)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_cause_stands_before_effect() -> None:
    """Written by A, seen by B: B's transaction began earlier, so its number is the lower one."""
    with second_connection() as b, second_connection() as c:
        b.execute("SELECT pg_current_xact_id()")
        c.execute("SELECT pg_current_xact_id()")
        cause = event()
        effect = insert(b)
        b.commit()
        sequencing.place()
        assert places() == []  # the horizon, held by C, lies between B and A
        c.commit()
        place_all()
    assert places() == [(1, cause.pk), (2, effect)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_reader_of_the_server_holds_nothing_back() -> None:
    with second_connection() as other:
        other.execute("SELECT count(*) FROM events_event")
        event()
        place_all()
        assert len(places()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_sequencers_place_each_event_once() -> None:
    event()
    with second_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sequencing._LOCK])
        assert sequencing.place() == 0
    place_all()
    assert len(places()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_age_of_the_horizon_is_on_the_health_page() -> None:
    with second_connection() as other:
        insert(other)
        event()
        other.execute("SELECT pg_sleep(0.05)")
        found = sequencing.horizon()
        assert found.waiting == 1
        assert timedelta(seconds=0.05) < found.writer_age < timedelta(seconds=30)
        answer = health.horizon()
        assert answer.state is State.OK
        assert isinstance(answer.value, float)
    place_all()
    assert sequencing.horizon().waiting == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "state"), [(0, State.OK), (61, State.WARNING), (601, State.FAILED)]
)
def test_an_old_horizon_is_said(seconds: int, state: State) -> None:
    event()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_unplaced SET since = clock_timestamp() - %s * interval '1 s'", [seconds]
        )
    assert health.horizon().state is state


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_restored_log_goes_on() -> None:
    """The old server had counted transactions further than the new one."""
    event()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_unplaced SET xid = '9000000000000'")
    assert sequencing.place() == 0
    assert sequencing.restamp() == 1
    place_all()
    assert len(places()) == 1
    assert Event.objects.count() == 1
