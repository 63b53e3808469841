"""A fact table over the log itself: one row an event of a probe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from tinhso.events.kinds import kinds
from tinhso.events.models import Event
from tinhso.events.tests import factories
from tinhso.warehouse.declaring import Column, ColumnType, FactTable, registry

GONE: set[str] = set()
"""Subjects that the table no longer has."""


def _subjects(events: Sequence[Event]) -> set[UUID]:
    return {event.subject for event in events}


def _rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    events = Event.objects.filter(kind="probe.probed").order_by("id")
    if subjects is not None:
        events = events.filter(subject__in=subjects)
    for event in events:
        if str(event.subject) not in GONE:
            yield (
                str(event.uuid),
                str(event.subject),
                event.at.date(),
                event.agency,
                event.payload["count"],
            )


def _total(column: str) -> int:
    events = [e for e in Event.objects.filter(kind="probe.probed") if str(e.subject) not in GONE]
    return sum(e.payload[column] for e in events) if column else len(events)


PROBES = FactTable(
    code="probe.probes",
    name="Thử",
    grain="một lần thử",
    key="uuid",
    subject="subject",
    day="day",
    agency="agency",
    columns=(
        Column("uuid", ColumnType.STRING, "Mã"),
        Column("subject", ColumnType.STRING, "Đối tượng"),
        Column("day", ColumnType.DATE, "Ngày"),
        Column("agency", ColumnType.INTEGER, "Cơ quan"),
        Column("count", ColumnType.INTEGER, "Số lần", unit="lần"),
    ),
    kinds=("probe.",),
    subjects=_subjects,
    rows=_rows,
    total=_total,
)


@pytest.fixture
def probes(tmp_path: Path) -> Iterator[FactTable]:
    GONE.clear()
    factories.declare()
    registry.register(PROBES.code, PROBES)
    with override_settings(WAREHOUSE=tmp_path / "warehouse"):
        yield PROBES
    registry._entries.pop(PROBES.code)
    kinds._entries.pop("probe.probed", None)
