"""A report as a Word file (DOCX) in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I: to be worked on and signed elsewhere."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from tinhso.indicators.reports.printing.words import laid_out
from tinhso.ui.word import number_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TEXT, SMALL, LARGE, NARROW = 13, 11, 14, 12


def docx(content: Mapping[str, Any]) -> bytes:
    """The file's bytes."""
    import docx as library  # noqa: PLC0415  (heavy: only who takes a paper along pays for it)

    words = laid_out(content)
    paper = library.Document()
    _set_up(paper)
    _head(paper, words)
    _add(paper, words["kind"].upper(), size=LARGE, bold=True, align="center", before=14)
    _add(paper, words["about"], size=LARGE, bold=True, align="center", after=8)
    _add(paper, f"Kính gửi: {words['to']}.", align="center", after=8)
    for line in words["basis"]:
        _body(paper, line, italic=True)
    _body(paper, words["opening"])
    for place, section in enumerate(words["sections"]):
        _section(paper, section, is_last=place == len(words["sections"]) - 1)
    _signatures(paper, words)
    if words["appendix"]:
        _appendix(paper, words["appendix"])
    paper.core_properties.title = words["title"]
    paper.core_properties.author, paper.core_properties.comments = words["agency"], ""
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper: Document) -> None:
    """A4, margins 20, 20, 30, 20 mm, Times New Roman 13, the page number at the top from the second page on."""
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


def _aligned(paragraph: Paragraph, align: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = {
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]


def _add(
    place: Document | _Cell,
    text: str,
    *,
    size: int = TEXT,
    bold: bool = False,
    italic: bool = False,
    align: str = "both",
    before: int = 0,
    after: int = 0,
) -> Paragraph:
    from docx.shared import Pt  # noqa: PLC0415

    made = place.add_paragraph()
    _aligned(made, align)
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    run = made.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return made


def _body(paper: Document, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of the text: first line 1,27 cm in, 6 pt to the next."""
    from docx.shared import Cm  # noqa: PLC0415

    made = _add(paper, text, bold=bold, italic=italic, after=6)
    made.paragraph_format.first_line_indent = Cm(1.27)
    return made


def _columns(paper: Document, widths: Iterable[int]) -> Sequence[_Cell]:
    """Two columns without lines, of so many millimetres; their first empty paragraphs are taken away."""
    from docx.shared import Mm  # noqa: PLC0415

    wide = list(widths)
    table = paper.add_table(rows=1, cols=len(wide))
    table.autofit = False
    cells: Sequence[_Cell] = table.rows[0].cells
    for cell, width in zip(cells, wide, strict=True):
        cell.width = Mm(width)
        empty = cell.paragraphs[0]._p  # noqa: SLF001
        empty.getparent().remove(empty)
    _hold_together(table.rows[0])
    return cells


def _hold_together(row: Any) -> None:
    """A row that is never divided between two pages."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _underlined(cell: _Cell, text: str, *, size: int) -> None:
    """Bold words with a rule beneath, as the head of a paper has them."""
    made = _add(cell, text, size=size, bold=True, align="center")
    made.runs[0].underline = True


def _head(paper: Document, words: Mapping[str, Any]) -> None:
    """Agency and number on the left; nation, motto, place and date on the right."""
    left, right = _columns(paper, (68, 92))
    if words["parent"]:
        _add(left, words["parent"].upper(), size=NARROW, align="center")
    _underlined(left, words["agency"].upper(), size=NARROW)
    _add(left, f"Số: {words['number']}", align="center", before=6)
    _add(right, NATION, size=NARROW, bold=True, align="center")
    _underlined(right, MOTTO, size=TEXT)
    dated = f"{words['place']}, {words['date']}"
    _add(right, dated, italic=True, align="center", before=6)


def _section(paper: Document, section: Mapping[str, Any], *, is_last: bool) -> None:
    _body(paper, section["title"], bold=True).paragraph_format.keep_with_next = True
    for table in section["tables"]:
        _table(paper, table, (58, 34, 34, 34), size=SMALL)
    last = None
    for group in section["groups"]:
        if group["title"]:
            _body(paper, group["title"], italic=True).paragraph_format.keep_with_next = True
        for line in group["lines"]:
            last = _body(paper, f"- {line}")
    if section["is_empty"]:
        last = _body(paper, "Không có.")
    if is_last and last is not None:
        last.add_run("/." if last.text.endswith(".") else "./.")
        last.paragraph_format.keep_with_next = True  # the signature never stands alone on a page


def _table(paper: Document, table: Mapping[str, Any], widths: Sequence[int], *, size: int) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    _body(paper, table["name"], bold=True).paragraph_format.keep_with_next = True
    made = paper.add_table(rows=0, cols=len(table["headings"]))
    made.style = "Table Grid"
    made.autofit = False
    for number, line in enumerate([table["headings"], *table["rows"]]):
        row = made.add_row()
        _hold_together(row)
        for place, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            cell.width = Mm(widths[place])
            written = cell.paragraphs[0]
            run = written.add_run(text)
            run.bold = number == 0
            run.font.size = _points(size)
            _aligned(written, "center" if number == 0 or place else "left")
    _repeat_head(made.rows[0])
    paper.add_paragraph().paragraph_format.space_after = _points(0)


def _repeat_head(row: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _points(size: int) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(size)


def _signatures(paper: Document, words: Mapping[str, Any]) -> None:
    """Recipients on the left; capacity, post and name on the right, on one page."""
    left, right = _columns(paper, (72, 88))
    made = _add(left, "Nơi nhận:", size=NARROW, bold=True, italic=True, align="left")
    made.paragraph_format.space_before = _points(8)
    for recipient in words["recipients"]:
        _add(left, f"- {recipient}", size=SMALL, align="left")
    if words["capacity"]:
        _add(right, words["capacity"].upper(), bold=True, align="center", before=8)
    post = _add(right, words["post"].upper(), bold=True, align="center", after=62)
    if not words["capacity"]:
        post.paragraph_format.space_before = _points(8)
    _add(right, words["name"], bold=True, align="center")


def _appendix(paper: Document, tables: Iterable[Mapping[str, Any]]) -> None:
    """The figures of each unit, on pages lying across."""
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415

    page = paper.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.different_first_page_header_footer = False
    _add(paper, "PHỤ LỤC", size=LARGE, bold=True, align="center")
    _add(paper, "Số liệu của từng đơn vị", size=LARGE, bold=True, align="center", after=8)
    _add(paper, "Dấu * là số đơn vị báo cáo khác số hệ thống tính.", size=SMALL, after=6)
    for table in tables:
        rest = (247 - 60) // (len(table["headings"]) - 1)
        _table(paper, table, (60, *[rest] * (len(table["headings"]) - 1)), size=SMALL - 1)
