"""Facts made up by DuckDB, by the million, in the very files that the warehouse reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tinhso.warehouse import files, syncing
from tinhso.warehouse.engines import engine

if TYPE_CHECKING:
    from tinhso.warehouse.declaring import FactTable

AGENCIES, MONTHS, DAYS = 250, 25, 760
FIRST_DAY = "DATE '2024-01-01'"
_UUID = "format('{:08x}-0000-4000-8000-000000000000', i)"
_OF_STEP = "format('{:08x}-0000-4000-8000-000000000000', i // 5)"
_DAY = f"{FIRST_DAY} + CAST(hash(i) % {DAYS} AS INTEGER)"
_TAKES = "CAST(hash(i + 1) % 30 AS INTEGER)"

DOSSIERS = {
    "uuid": _UUID,
    "received_on": _DAY,
    "submitted_on": _DAY,
    "due_on": f"{_DAY} + 15",
    "finished_on": f"{_DAY} + {_TAKES}",
    "agency": f"1 + hash(i + 2) % {AGENCIES}",
    "procedure": "'1.' || lpad(CAST(hash(i + 3) % 1600 AS VARCHAR), 6, '0')",
    "channel": "CASE WHEN hash(i + 4) % 100 < 47 THEN 'national' ELSE 'counter' END",
    "is_online": "hash(i + 4) % 100 < 47",
    "is_received": "true",
    "is_cancelled": "false",
    "is_imported": "false",
    "is_settled": "hash(i + 5) % 100 < 96",
    "state": "CASE WHEN hash(i + 5) % 100 < 96 THEN 'handed_over' ELSE 'in_process' END",
    "is_on_time": f"CASE WHEN hash(i + 5) % 100 < 96 THEN {_TAKES} <= 15 END",
    "working_minutes": f"CASE WHEN hash(i + 5) % 100 < 96 THEN {_TAKES} * 450 + hash(i + 6) % 450 END",
}
STEPS = {
    "key": "CAST(i AS VARCHAR)",
    "dossier": _OF_STEP,
    "ordinal": "1 + i % 5",
    "agency": f"1 + hash(i // 5 + 2) % {AGENCIES}",
    "name": "'step ' || CAST(i % 5 AS VARCHAR)",
    "node": "'node_' || CAST(i % 5 AS VARCHAR)",
    "opened_on": f"{FIRST_DAY} + CAST(hash(i // 5) % {DAYS} AS INTEGER)",
    "closed_on": f"{FIRST_DAY} + CAST(hash(i // 5) % {DAYS} AS INTEGER) + 1",
    "is_open": "false",
    "is_imported": "false",
    "working_minutes": "hash(i + 7) % 900",
}
_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def fill(table: FactTable, told: dict[str, str], rows: int) -> str:
    """Write so many rows as the one base file of the table; its place as SQL reads it. Columns not told are null."""
    columns = ", ".join(
        f'CAST({told.get(column.name, "NULL")} AS {_TYPES[column.type]}) AS "{column.name}"'
        for column in table.columns
    )
    marks = f"0::BIGINT AS {files.POSITION}, false AS {files.DELETED}"
    with files.new_place(table) as place:
        engine().backend.raw_sql(
            f"COPY (SELECT {columns}, {marks} FROM range({rows}) t(i))"
            f" TO '{place.with_suffix('.part')}' (FORMAT parquet, COMPRESSION zstd)"
        )
        written = files.settle(table, place, rows, is_base=True)
    with syncing.alone(table):
        syncing.publish(table, syncing.end_of_log(), timezone.now(), [written], replaces=True)
    return f"read_parquet('{files.path_of(written)}')"
