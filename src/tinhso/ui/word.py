"""The same words as a Word file (DOCX), in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I: to be worked on and signed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.section import Section
    from docx.table import _Cell

FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TEXT, SMALL, LARGE = 13, 11, 14


def docx(words: Mapping[str, Any]) -> bytes:
    """The file's bytes; `parent` is the agency above, where one stands over the agency that writes."""
    import docx as library  # noqa: PLC0415  (heavy: only who takes a paper along pays for it)

    paper = library.Document()
    _set_up(paper)
    left, right = _columns(paper)
    above = words.get("parent", "")
    if above:
        _add(left, above.upper(), align="center", size=12)
    _add(left, words["agency"].upper(), bold=True, align="center", ruled=True)
    _add(left, f"Số: {words['number']}", align="center")
    if words.get("draft"):
        _add(left, "DỰ THẢO", bold=True, align="center", size=12)
    _add(right, NATION, bold=True, align="center", size=12)
    _add(right, MOTTO, bold=True, align="center", ruled=True)
    _add(right, f"{words['place']}, {words['date']}", italic=True, align="center")
    _add(paper, words["kind"].upper(), bold=True, align="center", size=LARGE)
    _add(paper, words["about"], bold=True, align="center", size=LARGE)
    for block in words["blocks"]:
        _block(paper, block)
    left, right = _columns(paper)
    if "recipients" in words:
        _add(left, "Nơi nhận:", bold=True, italic=True, size=12)
        for recipient in words["recipients"]:
            _add(left, f"- {recipient}", size=11)
    else:
        _signer(left, *words["left"])
    if capacity := words.get("capacity"):
        _add(right, capacity, bold=True, align="center")
    _signer(right, *words["right"])
    paper.core_properties.title = words["title"]
    paper.core_properties.author = above or words["agency"]
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _signer(cell: _Cell, post: str, name: str) -> None:
    """Whoever signs, with room for it."""
    _add(cell, post.upper(), bold=True, align="center")
    _add(cell, "(Ký, ghi rõ họ tên)", italic=True, align="center", size=12)
    _add(cell, "\n\n\n", align="center")
    _add(cell, name, bold=True, align="center")


def _set_up(paper: Document) -> None:
    """A4, margins 20, 20, 30, 20 mm, Times New Roman 13, pages numbered at the top from the second on."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = page.right_margin = Mm(20)
    page.left_margin = Mm(30)
    number_pages(page)


def number_pages(page: Section) -> None:
    """The number stands in the middle of the upper margin; the first page has none."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001  (python-docx has no word for a field)


def _columns(paper: Document) -> Sequence[_Cell]:
    """Two columns without lines; their first empty paragraphs are taken away."""
    cells: Sequence[_Cell] = paper.add_table(rows=1, cols=2).rows[0].cells
    for cell in cells:
        empty = cell.paragraphs[0]._p  # noqa: SLF001
        empty.getparent().remove(empty)
    return cells


def _block(paper: Document, block: Mapping[str, Any]) -> None:
    if "heading" in block:
        _add(paper, block["heading"], bold=True, goes_on=True)
    if "text" in block:
        _add(paper, block["text"], indented=True)
    if "line" in block:
        _add(paper, f"- {block['line']}", indented=True)
    if "table" in block:
        _table(paper, block["headings"], block["table"], block.get("total"))


def _table(
    paper: Document,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None,
) -> None:
    """Numbered lines under headings that go on with the first of them; the sums without a number."""
    table = paper.add_table(rows=0, cols=len(headings) + 1)
    table.style = "Table Grid"
    lines = [["STT", *headings], *([str(n), *row] for n, row in enumerate(rows, start=1))]
    last = len(lines)
    if total:
        lines.append(["", *total])
    for number, line in enumerate(lines):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold = number in {0, last}
            run.font.size = _points(SMALL)
            cell.paragraphs[0].paragraph_format.keep_with_next = number == 0


def _points(size: int) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(size)


def _add(
    place: Document | _Cell,
    text: str,
    *,
    size: int = TEXT,
    bold: bool = False,
    italic: bool = False,
    align: str = "justify",
    indented: bool = False,
    goes_on: bool = False,
    ruled: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    made = place.add_paragraph()
    made.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    made.paragraph_format.space_after = _points(6)
    made.paragraph_format.keep_with_next = goes_on
    if indented:
        made.paragraph_format.first_line_indent = Cm(1.27)
    run = made.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, _points(size)
    run.underline = ruled
