from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection

from tinhso.events import sequencing
from tinhso.events.bulk import bulk
from tinhso.events.models import Event, Position
from tinhso.events.services import prepare
from tinhso.events.tests.factories import AT, CLERK, PROBED, Interrupted, interrupt

pytestmark = pytest.mark.django_db
KEY = UUID("00000000-0000-4000-8000-000000000002")


def prepared(count: int) -> list[Event]:
    return [
        prepare(PROBED, subject=KEY, actor=CLERK, at=AT, payload={"count": n}) for n in range(count)
    ]


def test_rows_go_in_by_copy_and_one_event_says_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE probe_rows (name text, facts jsonb)")
    with bulk("demo", actor=CLERK, at=AT, subject=KEY) as writing:
        assert writing.copy("probe_rows", ["name", "facts"], [("a", {"x": 1}), ("b", {})]) == 2
    said = Event.objects.get()
    assert (said.kind, said.subject, said.actor) == ("events.bulk_written", KEY, "system:clerk")
    assert said.payload == {"reason": "demo", "rows": 2, "tables": ["probe_rows"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, facts->>'x' FROM probe_rows ORDER BY name")
        assert cursor.fetchall() == [("a", "1"), ("b", None)]


def test_copied_events_are_placed_like_any_other() -> None:
    with bulk("demo", actor=CLERK, at=AT) as writing:
        writing.copy_events(prepared(3))
    assert sequencing.place() == 4
    kinds = Position.objects.order_by("position").values_list("event__kind", flat=True)
    assert list(kinds) == ["probe.probed"] * 3 + ["events.bulk_written"]
    assert [e.payload["count"] for e in Event.objects.filter(subject=KEY).order_by("id")] == [
        0,
        1,
        2,
    ]


def test_nothing_written_is_not_recorded() -> None:
    with bulk("demo", actor=CLERK, at=AT):
        pass
    assert not Event.objects.exists()


def test_a_failed_bulk_leaves_nothing() -> None:
    with suppress(Interrupted), bulk("demo", actor=CLERK, at=AT) as writing:
        writing.copy_events(prepared(3))
        interrupt()
    assert not Event.objects.exists()


def test_rows_that_ask_the_database_are_refused_rather_than_waited_for_for_ever() -> None:
    lazy: Iterator[tuple[str, dict[str, int]]] = (
        (str(Event.objects.count()), {}) for _row in range(2)
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE probe_lazy (name text, facts jsonb)")
    with (
        pytest.raises(RuntimeError, match="ask before it begins"),
        bulk("demo", actor=CLERK, at=AT, subject=KEY) as writing,
    ):
        writing.copy("probe_lazy", ["name", "facts"], lazy)
    assert not Event.objects.exists()
