"""Files of rows on the disk: Parquet, written once, complete before anybody knows their name.

A file is written beside its name, synced, renamed, and its folder synced; the manifest then names it in a transaction.
Whatever dies in between leaves a file that no manifest names: `sweep` takes it away.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings

from tinhso.kernel.os_errors import reason_of
from tinhso.warehouse.declaring import ColumnType
from tinhso.warehouse.errors import CannotWrite
from tinhso.warehouse.models import FactFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from tinhso.warehouse.declaring import FactTable

POSITION, DELETED = "_position", "_deleted"
"""The columns of every file beside the declared ones: as of which place in the log; nothing is left of the subject."""
CHUNK = 50_000  # rows held in memory while a file is written
ORPHANED = 3600.0  # seconds after which a file that no manifest names belongs to nobody on his way
_PIECE = 1 << 20


def folder(table: str) -> Path:
    """Where the files of a table lie."""
    return Path(settings.WAREHOUSE) / table


def path_of(file: FactFile) -> Path:
    """Where a file lies."""
    return folder(file.table) / file.name


def schema_of(table: FactTable) -> pa.Schema:
    """The Arrow schema of a table's files."""
    import pyarrow as pa  # noqa: PLC0415  (heavy: only who handles files pays for it)

    types = _types()
    declared = [(column.name, types[column.type]) for column in table.columns]
    return pa.schema([*declared, (POSITION, pa.int64()), (DELETED, pa.bool_())])


def columns_in(file: FactFile) -> dict[str, ColumnType]:
    """The declared columns that a file was written with."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    kinds = {kind: column for column, kind in _types().items()}
    schema = pq.read_schema(path_of(file))
    return {each.name: kinds[each.type] for each in schema if each.name not in (POSITION, DELETED)}


def _types() -> dict[ColumnType, pa.DataType]:
    import pyarrow as pa  # noqa: PLC0415

    return {
        ColumnType.STRING: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.DECIMAL: pa.float64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DATE: pa.date32(),
    }


def write(table: FactTable, rows: Iterable[tuple[Any, ...]], *, is_base: bool) -> FactFile:
    """Write rows (with position and deletion mark) to a new file; the row of the manifest, not yet stored."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema, count = schema_of(table), 0
    with new_place(table) as place:
        with pq.ParquetWriter(place.with_suffix(".part"), schema, compression="zstd") as writer:
            for chunk in _chunks(rows):
                columns = [
                    pa.array(values, type=f.type)
                    for values, f in zip(zip(*chunk, strict=True), schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
                count += len(chunk)
        return settle(table, place, count, is_base=is_base)


def settle(table: FactTable, place: Path, rows: int, *, is_base: bool) -> FactFile:
    """Give a written `.part` file its name for good; the row of the manifest, not yet stored."""
    part = place.with_suffix(".part")
    with part.open("rb") as written:
        os.fsync(written.fileno())
    digest = sha256_of(part)
    part.rename(place)
    handle = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return FactFile(
        table=table.code,
        name=place.name,
        is_base=is_base,
        rows=rows,
        size=place.stat().st_size,
        sha256=digest,
    )


@contextmanager
def new_place(table: FactTable) -> Iterator[Path]:
    """A name that no file has; what is written beside it (`.part`) gets the name by `settle`.

    Raises `CannotWrite` when the disk refuses; nothing is left then.
    """
    place = folder(table.code) / f"{uuid4().hex}.parquet"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        yield place
    except OSError as error:
        for left in (place.with_suffix(".part"), place):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise CannotWrite(reason=reason_of(error)) from error


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def sha256_of(path: Path) -> str:
    """The hash of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def missing(files: Iterable[FactFile]) -> list[FactFile]:
    """Those that are not on the disk, or not as long as they were written."""
    return [file for file in files if _size(path_of(file)) != file.size]


def altered(files: Iterable[FactFile]) -> list[FactFile]:
    """Those whose content is not what was written; reads every byte."""
    return [
        file
        for file in files
        if _size(path_of(file)) is None or sha256_of(path_of(file)) != file.sha256
    ]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def sweep(table: str) -> int:
    """Remove the files that no manifest names and nobody can still be writing; how many."""
    known = set(FactFile.objects.filter(table=table).values_list("name", flat=True))
    gone = 0
    for path in folder(table).glob("*"):
        if path.name not in known and time.time() - path.stat().st_mtime > ORPHANED:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
