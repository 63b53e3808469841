"""Read CSV, one line an event: in one pass when each case stands together, else sorted apart.

A first pass over the case column tells which; it keeps one number a case. Lines of cases that
alternate are laid into temporary files, a range of cases in each, so that memory holds one range.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tinhso.dossiers.importing.cases import ImportedCase, ImportedStep, in_order
from tinhso.dossiers.importing.errors import (
    LogColumnMissing,
    LogColumnRepeated,
    LogRefused,
    LogRowBroken,
    LogTextUnreadable,
    LogTimeUnreadable,
    LogValueMissing,
)
from tinhso.dossiers.importing.mapping import NEEDED, PURPOSES, LogMap, plain
from tinhso.dossiers.importing.times import InstantsOfTables

MAX_LINE = 1_000_000  # characters; also keeps a file without line ends from filling the memory
RANGE = 100_000  # events that are grouped in memory at a time
MAX_FILES = 200
MAX_SHOWN = 400  # characters of the columns that a refusal names
_SIGNS = ",;\t|"

Row = tuple[int, list[str]]
Open = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; None where the log says nothing of it."""

    index: dict[str, int | None]
    kept: tuple[tuple[str, int], ...]
    heading: tuple[str, ...]

    def value(self, row: list[str], purpose: str) -> str:
        """The value of a purpose in a row; empty when there is no such column."""
        at = self.index[purpose]
        return "" if at is None else row[at].strip()

    def name(self, purpose: str) -> str:
        """What the column of a purpose is called in this table."""
        at = self.index[purpose]
        return "" if at is None else self.heading[at]


def read_table(open_again: Open, file: str, log_map: LogMap) -> Iterator[ImportedCase]:
    """The cases of a table in the order in which they begin. Raises a `LogRefused`."""
    table = _Table(file, log_map)
    order: dict[int, int] = {}
    events, is_together, last = 0, True, 0
    for line, row in table.rows(open_again()):
        code = hash(table.needed(row, line, "case"))
        table.instants.notice(table.columns.value(row, "time"))
        events += 1
        if code != last:
            if code in order:
                is_together = False
            else:
                order[code] = len(order)
            last = code
    if is_together:
        yield from table.cases(table.rows(open_again()))
    else:
        yield from _apart(table, open_again, order, events)


