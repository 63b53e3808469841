"""A report as a spreadsheet (XLSX): its figures as numbers, computed and stated apart, and its sentences."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import xlsxwriter

FIGURES = (
    *(
        "Mục",
        "Biểu",
        "Đơn vị",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Nguồn",
        "Hệ thống tính",
        "Tử số",
        "Mẫu số",
    ),
    *("Đơn vị báo cáo", "Tử số báo cáo", "Mẫu số báo cáo", "Lý do sửa", "Phiên bản định nghĩa"),
    *("Số đơn vị chưa có", "Đơn vị chưa có"),
)
SENTENCES = ("Mục", "Loại", "Đơn vị", "Nội dung")
WIDTHS = (24, 28, 26, 44, 12, 16, 14, 10, 10, 14, 14, 14, 30, 18, 12, 60)


def xlsx(content: Mapping[str, Any]) -> bytes:
    """The file's bytes; what people typed is text, never a formula."""
    import xlsxwriter  # noqa: PLC0415  (heavy: only who saves a list pays for it)

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        about = book.add_worksheet("Báo cáo")
        for line, (name, value) in enumerate(_about(content)):
            about.write_string(line, 0, name, bold)
            about.write_string(line, 1, value)
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 80)
        _sheet(book, "Số liệu", FIGURES, _figures(content), bold, widths=WIDTHS)
        _sheet(book, "Nội dung", SENTENCES, _sentences(content), bold, widths=(28, 24, 28, 100))
    return out.getvalue()


def _about(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    gathered = content["gathered"]
    return [
        ("Báo cáo", content["name"]),
        ("Kỳ", content["period_title"]),
        ("Số liệu từ ngày", content["first"]),
        ("Số liệu đến ngày", content["last"]),
        ("Cơ quan báo cáo", content["agency"]["name"]),
        ("Cơ quan nhận", content["receiver"]["name"]),
        ("Căn cứ", "; ".join(content["legal_basis"])),
        ("Tổng hợp từ", f"{gathered['units']}/{gathered['of']} đơn vị" if gathered else ""),
        ("Chưa có báo cáo của", "; ".join(gathered["missing"]) if gathered else ""),
    ]


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    bold: Any,
    *,
    widths: Sequence[int],
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        sheet.set_column(place, place, widths[place])
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(line, place, value)
            elif value:
                sheet.write_string(line, place, str(value))
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _figures(content: Mapping[str, Any]) -> list[list[Any]]:
    return [
        _figure(content, section, table, line, figure)
        for section in content["sections"]
        for table in section["tables"]
        for line in table["lines"]
        for figure in line["figures"]
    ]


def _figure(
    content: Mapping[str, Any],
    section: Mapping[str, Any],
    table: Mapping[str, Any],
    line: Mapping[str, Any],
    figure: Mapping[str, Any],
) -> list[Any]:
    indicator = next(each for each in table["indicators"] if each["code"] == figure["indicator"])
    said = figure["stated"] or {"value": None, "numerator": None, "denominator": None}
    own = "Toàn bộ" if content["gathered"] else content["agency"]["name"]
    return [
        section["name"],
        table["name"],
        line["name"] or own,
        indicator["name"],
        indicator["unit"],
        figure["source_name"],
        _number(figure["value"]),
        figure["numerator"],
        figure["denominator"],
        _number(said["value"]),
        said["numerator"],
        said["denominator"],
        figure["reason"],
        figure["definition"],
        *_wanting(figure),
    ]


def _wanting(figure: Mapping[str, Any]) -> list[Any]:
    """How many units a figure added up is without, and all of their names."""
    wanting = figure.get("wanting")
    return [len(wanting["units"]), "; ".join(wanting["units"])] if wanting else [None, ""]


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)


def _sentences(content: Mapping[str, Any]) -> list[list[str]]:
    return [
        [section["name"], sentence["kind_name"], sentence["unit"], sentence["words"]]
        for section in content["sections"]
        for sentence in section["sentences"]
    ]
