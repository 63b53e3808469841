from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest

from tinhso.events import readers, sequencing
from tinhso.events.events import EXPORTED
from tinhso.events.models import Checkpoint, Event
from tinhso.events.readers import Reader
from tinhso.events.services import record
from tinhso.events.tests.factories import (
    AT,
    CLERK,
    Interrupted,
    event,
    interrupt,
    place_all,
    second_connection,
)

READER = Reader("probe")


def read(reader: Reader = READER, limit: int = 500) -> list[int]:
    with reader.batch(limit) as events:
        return [found.payload.get("count", -1) for found in events]


@pytest.mark.django_db
def test_it_gives_every_event_once_in_order() -> None:
    for n in range(5):
        event(n)
    assert read() == []  # without a place it is not in the log
    sequencing.place()
    assert read(limit=2) == [0, 1]
    assert READER.behind() == 3
    assert read() == [2, 3, 4]
    assert read() == []
    assert read(Reader("another")) == [0, 1, 2, 3, 4]


@pytest.mark.django_db
def test_positions_come_along() -> None:
    event()
    sequencing.place()
    with READER.batch() as events:
        assert [found.position for found in events] == [1]


@pytest.mark.django_db
def test_a_failed_effect_is_given_again() -> None:
    event(1)
    sequencing.place()
    with suppress(Interrupted), READER.batch() as events:
        assert len(events) == 1
        interrupt()
    assert read() == [1]


@pytest.mark.django_db
def test_kinds_are_chosen_while_the_mark_moves_over_all() -> None:
    event(1)
    record(EXPORTED, subject=event(2).uuid, actor=CLERK, at=AT, payload={"rows": 1})
    sequencing.place()
    reader = Reader("exports", frozenset({EXPORTED.code}))
    with reader.batch() as events:
        assert [found.kind for found in events] == [EXPORTED.code]
    assert reader.behind() == 0


@pytest.mark.django_db
def test_behind_the_last_that_was_given_the_mark_does_not_go() -> None:
    for n in range(3):
        record(EXPORTED, subject=event(n).uuid, actor=CLERK, at=AT, payload={"rows": n})
    sequencing.place()
    reader = Reader("exports", frozenset({EXPORTED.code}))
    for n in range(3):
        with reader.batch(1) as events:
            assert [found.payload["rows"] for found in events] == [n]
    assert reader.behind() == 0


@pytest.mark.django_db
def test_what_happened_before_is_passed_over_a_window_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readers, "LOOKED_AT", 2)
    for n in range(5):
        event(n, at=AT - timedelta(days=1))
    event(5)
    sequencing.place()
    reader = Reader("new", since=AT)
    assert [read(reader), reader.behind()] == [[], 4]
    assert [read(reader), reader.behind()] == [[], 2]
    assert read(reader) == [5]


@pytest.mark.django_db
def test_it_can_be_set_behind_all_that_has_a_place() -> None:
    event(1)
    sequencing.place()
    event(2)
    READER.pass_over()
    assert read() == []
    sequencing.place()
    assert read() == [2]


@pytest.mark.django_db
def test_drain_says_whether_more_waits() -> None:
    for n in range(3):
        event(n)
    sequencing.place()
    given: list[int] = []

    def effect(events: Sequence[Event]) -> None:
        given.extend(found.payload["count"] for found in events)

    assert READER.drain(effect, limit=2) is True
    assert READER.drain(effect, limit=2) is False
    assert given == [0, 1, 2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_processes_never_read_the_same_batch() -> None:
    event(1)
    place_all()
    read(limit=0)
    with second_connection() as other:
        other.execute("SELECT * FROM events_checkpoint WHERE reader = 'probe' FOR UPDATE")
        assert read() == []
    assert read() == [1]
    assert Checkpoint.objects.get().position == 1
