"""The glued text of the ways of filing (cách thức thực hiện), taken apart: channel, deadline, fee, description.

The crawl writes a table without any sign between its cells: `Trực tuyến5 Ngày làm việc25,000 VNĐ(một lần)Nộp tại …`.
A number is taken only where the text can be cut in one way. `120 VNĐ` may be a one and twenty, or a hundred and
twenty: it stays unread. So does a sum below the smallest that is ever charged, for the crawl drops thousands (`25 VNĐ`
for 25.000).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tinhso.dossiers.catalogue.letters import SMALL
from tinhso.dossiers.catalogue.values import (
    Amount,
    Fee,
    FeeKind,
    Reading,
    Reason,
    Source,
    Unit,
    Way,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.dossiers.catalogue.values import Span

CHANNELS = {"Trực tuyến": "online", "Dịch vụ bưu chính": "post", "Trực tiếp": "in_person"}
SMALLEST_SUM = 1_000  # đồng; the catalogue charges nothing smaller, and writes 25 for 25.000
MOST_WORDS = 150  # letters in a cell that says the deadline in words
_UNITS = {
    "ngày làm việc": Unit.WORKING_DAYS,
    "ngày": Unit.DAYS,
    "giờ": Unit.HOURS,
    "tháng": Unit.MONTHS,
    "tuần": Unit.WEEKS,
    "năm": Unit.YEARS,
}
_HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_NOTHING = "Không có thông tin"
_SUM = r"(?P<sum>\d{1,3}(?:,\d{3})+|\d+) ?(?P<money>Việt Nam Đồng|VNĐ|VND|USD|EUR)"
_FEE = re.compile(rf"(?P<free>Miễn phí)|(?P<none>{_NOTHING})|{_SUM}")
_TERM = re.compile(r"(?P<number>\d+) (?P<unit>Ngày làm việc|Ngày|Giờ|Tháng|Tuần|Năm)")
_CHANNEL = "|".join(CHANNELS)
_ROW = re.compile(
    rf"(?P<channel>{_CHANNEL})"
    rf"(?:(?=\d)|(?=Miễn phí|{_NOTHING})|(?=[^\s\d:;,.)](?:(?!{_CHANNEL}).){{0,{MOST_WORDS}}}?(?:Miễn phí|{_NOTHING})))"
)
_IN_WORDS = re.compile(
    rf"(?P<number>\d+)\s*(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng)(?![{SMALL}])",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:(?:trong )?(?:thời hạn|thời gian)(?: giải quyết)?(?: là)?\s*:?\s*)?"
    r"(?:(?:không quá|tối đa|chậm nhất)(?: là)?\s*)?",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(
    r"[\s,.;]*(?:$|kể từ|kê từ|tính từ|từ khi|từ ngày|sau khi)", re.IGNORECASE
)
_NOTED = re.compile(
    rf"(?P<sum>(?<![\d.,/])\d{{1,3}}(?:\.\d{{3}})+)\s*(?P<money>đồng|vnđ|vnd|đ)(?![{SMALL}])"
    r"|(?P<share>(?<![\d.,/])\d{1,3})\s?(?P<percent>%)",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"theo quy định|hội đồng nhân dân|hđnd|mức thu|mức phí|mức lệ phí|biểu phí|\d\s?(?:đồng|đ\b|vnđ|usd|%)",
    re.IGNORECASE,
)


def ways_of(source: Source, reading: Reading) -> tuple[Way, ...]:
    """The ways of filing in the order of the text; what could not be read is told to `reading`."""
    whole = source.cut(0, len(source.text))
    if whole.says_nothing or whole.text == _HEADING:
        reading.nothing("channel")
        return ()
    rows = list(_ROW.finditer(source.text))
    begins = len(_HEADING) if source.text.startswith(_HEADING) else 0
    if not rows or source.text[begins : rows[0].start()].strip():
        reading.missed("channel", Reason.NOT_UNDERSTOOD, whole)
        return ()
    ends = [row.start() for row in rows[1:]] + [len(source.text)]
    return tuple(_way(source, row, end, reading) for row, end in zip(rows, ends, strict=True))


def _way(source: Source, row: re.Match[str], end: int, reading: Reading) -> Way:
    reading.got("channel")
    channel = CHANNELS[row["channel"]]
    whole = source.cut(row.start(), end)
    cell = row.end()
    if re.compile(r"\d[\d,.]* ?(?:VNĐ|Việt Nam Đồng|VND|USD|EUR)").match(source.text, cell, end):
        reading.missed("deadline", Reason.GLUED_NUMBERS, whole)
        reading.missed("fee", Reason.GLUED_NUMBERS, whole)
        return Way(channel, whole, description=whole)
    deadline, words, after = _deadline(source, cell, end)
    fee, rest = _fee(source, after, end, reading)
    description = source.cut(rest, end)
    if deadline is None and words is None:
        deadline = _from_description(source, rest, end)
        _tell_missing(source.cut(cell, after), deadline, whole, reading)
    else:
        reading.got("deadline")
    return Way(channel, whole, deadline, words, fee, description if description.text else None)


def _tell_missing(cell: Span, deadline: Amount | None, whole: Span, reading: Reading) -> None:
    if deadline is not None:
        reading.got("deadline")
    elif cell.says_nothing:
        reading.nothing("deadline")
    else:
        reading.missed("deadline", Reason.NO_UNIT, whole)


def _deadline(source: Source, start: int, end: int) -> tuple[Amount | None, Span | None, int]:
    term = _TERM.match(source.text, start, end)
    if term:
        number = int(term["number"])
        unit = _UNITS[term["unit"].lower()]
        return Amount(number, unit.value, source.cut(*term.span())), None, term.end()
    fee = _FEE.search(source.text, start, end)
    if source.text.startswith(_NOTHING, start):
        return None, None, start + len(_NOTHING)
    bare = re.compile(r"\d+").match(source.text, start, end)
    if bare:
        return None, None, bare.end()
    stop = fee.start() if fee else end
    return None, source.cut(start, stop), stop


def _from_description(source: Source, start: int, end: int) -> Amount | None:
    """The deadline with which the description opens, where the cell has none or one without unit."""
    opening = _OPENING.match(source.text, start, end)
    term = _IN_WORDS.match(source.text, opening.end() if opening else start, end)
    if term is None or not _COUNTED_FROM.match(source.text, term.end(), end):
        return None
    if len(list(_IN_WORDS.finditer(source.text, start, end))) > 1:
        return None  # several steps or cases: which of them is the deadline is not for us to say
    unit = _UNITS[
        term["unit"].lower().removesuffix(" làm việc")
        if "giờ" in term["unit"].lower()
        else term["unit"].lower()
    ]
    return Amount(int(term["number"]), unit.value, source.cut(*term.span()))


def _fee(source: Source, start: int, end: int, reading: Reading) -> tuple[Fee | None, int]:
    cell = _FEE.match(source.text, start, end)
    if cell is None:
        reading.missed("fee", Reason.NOT_UNDERSTOOD, source.cut(start, end))
        return None, start
    note, rest = _note(source, cell.end(), end)
    at = source.cut(cell.start(), rest)
    if cell["none"]:
        reading.nothing("fee")
        return None, rest
    noted = tuple(_noted(source, note)) if note else ()
    if cell["free"]:
        reading.got("fee")
        ruled = note is not None and _RULED.search(note.text) is not None
        return Fee(FeeKind.NOTED if ruled else FeeKind.FREE, at, None, note, noted), rest
    number = int(cell["sum"].replace(",", ""))
    money = "VND" if cell["money"].startswith("V") else cell["money"]
    if money == "VND" and 0 < number < SMALLEST_SUM:
        reading.missed("fee", Reason.SUM_TOO_SMALL, at)
        return (Fee(FeeKind.NOTED, at, None, note, noted) if note else None), rest
    reading.got("fee")
    amount = Amount(number, money, source.cut(*cell.span()))
    return Fee(FeeKind.AMOUNT, at, amount, note, noted), rest


def _note(source: Source, start: int, end: int) -> tuple[Span | None, int]:
    """The note in brackets after a sum, and where it ends; None when the brackets are not closed."""
    if not source.text.startswith("(", start):
        return None, start
    depth = 0
    for place in range(start, end):
        depth += {"(": 1, ")": -1}.get(source.text[place], 0)
        if depth == 0:
            return source.cut(start + 1, place), place + 1
    return None, start


def _noted(source: Source, note: Span) -> Iterator[Amount]:
    for found in _NOTED.finditer(source.text, note.start, note.end):
        at = source.cut(*found.span())
        if found["share"]:
            yield Amount(int(found["share"]), "%", at)
        else:
            yield Amount(int(found["sum"].replace(".", "")), "VND", at)
