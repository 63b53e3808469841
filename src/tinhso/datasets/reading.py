"""A delivered file, read and judged line by line. Pure: no database, no clock.

CSV in UTF-8, parted by comma or semicolon, whichever the first line has more of. What is wrong with the file as a whole
refuses it; what is wrong with a line gives that line back with its reason, and the others stand.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.datasets.definitions import ValueType
from tinhso.datasets.errors import (
    ColumnsWrong,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    TooManyRows,
)
from tinhso.kernel.folding import fold
from tinhso.kernel.unseen import LINE_ENDS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tinhso.datasets.definitions import DataColumn, Dataset

MEGABYTE = 1024 * 1024
LARGEST_MB = 5
MOST_ROWS = 20_000
LONGEST = 500
NAMED, LONGEST_NAME = 10, 40
YES, NO = frozenset({"co", "true", "1", "x"}), frozenset({"khong", "false", "0"})
Value = str | int | bool | None

_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WRITTEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_UNSEEN = re.compile(rf"[\x00-\x1f\x7f{SIGNS}{LINE_ENDS}]")


@dataclass(frozen=True)
class GoodRow:
    """A line that holds what is declared, by the names of the columns."""

    line: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Rejected:
    """A line that is given back: in which column, and what was expected there."""

    line: int
    column: str
    expected: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """All lines of a file; `heads` is its first line."""

    heads: tuple[str, ...]
    good: tuple[GoodRow, ...]
    bad: tuple[Rejected, ...]


def judge(content: bytes, dataset: Dataset, agencies: Mapping[str, int]) -> Judged:
    """Every line of the file against the declaration; `agencies` are known by all their codes.

    Raises `FileTooLarge`, `FileUnreadable`, `ColumnsWrong`, `TooManyRows`, `FileEmpty`.
    """
    lines = _lines(content)
    heads = next(lines, (0, ()))[1]
    _refuse_heads(heads, dataset)
    columns = {column.name: column for column in dataset.columns}
    good, bad, seen = list[GoodRow](), list[Rejected](), dict[tuple[Value, ...], int]()
    for line, cells in lines:
        if len(good) + len(bad) == MOST_ROWS:
            raise TooManyRows(limit=MOST_ROWS)
        found = _judged(line, cells, [columns[name] for name in heads], agencies)
        if isinstance(found, GoodRow):
            key = tuple(found.values[name] for name in dataset.key)
            first = seen.setdefault(key, line)
            if first != line:
                said = _("khóa không trùng: đã có ở dòng %(line)s") % {"line": first}
                found = Rejected(line, ", ".join(dataset.key), said, cells)
        if isinstance(found, GoodRow):
            good.append(found)
        else:
            bad.append(found)
    if not good and not bad:
        raise FileEmpty
    return Judged(heads, tuple(good), tuple(bad))


def _lines(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines that are not blank with their numbers in the file, every cell without blanks around it."""
    if len(content) > LARGEST_MB * MEGABYTE:
        raise FileTooLarge(limit_mb=LARGEST_MB)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable from error
    if not text.strip():
        raise FileEmpty
    if "\x00" in text:
        raise FileUnreadable
    first = text.lstrip().partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, tuple(cell.strip() for cell in cells)
            start = reader.line_num + 1
    except csv.Error as error:
        raise FileUnreadable from error


def _refuse_heads(heads: Sequence[str], dataset: Dataset) -> None:
    """Each declared name stands there once, and no other; of many that are wrong some are named."""
    declared, found = [column.name for column in dataset.columns], Counter(heads)
    wrong = [
        said % {"names": ", ".join(name[:LONGEST_NAME] for name in names[:NAMED])}
        for said, names in (
            (_("thiếu cột %(names)s"), [name for name in declared if name not in found]),
            (_("lặp cột %(names)s"), [name for name in declared if found[name] > 1]),
            (_("cột không khai báo: %(names)s"), sorted(found.keys() - set(declared))),
        )
        if names
    ]
    if wrong:
        raise ColumnsWrong(what="; ".join(wrong))


def _judged(
    line: int, cells: tuple[str, ...], columns: Sequence[DataColumn], agencies: Mapping[str, int]
) -> GoodRow | Rejected:
    if len(cells) != len(columns):
        said = _("%(wanted)s ô, dòng có %(found)s ô") % {
            "wanted": len(columns),
            "found": len(cells),
        }
        return Rejected(line, "", said, cells)
    values = dict[str, Value]()
    for column, cell in zip(columns, cells, strict=True):
        if not cell:
            if column.is_required:
                return Rejected(line, column.name, _("không để trống"), cells)
            values[column.name] = None
            continue
        try:
            values[column.name] = value_of(cell, column, agencies)
        except ValueError:
            return Rejected(line, column.name, column.expected, cells)
    return GoodRow(line, values)


def value_of(cell: str, column: DataColumn, agencies: Mapping[str, int]) -> Value:
    """What the cell says, in one way of writing; an agency by its key. Raises `ValueError`."""
    match column.type:
        case ValueType.AGENCY:
            return _known(agencies.get(cell.upper()))
        case ValueType.CHOICE:
            return _known(cell if cell in column.choices else None)
        case ValueType.INTEGER:
            return _at_least(_matched(_INTEGER, cell), column)
        case ValueType.DECIMAL:
            return _at_least(_matched(_DECIMAL, cell).replace(",", "."), column)
        case kind:
            return _PLAIN[kind](cell)


def _matched(pattern: re.Pattern[str], cell: str) -> str:
    if not pattern.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _at_least(written: str, column: DataColumn) -> int | str:
    number = Decimal(written)
    if column.least is not None and number < column.least:
        raise ValueError(written)
    return int(number) if column.type is ValueType.INTEGER else str(number)


def _day(cell: str) -> str:
    if found := _ISO.fullmatch(cell):
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    if found := _WRITTEN.fullmatch(cell):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    raise ValueError(cell)


def _yes_or_no(cell: str) -> bool:
    word = fold(cell)
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(word)


def _known(found: Value) -> Value:
    if found is None:
        raise ValueError(found)
    return found


def _plain(cell: str) -> str:
    if len(cell) > LONGEST or _UNSEEN.search(cell):
        raise ValueError(cell)
    return cell


_PLAIN: Mapping[ValueType, Callable[[str], Value]] = {
    ValueType.DATE: _day,
    ValueType.BOOLEAN: _yes_or_no,
    ValueType.TEXT: _plain,
}
