from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tinhso.events.kinds import TYPES, EventKind, kinds
from tinhso.events.models import Event, Unplaced
from tinhso.events.services import prepare, record, record_all
from tinhso.events.tests.factories import AT, CLERK, PROBED, Interrupted, event, interrupt

pytestmark = pytest.mark.django_db
KEY = UUID("00000000-0000-4000-8000-000000000001")


def test_it_appends_one_event_in_one_round_trip() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        made = event(7, subject=KEY, agency=12)
    assert len(asked) == 1
    stored = Event.objects.get()
    assert stored == made
    assert (stored.kind, stored.subject, stored.agency) == ("probe.probed", KEY, 12)
    assert (stored.actor, stored.at, stored.uuid) == ("system:clerk", AT, made.uuid)
    assert stored.payload == {"step": "one", "count": 7}


def test_the_database_notes_the_transaction() -> None:
    made = event()
    assert list(Unplaced.objects.values_list("event_id", flat=True)) == [made.pk]


def test_it_goes_back_with_the_act() -> None:
    with suppress(Interrupted), transaction.atomic():
        event()
        interrupt()
    assert (Event.objects.count(), Unplaced.objects.count()) == (0, 0)


def test_an_undeclared_kind_is_a_bug() -> None:
    with pytest.raises(LookupError):
        record(EventKind("probe.unknown", "?"), subject=KEY, actor=CLERK, at=AT)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "payload",
    [
        {"colour": "red"},
        {"step": "Một Hai"},
        {"step": "two words"},
        {"step": "x" * 101},
        {"count": "7"},
        {"count": True},
        {"step": {"nested": "x"}},
    ],
)
def test_an_undeclared_payload_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"probe\.probed"):
        record(PROBED, subject=KEY, actor=CLERK, at=AT, payload=payload)
    assert not Event.objects.exists()


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        record(PROBED, subject=KEY, actor=CLERK, at=datetime(2026, 1, 1))  # noqa: DTZ001
    assert not Event.objects.exists()


@pytest.mark.parametrize("table", ["events_event", "events_position", "events_seal"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
)
def test_the_log_cannot_be_changed(table: str, statement: str) -> None:
    event()
    column = {"events_event": "actor = 'x'", "events_position": "position = 1"}
    wanted = statement.format(table, column.get(table, "first = 1"))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(wanted)
    assert Event.objects.get().actor == "system:clerk"


def test_no_kind_admits_free_text() -> None:
    personal = {
        "name",
        "full_name",
        "email",
        "phone",
        "address",
        "note",
        "text",
        "comment",
        "birth",
    }
    typed = ["Lan Một", "0000 000 000", "lan@vidu.vn, Măng Đen", "số 1 đường Lê Lợi", ""]
    for kind in kinds.values():
        assert set(kind.payload.values()) <= set(TYPES), kind.code
        assert not personal & set(kind.payload), kind.code
        for name in kind.payload:
            for text in typed:
                with pytest.raises(ValueError, match=kind.code):
                    kind.checked({name: text})


def test_values_become_json() -> None:
    kind = EventKind("probe.all", "?", {"a": "uuid", "b": "date", "c": "date-time", "d": "array"})
    payload = {"a": KEY, "b": date(2026, 1, 2), "c": AT, "d": (KEY, 3, "x")}
    assert kind.checked(payload) == {
        "a": str(KEY),
        "b": "2026-01-02",
        "c": "2026-11-22T03:00:00+00:00",
        "d": [str(KEY), 3, "x"],
    }
    assert kind.checked({"a": None}) == {"a": None}
    assert AT.tzinfo is UTC


def test_an_unknown_payload_type_is_refused_at_declaration() -> None:
    with pytest.raises(ValueError, match="no payload type text"):
        EventKind("probe.free", "?", {"reason": "text"})


def test_many_may_be_made_by_whoever_asks_the_database_on_the_way() -> None:
    def made() -> Iterator[Event]:
        for subject in (KEY, uuid4()):
            count = Event.objects.count()
            yield prepare(PROBED, subject=subject, actor=CLERK, at=AT, payload={"count": count})

    record_all(made())
    assert Event.objects.count() == 2
