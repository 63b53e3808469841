"""The glued list of documents (căn cứ pháp lý) and of results (kết quả), taken apart."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tinhso.dossiers.catalogue.letters import CAPITAL, SMALL
from tinhso.dossiers.catalogue.values import Basis, Outcome, Reading, Reason, Source

if TYPE_CHECKING:
    from tinhso.dossiers.catalogue.values import Span

_HEADING = "Tên văn bản pháp lýMã văn bản"
_BODY = (
    "BNNPTNT|BNNMT|BNN|BLĐTBXH|BLDTBXH|BVHTTDL|BGDĐT|BGDDT|BKHĐT|BKHCN|BTNMT|BTTTT|BGTVT|BTC|BTP|BCA|BXD|BYT|BCT|BKH|BGD"
    "|BNV|BNG|BQP|NHNN|TTCP|VPCP|TANDTC|VKSNDTC|UBDT|BDTTG|BTM|BCN|BTS|BVHTT|BHXH|TCHQ|UBCK|TCT|KTNN|TLĐ|TLD|BCHTW"
)
_SIGN = (
    r"(?:N[ĐD]|NQ|QĐ|CT) ?- ?(?:CP|TTg|HĐTP|HĐBT|HĐND|UBND|UBTVQH1\d|QH1\d)|PL ?- ?UBTVQH1\d|UBTVQH1\d|QH1\d"
    rf"|(?:TT|TTLT|QĐ|NQ|NQLT|VBHN|CT) ?- ?(?:{_BODY})(?: ?- ?(?:{_BODY}))*"
)
NUMBER = re.compile(
    rf"\d{{1,3}}(?:\.\d{{1,2}})?/(?:19|20)\d\d/(?:{_SIGN})|\d{{1,4}}/(?:QĐ|NĐ|CT) ?- ?(?:CP|TTg|{_BODY})(?!/)"
)
_SWALLOWED = re.compile(
    rf"(?:[{SMALL}{CAPITAL};]|(?<!\d)\.)\d{{1,4}}(?:/\d{{4}})?/[{CAPITAL}]|[{SMALL}]\d{{1,4}}/\d{{4}}|^\("
)
_YEAR_GLUED = re.compile(rf"(?<!\d)(?P<before>(?:19|20)\d\d)?(?={NUMBER.pattern})")
_WORD = "Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Chỉ thị|NĐ|TT|QĐ|NQ"
_LED = re.compile(rf"(?:(?:{_WORD}) )?(?:[Ss]ố:? )?$")
_DAY = re.compile(
    r"[\s,]*ngày (?P<day>\d{1,2})(?:/| tháng |-)(?P<month>\d{1,2})(?:/| năm |-)(?P<year>(?:19|20)\d\d)(?!\d/)"
)
_OUTCOME_CODE = re.compile(r"Mã: ?(?P<code>[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9.-])?\d|\d)(?!\d)")
_LONGEST_RUN = re.compile(r"\d{9}$")  # a code and the number with which the next result begins
_OUTCOME_TAIL = re.compile(r"Từ khóaKhông có|Từ khóa(?=\S)")


def bases_of(source: Source, reading: Reading) -> tuple[Basis, ...]:
    """The documents in the order of the text, each number once."""
    whole = source.cut(0, len(source.text))
    if whole.says_nothing or whole.text == _HEADING:
        reading.nothing("basis")
        return ()
    start = len(_HEADING) if source.text.startswith(_HEADING) else 0
    found: dict[str, Basis] = {}
    for number, begins in _cells(source.text, start):
        title = source.cut(start, begins)
        basis = _basis(source, number, title, reading)
        found.setdefault(basis.number, basis)
        start = number.end()
    rest = source.cut(start, len(source.text))
    if len(rest.text) > 1:
        reading.missed("basis", Reason.NOT_UNDERSTOOD, rest)
    return tuple(found.values())


def _cells(text: str, start: int) -> list[tuple[re.Match[str], int]]:
    """The numbers that stand in the second column, with the place where that cell begins.

    A number in the second column is glued to the title before it or to the next title after it; one within a title
    has blanks around it. Where a title ends with its own number, the same number follows at once.
    """
    found = []
    place = start
    while number := _next(text, place):
        place = number.end()
        again = NUMBER.match(text, place)
        if again and _plain(again) == _plain(number):
            continue
        led = _led(text, number.start(), start)
        is_glued_before = led > start and not (text[led - 1].isspace() or text[led - 1] in "(/")
        after = text[place : place + 1]
        is_glued_after = not after or again or re.match(f"[{CAPITAL}{SMALL}]", after) is not None
        if is_glued_after or (is_glued_before and not text[place:].lstrip().startswith("ngày")):
            found.append((number, led))
            start = place
    return found


def _next(text: str, place: int) -> re.Match[str] | None:
    """The next number: at once after the last one, or not within a run of digits unless a year was glued before."""
    at_once = NUMBER.match(text, place)
    if at_once:
        return at_once
    seam = _YEAR_GLUED.search(text, place)
    return NUMBER.match(text, seam.end()) if seam else None


def _plain(number: re.Match[str]) -> str:
    return "".join(number[0].split())


def _led(text: str, begins: int, start: int) -> int:
    led = _LED.search(text[start:begins])
    return start + led.start() if led else begins


def _basis(source: Source, number: re.Match[str], title: Span, reading: Reading) -> Basis:
    if _SWALLOWED.search(title.text):
        reading.missed("basis", Reason.NOT_UNDERSTOOD, title)
        title = source.cut(*number.span())
    reading.got("basis")
    plain = _plain(number)
    at = source.cut(*number.span())
    for mention in NUMBER.finditer(source.text, title.start, number.end()):
        if _plain(mention) != plain:
            continue
        day = _DAY.match(source.text, mention.end())
        if day is None:
            continue
        stated = _date(day)
        if stated is None:
            reading.missed("basis_day", Reason.NOT_UNDERSTOOD, source.cut(*day.span()))
            continue
        reading.got("basis_day")
        return Basis(plain, at, title, stated.isoformat(), source.cut(*day.span()))
    return Basis(plain, at, title)


def _date(stated: re.Match[str]) -> date | None:
    try:
        return date(int(stated["year"]), int(stated["month"]), int(stated["day"]))
    except ValueError:
        return None


def outcomes_of(source: Source, reading: Reading) -> tuple[Outcome, ...]:
    """The results with their codes; the buttons of the page from which they were copied are left out."""
    tail = _OUTCOME_TAIL.search(source.text)
    end = tail.start() if tail else len(source.text)
    if source.cut(0, end).says_nothing:
        reading.nothing("outcome")
        return ()
    found, start = [], 0
    for code in _OUTCOME_CODE.finditer(source.text, 0, end):
        name = source.cut(start, code.start())
        start = code.end()
        if name.text and not _LONGEST_RUN.search(code["code"]):
            reading.got("outcome")
            found.append(Outcome(name, code["code"]))
        else:
            reading.missed("outcome", Reason.NOT_UNDERSTOOD, source.cut(*code.span()))
    rest = source.cut(start, end)
    if rest.text and not found:
        reading.got("outcome")
        found.append(Outcome(rest))
    elif rest.text:
        reading.missed("outcome", Reason.NOT_UNDERSTOOD, rest)
    return tuple(found)
