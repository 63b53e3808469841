"""A fact table of cases that a test lays down by hand, and indicators published by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tinhso.indicators import catalogue
from tinhso.indicators.definitions import Indicator
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.warehouse.declaring import Column, ColumnType, FactTable
from tinhso.warehouse.syncing import rebuild

AT = datetime(2026, 10, 20, 3, 0, tzinfo=UTC)
LAID: list[tuple[Any, ...]] = []
"""The rows that the table has now."""
NAMES = (
    *("key", "received_on", "finished_on", "agency", "commune", "procedure", "channel"),
    *("is_online", "is_on_time", "minutes", "amount"),
)


def _rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    wanted = None if subjects is None else {str(each) for each in subjects}
    return (row for row in LAID if wanted is None or row[0] in wanted)


def _total(column: str) -> int:
    place = NAMES.index(column) if column else 0
    return sum(row[place] or 0 for row in LAID) if column else len(LAID)


def case(number: int, received_on: date, **known: Any) -> tuple[Any, ...]:
    """A row of the table; whatever is not given is null, `agency` 1."""
    given = {"key": str(uuid5(NAMESPACE_URL, str(number))), "received_on": received_on, "agency": 1}
    row = given | known
    return tuple(row.get(name) for name in NAMES)


CASES = FactTable(
    code="probe.cases",
    name="Vụ việc",
    grain="một vụ việc",
    key="key",
    subject="key",
    day="received_on",
    agency="agency",
    columns=(
        Column("key", ColumnType.STRING, "Mã"),
        Column("received_on", ColumnType.DATE, "Ngày nhận"),
        Column("finished_on", ColumnType.DATE, "Ngày xong"),
        Column("agency", ColumnType.INTEGER, "Cơ quan"),
        Column("commune", ColumnType.STRING, "Xã"),
        Column("procedure", ColumnType.STRING, "Thủ tục"),
        Column("channel", ColumnType.STRING, "Kênh"),
        Column("is_online", ColumnType.BOOLEAN, "Trực tuyến"),
        Column("is_on_time", ColumnType.BOOLEAN, "Đúng hạn"),
        Column("minutes", ColumnType.INTEGER, "Thời gian", unit="phút"),
        Column("amount", ColumnType.INTEGER, "Phí", unit="đồng"),
    ),
    kinds=("probe.",),
    subjects=lambda events: {event.subject for event in events},
    rows=_rows,
    total=_total,
    links=lambda keys: {key: f"/vu-viec/{key}/" for key in keys},
)


def lay(*rows: tuple[Any, ...]) -> None:
    """Let the table hold these rows, and bring them into the warehouse."""
    LAID[:] = rows
    rebuild(CASES, at=AT)


def publish(code: str, version: str = "1", **content: Any) -> Indicator:
    """Put a definition in force, as applying a pack does."""
    content = {"name": code, "unit": "%", "figures": [], "fact": CASES.code, **content}
    pack, _made = PackVersion.objects.get_or_create(
        pack="probe",
        version=version,
        defaults={"digest": "", "content": {}, "applied_at": AT, "applied_by": "system:test"},
    )
    PackEntry.objects.create(
        published_in=pack,
        pack="probe",
        kind=catalogue.KIND,
        code=code,
        version=version,
        digest=f"{code} {version}",
        content=content,
    )
    return catalogue.indicator(code)
