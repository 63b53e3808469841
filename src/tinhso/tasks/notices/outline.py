"""How a notice is laid out: paragraphs with their marks, headings, sentences, clauses."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from itertools import pairwise

from tinhso.tasks.notices.source import Source, Span, pattern, words

_MARKS = (
    ("article", r"Điều\s+\d+\s*[.:]"),
    ("ordinal", r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là\s*[,:]?(?=\s)"),
    ("ordinal_", r"Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\s*[,:]"),
    ("roman", r"[IVX]{1,5}\s*[.)]"),
    ("decimal", r"\d{1,2}(?:\.\d{1,2}){1,3}\s*[-.)]?(?=\s)"),
    ("number", r"\d{1,2}\s*(?:[.)](?=\s|[^\W\d])|[-–](?=\s+[^\W\d]))"),
    ("paren", r"\(\d{1,2}\)\s*\.?"),
    ("letter", r"[a-zđ]\s*[.)](?=\s)"),
    ("plus", r"\+"),
    ("star", r"[*•●▪◦]+"),
    ("dash", r"[-–—](?!\d)"),
)
MARK = re.compile(
    r"[ \t\xa0]*(?:" + "|".join(f"(?P<{kind}>{form})" for kind, form in _MARKS) + r")[ \t\xa0]*"
)
_TERMINAL = (".", ";", ":", "!", "?", "…", "/")
_HARD_WRAP = 60
_TITLE = 60
_LETTERHEAD = pattern(
    words("thông báo", "kết luận", "ủy ban nhân dân", "văn phòng", "cộng hòa", "hội đồng nhân dân")
)
_PAPER = pattern(
    r"(?:(?:kế\s+hoạch|chương\s+trình|công\s+điện|công\s+văn|chỉ\s+thị|nghị\s+quyết|quyết\s+định)\s*$|"
    r"(?:tỉnh|thành\s+phố|xã|phường|đặc\s+khu|huyện|đảng|ban|sở|hội|số|về)\b)"
)
_WHO_SPEAKS = pattern(
    r"\b(?:chủ\s+tịch|bí\s+thư|thường\s+trực|ubnd|ủy\s+ban|giám\s+đốc|đồng\s+chí|hội\s+nghị)\b.{0,50}"
    r"\b(?:kết\s+luận|chỉ\s+đạo|yêu\s+cầu|đề\s+nghị|giao)(?:\s+như\s+sau)?\s*$"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|TX|TS|ThS|PGS|GS|BS|KS|CN|đ/c|Đ/c|đ\.c|Mr|St|v\.v|KT|TM|TL|TUQ)|\b[A-ZĐ])$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the kind of its mark ("" for none), its words without the mark, and the mark's own number."""

    mark: str
    body: Span
    label: str = ""
    line: int = -1
    """Where its first line begins."""


def paragraphs(source: Source, *, apart: Container[int] = ()) -> list[Paragraph]:
    """The paragraphs of the text; lines that were broken by the width of a page are joined, but rows of tables.

    `apart` are the places where the lines of tables begin.
    """
    found: list[Paragraph] = []
    previous: Span | None = None
    for line in _lines(source):
        match = MARK.match(source.text, line.start, line.end)
        is_apart = line.start in apart or (previous is not None and previous.start in apart)
        if previous and not match and not is_apart and _is_continued(source, previous, line):
            found[-1] = replace(found[-1], body=Span(found[-1].body.start, line.end))
        else:
            mark = match.lastgroup or "" if match else ""
            body = Span(match.end() if match else line.start, line.end)
            label = match.group().strip(" \t\xa0.):(,-") if match else ""
            found.append(Paragraph(mark, source.trimmed(body), label, line.start))
        previous = line
    return [one for one in found if len(one.body)]


def _lines(source: Source) -> list[Span]:
    """Lines that hold something; a blank one between two is told by a gap of more than one sign."""
    return [
        source.trimmed(Span(match.start(), match.end()))
        for match in re.finditer(r"[^\n]+", source.text)
        if match.group().strip() and not _PAGE.fullmatch(match.group())
    ]


_PAGE = re.compile(
    r"[ \t\xa0\f]*(?:Trang\s+)?[-–—]?[ \t]*\d{1,3}(?:\s*/\s*\d{1,3})?[ \t]*[-–—]?[ \t\xa0]*"
)
"""The number of a page, between two of its lines."""


def _is_continued(source: Source, previous: Span, line: Span) -> bool:
    gap = source.text[previous.end : line.start]
    last, first = source.text[previous.end - 1], source.text[line.start]
    is_over_page = any(_PAGE.fullmatch(one) for one in gap.split("\n") if one.strip())
    if gap.count("\n") > 1 and not is_over_page:
        return False
    if last in _TERMINAL:
        return last == ";" and first.islower()
    return first.islower() or (len(previous) >= _HARD_WRAP and (last == "," or not first.isupper()))


def sentences(source: Source, within: Span) -> list[Span]:
    """Sentences: they end at a full stop before a capital, and at the end of the paragraph."""
    cuts: list[int] = []
    for match in re.finditer(r"[.!?…]+[\"”)]*(?=\s+\S)", source.text[within.start : within.end]):
        at = within.start + match.end()
        follows = source.text[at : within.end].lstrip(' \n\t\xa0"“(')[:1]
        before = source.text[within.start : within.start + match.start()]
        is_numbered = re.match(r"\s*\(\d{1,2}\)", source.text[at : within.end])
        if (follows.isupper() or is_numbered) and not _ABBREVIATION.search(before[-6:]):
            cuts.append(at)
    edges = [within.start, *cuts, within.end]
    spans = [source.trimmed(Span(one, other)) for one, other in pairwise(edges)]
    return [span for span in spans if len(span)]


def leads_in(source: Source, heading: Span) -> bool:
    """Whether a heading is of the whole paper, or says who speaks: neither names a group of tasks."""
    is_title = source.of(heading).isupper() and source.match(_PAPER, heading)
    speaks = source.search(_WHO_SPEAKS, heading) or source.match(_LETTERHEAD, heading)
    return bool(len(heading) > _TITLE or is_title or speaks)


def semicolons(source: Source, within: Span) -> list[int]:
    """Places just after each semicolon that stands outside of brackets."""
    depth, found = 0, []
    for index in range(within.start, within.end):
        char = source.text[index]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == ";" and not depth:
            found.append(index + 1)
    return found


def open_bracket(source: Source, within: Span) -> int | None:
    """Where a bracket opens that the paragraph never closes: what follows is the list that it heads."""
    opened: list[int] = []
    for index in range(within.start, within.end):
        char = source.text[index]
        if char == "(":
            opened.append(index)
        elif char == ")" and opened:
            opened.pop()
    return opened[0] if opened else None
