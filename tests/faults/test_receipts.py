"""Two hundred receipts at one agency at the same time: every number once, none left out, none lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from uuid import UUID

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from tinhso.dossiers import services
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.models import Alarm, Dossier, DossierKey, NumberCounter
from tinhso.dossiers.services import timing
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    SYSTEM,
    Desk,
    make_desk,
    received,
    submitted,
)
from tinhso.dossiers.tests.stages import DAY
from tinhso.events.models import Event

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
RECEIPTS = 200
AT_ONCE = 8
PAST_TERM = AT + 13 * DAY  # a term of twelve days ends at the last moment of its last day


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    del transactional_db
    return make_desk()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Officers at their desks."""
    with ThreadPoolExecutor(AT_ONCE) as made:
        yield made


@contextmanager
def own_connection() -> Iterator[None]:
    """A connection for this thread alone, given back to the pool of the process afterwards."""
    try:
        yield
    finally:
        connection.close()


def numbers() -> list[str]:
    found = Dossier.objects.filter(number__isnull=False).values_list("number", flat=True)
    return sorted(str(number) for number in found)


def expected(count: int) -> list[str]:
    return [f"H99.41-260914-{sequence:04d}" for sequence in range(1, count + 1)]


def test_numbers_are_unique_and_without_gap_and_each_receipt_is_acknowledged(
    desk: Desk, pool: ThreadPoolExecutor
) -> None:
    keys = [submitted(desk).uuid for _ in range(RECEIPTS)]

    def receive(key: UUID) -> str:
        with own_connection():
            return services.receive(key, actor=SYSTEM, at=AT).number or ""

    acknowledged = list(pool.map(receive, keys))

    assert sorted(acknowledged) == numbers() == expected(RECEIPTS)
    assert dict(Dossier.objects.values_list("uuid", "number")) == dict(
        zip(keys, acknowledged, strict=True)
    )
    assert Event.objects.filter(kind="dossiers.received").count() == RECEIPTS
    assert DossierKey.objects.filter(value__in=acknowledged).count() == RECEIPTS
    assert NumberCounter.objects.get().last == RECEIPTS


def test_receipts_that_fail_in_between_leave_no_gap(desk: Desk, pool: ThreadPoolExecutor) -> None:
    """Every fourth transaction fails after its number was given: the next one gets that number."""
    keys = [submitted(desk).uuid for _ in range(40)]

    def receive(numbered: tuple[int, UUID]) -> str:
        turn, key = numbered
        with own_connection(), transaction.atomic():
            number = services.receive(key, actor=SYSTEM, at=AT).number or ""
            if turn % 4 == 0:
                transaction.set_rollback(True)
                return ""
        return number

    acknowledged = [number for number in pool.map(receive, enumerate(keys)) if number]
    assert sorted(acknowledged) == numbers() == expected(30)
    assert NumberCounter.objects.get().last == 30


def test_one_dossier_received_by_all_at_once_is_received_once(
    desk: Desk, pool: ThreadPoolExecutor
) -> None:
    key = submitted(desk).uuid

    def receive(_turn: int) -> bool:
        with own_connection(), suppress(NotInThatState):
            services.receive(key, actor=SYSTEM, at=AT)
            return True
        return False

    assert sum(pool.map(receive, range(AT_ONCE))) == 1
    assert numbers() == expected(1)


def test_a_connection_that_is_cut_before_the_commit_has_fired_nothing(desk: Desk) -> None:
    alarm = received(desk, BUILDING).alarms.get().pk
    cut = threading.Thread(target=_fire_and_be_cut, args=(alarm,))
    cut.start()
    cut.join(30)

    assert not Event.objects.filter(kind="dossiers.timer_fired").exists()
    assert Alarm.objects.filter(pk=alarm).exists()
    timing.fire_due(actor=SYSTEM, at=PAST_TERM, limit=10)
    timing.fire_due(actor=SYSTEM, at=PAST_TERM, limit=10)
    assert Event.objects.filter(kind="dossiers.timer_fired").count() == 1


def _fire_and_be_cut(alarm: UUID) -> None:
    with own_connection(), pytest.raises(OperationalError):
        _fire_and_end_the_server(alarm)


@transaction.atomic
def _fire_and_end_the_server(alarm: UUID) -> None:
    """Fire, then end the process of the database that serves this connection, before the commit."""
    assert services.fire_timer(alarm, actor=SYSTEM, at=PAST_TERM)
    assert connection.connection is not None
    own = connection.connection.info
    with psycopg.connect(own.dsn, password=own.password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [own.backend_pid])
