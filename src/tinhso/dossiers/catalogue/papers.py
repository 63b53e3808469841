"""The glued list of papers (thành phần hồ sơ), taken apart: case, paper, form to fill in, originals and copies.

`…sổ hộ khẩuTo khai.docx1 bản chính,1 bản saoGiấy …`: only the count ends a paper. Where the name itself ends with a
digit (`Mẫu số 181 bản chính`) the text can be cut in two ways, and the count stays unread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tinhso.dossiers.catalogue.letters import CAPITAL, MARKED, SMALL
from tinhso.dossiers.catalogue.values import Paper, Reading, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.dossiers.catalogue.values import Span

_HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(
    r"(?P<originals>\d+) bản chính(?:, ?(?P<copies>\d+) bản sao)?|(?P<only>\d+) bản sao"
)
_YEAR_BEFORE = re.compile(r"(?:/|năm )(?:19|20)\d\d$")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|odt|rtf|rar|zip)$", re.IGNORECASE)
_GLUED = re.compile(
    rf"(?<=[{SMALL});”\"])[{CAPITAL}0-9]|(?<=[{SMALL})][.;])[{CAPITAL}0-9]"
    r"|(?<=[^\s(/_“-])(?:[Mm]ẫu|[Mm]au|MAU|MẪU|Phụ lục|[Pp]hu ?luc|Phuluc|Biểu mẫu|Tờ khai|To ?khai|Đơn|Don)(?= ?[^\s])"
)
_FORM_WORD = re.compile(r"mẫu|mau|phụ lục|phu ?luc|biểu|tờ khai|to ?khai|đơn|don", re.IGNORECASE)
_MARKED = re.compile(f"[{MARKED}]")
_LONGEST_FILE_NAME = 160


def papers_of(source: Source, reading: Reading) -> tuple[Paper, ...]:
    """The papers in the order of the text; what could not be read is told to `reading`."""
    whole = source.cut(0, len(source.text))
    if whole.says_nothing:
        reading.nothing("paper")
        return ()
    headings = [found.span() for found in re.finditer(_HEADING, source.text)]
    if not headings:
        reading.missed("paper", Reason.WRONG_PART, whole)
        return ()
    ends = [start for start, _end in headings[1:]] + [len(source.text)]
    title = source.cut(0, headings[0][0])
    found: list[Paper] = []
    for (_start, begins), end in zip(headings, ends, strict=True):
        papers, rest = _section(source, begins, end, title, reading)
        found += papers
        title = source.cut(rest, end)
    if title.text.strip("-") and not title.says_nothing:
        reading.missed("paper", Reason.NOT_UNDERSTOOD, title)
    return tuple(found)


def _section(
    source: Source, start: int, end: int, title: Span, reading: Reading
) -> tuple[list[Paper], int]:
    papers = []
    group = "" if title.says_nothing else title.text.rstrip(":")
    for count in _counts(source.text, start, end):
        paper = _paper(source, start, count, group, reading)
        papers.append(paper)
        start = count.end()
    return papers, start


def _counts(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The counts that end a paper, not those that its name speaks of."""
    begin = start
    for count in _COUNT.finditer(text, start, end):
        if text[begin : count.start()].strip() and _ends_paper(text, count, begin, end):
            yield count
            begin = count.end()


def _ends_paper(text: str, count: re.Match[str], begin: int, end: int) -> bool:
    before = text[count.start() - 1] if count.start() > begin else ""
    after = text[count.end() : end]
    if before == "(" or after.startswith(")"):
        return False
    if before.isspace() or before == ":":
        if _COUNT.match(after):
            return False
        return not after or not (after[0].isspace() or after[0] in ".,;:/")
    return not after[:1].isspace() or not after.strip()[:1].islower()


def _paper(source: Source, start: int, count: re.Match[str], group: str, reading: Reading) -> Paper:
    number = count["originals"] or count["only"]
    cut = count.start() + len(number) - 1
    digits_before = source.text[start:cut]
    is_certain = len(number) == 1 or _YEAR_BEFORE.search(digits_before) is not None
    if not is_certain:
        name = source.cut(start, count.start())
        reading.got("paper")
        reading.missed("copies", Reason.GLUED_NUMBERS, source.cut(start, count.end()))
        return Paper(name, group)
    reading.got("copies")
    name, form = _form(source, start, cut, reading)
    reading.got("paper")
    first = int(number[-1])
    second = int(count["copies"]) if count["copies"] else None
    originals, copies = (first, second) if count["originals"] else (None, first)
    return Paper(name, group, originals, copies, source.cut(cut, count.end()), form)


def _form(source: Source, start: int, end: int, reading: Reading) -> tuple[Span, Span | None]:
    """The name of the paper, and the file of the form that is glued to it; unread when the seam is not clear."""
    whole = source.cut(start, end)
    if not _FILE.search(whole.text):
        return whole, None
    from_end = max(whole.start, whole.end - _LONGEST_FILE_NAME)
    glued = (found.start() for found in _GLUED.finditer(source.text, from_end, whole.end))
    seams = [seam for seam in glued if seam > whole.start]
    plain = [seam for seam in seams if not _MARKED.search(source.text, seam, whole.end)]
    named = [seam for seam in seams if _FORM_WORD.match(source.text, seam)]
    seam = next(iter(plain or named), seams[0] if len(seams) == 1 else None)
    if seam is None:
        reading.missed("form", Reason.NOT_UNDERSTOOD, whole)
        return whole, None
    reading.got("form")
    return source.cut(whole.start, seam), source.cut(seam, whole.end)