def _apart(
    table: _Table, open_again: Open, order: dict[int, int], events: int
) -> Iterator[ImportedCase]:
    """The cases of a table in which they alternate."""
    files = min(MAX_FILES, events // RANGE + 1)
    width = len(order) // files + 1
    with TemporaryDirectory(prefix="tinhso-log-") as folder:
        paths = [Path(folder) / f"{number}.csv" for number in range(files)]
        streams = [path.open("w", encoding="utf-8", newline="") for path in paths]
        try:
            writers = [csv.writer(stream) for stream in streams]
            for line, row in table.rows(open_again()):
                place = order[hash(table.columns.value(row, "case"))]
                writers[place // width].writerow([line, place, *row])
        finally:
            for stream in streams:
                stream.close()
        for path in paths:
            with path.open(encoding="utf-8", newline="") as stream:
                rows = sorted(
                    ((int(row[1]), int(row[0]), row[2:]) for row in csv.reader(stream)),
                    key=lambda held: held[:2],
                )
            yield from table.cases((line, row) for _place, line, row in rows)


class _Table:
    """A table's columns and how a row of it is read."""

    def __init__(self, file: str, log_map: LogMap) -> None:
        self.file = file
        self.map = log_map
        self.instants = InstantsOfTables(log_map)
        self.columns = _Columns({}, (), ())

    def rows(self, stream: BinaryIO) -> Iterator[Row]:
        """Each row with its line, after the heading; empty lines are passed over."""
        lines = self.lines(stream)
        heading = next(lines, "")
        delimiter = self.map.delimiter or max(_SIGNS, key=heading.count)
        reader = csv.reader(_chain(heading, lines), delimiter=delimiter)
        try:
            self.columns = self.find(next(reader, []))
            for row in reader:
                if not row:
                    continue
                if len(row) != len(self.columns.heading):
                    reason = f"{len(row)} cột, tiêu đề có {len(self.columns.heading)}"
                    raise self.broken(reader.line_num, reason)
                yield reader.line_num, row
        except csv.Error:
            reason = "dấu nháy không đóng, ô quá dài hoặc dấu xuống dòng lạ"
            raise self.broken(reader.line_num, reason) from None

    def lines(self, stream: BinaryIO) -> Iterator[str]:
        """The lines of the stream as text, none longer than is reasonable."""
        number = 0
        while block := stream.readline(MAX_LINE):
            number += 1
            if len(block) == MAX_LINE and not block.endswith(b"\n"):
                raise self.broken(number, f"dài hơn {MAX_LINE} byte")
            try:
                yield block.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as failure:
                where = f"dòng {number}, byte {failure.start}"
                raise LogTextUnreadable(file=self.file, where=where) from None

    def find(self, heading: list[str]) -> _Columns:
        """The columns of the purposes. Raises `LogColumnMissing`."""
        written = [name.strip() for name in heading]
        alike = [plain(name) for name in written]
        index: dict[str, int | None] = {}
        for purpose, names in self.map.names.items():
            if purpose in self.map.told:
                index[purpose] = self.column(written, names[0], purpose)
            else:
                name = next((one for one in map(plain, names) if one in alike), "")
                index[purpose] = self.column(alike, name, purpose) if name else None
            if index[purpose] is None and (purpose in NEEDED or purpose in self.map.told):
                raise self.absent(purpose, " / ".join(names), heading)
        kept = [(name, self.column(written, name, "attributes")) for name in self.map.attributes]
        for name, place in kept:
            if place is None:
                raise self.absent("attributes", name, heading)
        known = tuple((name, place) for name, place in kept if place is not None)
        return _Columns(index, known, tuple(written))

    def column(self, heading: list[str], name: str, purpose: str) -> int | None:
        """Where the column of that name stands, None if nowhere. Raises `LogColumnRepeated`."""
        places = [place for place, one in enumerate(heading) if one == name]
        if len(places) > 1:
            numbers = " và ".join(f"{place + 1}" for place in places)
            purpose = PURPOSES[purpose]
            raise LogColumnRepeated(
                file=self.file, where="dòng 1", numbers=numbers, column=name, purpose=purpose
            )
        return places[0] if places else None

    def cases(self, rows: Iterator[Row]) -> Iterator[ImportedCase]:
        """The cases of rows in which each case stands together."""
        value = self.columns.value
        for code, together in groupby(rows, key=lambda held: value(held[1], "case")):
            yield self.case(code, list(together))

    def case(self, code: str, rows: list[Row]) -> ImportedCase:
        """A case from its rows; what is said of the case is the first value given."""
        return ImportedCase(
            foreign_code=code,
            steps=in_order([self.step(line, row) for line, row in rows]),
            channel=self.first(rows, "channel")[1],
            deadline=self.instant(rows, "deadline"),
            finished_at=self.instant(rows, "finished"),
            attributes={
                name: text
                for name, at in self.columns.kept
                if (text := next((row[at] for _line, row in rows if row[at]), ""))
            },
        )

    def step(self, line: int, row: list[str]) -> ImportedStep:
        """The step of a row."""
        value = self.columns.value
        return ImportedStep(
            self.needed(row, line, "activity"),
            self.read_time(self.needed(row, line, "time"), line, "time"),
            value(row, "resource"),
            value(row, "department"),
            value(row, "place"),
        )

    def first(self, rows: list[Row], purpose: str) -> tuple[int, str]:
        """The first value of a purpose, with its line."""
        if self.columns.index[purpose] is None:
            return 0, ""
        for line, row in rows:
            if text := self.columns.value(row, purpose):
                return line, text
        return 0, ""

    def instant(self, rows: list[Row], purpose: str) -> datetime | None:
        """A time of the case, or None when it is not given."""
        line, text = self.first(rows, purpose)
        return self.read_time(text, line, purpose) if text else None

    def needed(self, row: list[str], line: int, purpose: str) -> str:
        """A value without which a row is no event."""
        text = self.columns.value(row, purpose)
        if not text:
            raise LogValueMissing(
                file=self.file,
                where=f"dòng {line}",
                purpose=PURPOSES[purpose],
                column=self.columns.name(purpose),
            )
        return text

    def read_time(self, text: str, line: int, purpose: str) -> datetime:
        """An instant. Raises `LogTimeUnreadable`."""
        try:
            return self.instants.read(text)
        except ValueError:
            raise LogTimeUnreadable(
                file=self.file, where=f"dòng {line}", value=text[:80], column=PURPOSES[purpose]
            ) from None

    def absent(self, purpose: str, name: str, heading: list[str]) -> LogRefused:
        """The refusal for a column that is not there, with those that are."""
        there = ", ".join(heading)[:MAX_SHOWN]
        place = f"bảng {self.map.source}" if purpose in self.map.told else "dòng 1"
        where = f"{place} (có các cột: {there})"
        return LogColumnMissing(file=self.file, where=where, column=name, purpose=PURPOSES[purpose])

    def broken(self, line: int, reason: str) -> LogRefused:
        """The refusal for a line that is none of this table."""
        return LogRowBroken(file=self.file, where=f"dòng {line}", reason=reason)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest
