"""Tables of tasks (bảng phân công nhiệm vụ) as they are copied: a row a line with tabs, or a cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tinhso.tasks.notices.source import Source, Span, pattern, words

_COLUMNS = (
    ("together", pattern(words("phối hợp"))),
    ("due", pattern(words("thời gian", "thời hạn", "hạn hoàn thành", "tiến độ", "hoàn thành"))),
    (
        "lead",
        pattern(
            words("chủ trì", "thực hiện", "đầu mối", "trách nhiệm", "phụ trách", "đơn vị được giao")
        ),
    ),
    ("work", pattern(words("nội dung", "nhiệm vụ", "công việc", "việc", "giải pháp", "hoạt động"))),
)
"""What the head of a column says of it; read in this order: "Đơn vị phối hợp thực hiện" coordinates."""
_FEWEST = 3
_TITLE = 60
_COUNTING = pattern(r"(?:tt|stt|số\s+tt|số\s+thứ\s+tự)$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what is to be done, and the cells that say who, with whom and by when."""

    work: Span
    lead: Span | None
    together: Span | None
    due: Span | None


def rows(source: Source) -> dict[int, Row | None]:
    """The rows of the text's tables of tasks by the place where a line begins; None for other lines of a table."""
    lines = [
        source.trimmed(Span(match.start(), match.end()), strip=" \r\xa0")
        for match in re.finditer(r"[^\n]+", source.text)
    ]
    lines = [line for line in lines if source.of(line).strip()]
    found: dict[int, Row | None] = {}
    columns: list[str] = []
    index = 0
    while index < len(lines):
        if "\t" in source.of(lines[index]):
            columns = _tabbed(source, lines[index], columns, found)
            index += 1
            continue
        columns = []
        index = max(index + 1, _stacked(source, lines, index, found))
    return found


def _tabbed(
    source: Source, line: Span, columns: list[str], found: dict[int, Row | None]
) -> list[str]:
    """Read a line with tabs: the head of a table, or a row under it."""
    place, cells = line.start, []
    for part in source.of(line).split("\t"):
        cells.append(source.trimmed(Span(place, place + len(part))))
        place += len(part) + 1
    heads = _heads(source, cells)
    if heads:
        found[source.trimmed(line).start] = None
        return heads
    if columns and (row := _row(cells, columns)):
        found[source.trimmed(line).start] = row
    return columns


def _stacked(source: Source, lines: list[Span], index: int, found: dict[int, Row | None]) -> int:
    """Read a table whose cells stand one below the other, its rows counted; where it ends."""
    if source.match(_COUNTING, lines[index]) is None:
        return index
    first = next(
        (i for i in range(index + 1, len(lines)) if source.of(lines[i]).strip(" .") == "1"), None
    )
    heads = _heads(source, lines[index:first]) if first else []
    if first is None or not heads:
        return index
    found.update({line.start: None for line in lines[index:first]})
    place, number = first, 1
    while place < len(lines) and source.of(lines[place]).strip(" .") == str(number):
        cells = lines[place : place + len(heads)]
        row = _row(cells, heads)
        if row is None or len(cells) < len(heads):
            break
        found.update({cell.start: None for cell in cells})
        found[row.work.start] = row
        place, number = place + len(heads), number + 1
    return place


def _heads(source: Source, cells: list[Span]) -> list[str]:
    """What each column is for, nothing for a number or a note; no table of tasks where none says what is to be done."""
    if len(cells) < _FEWEST or any(len(cell) > _TITLE for cell in cells):
        return []
    heads = [
        next((name for name, said in _COLUMNS if source.search(said, cell)), "") for cell in cells
    ]
    return heads if "work" in heads and len(set(heads) - {""}) > 1 else []


def _row(cells: list[Span], columns: list[str]) -> Row | None:
    given = {name: cell for name, cell in zip(columns, cells, strict=False) if name and len(cell)}
    work = given.get("work")
    if work is None or not (given.keys() - {"work"}):
        return None
    return Row(work, given.get("lead"), given.get("together"), given.get("due"))
