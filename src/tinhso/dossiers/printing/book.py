"""Form 07, the book of dossiers (sổ theo dõi hồ sơ), as PDF and as a spreadsheet (TT 03/2025/TT-VPCP, Phụ lục I)."""

from __future__ import annotations

import tempfile
from itertools import chain
from typing import IO, TYPE_CHECKING

import xlsxwriter

from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import day_of, local
from tinhso.dossiers.models import State
from tinhso.parties.identity import mask_id
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tinhso.dossiers.queries.book import BookLine

TEMPLATE = "dossiers/printing/book.typ"
COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Người nộp",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Chuyển hồ sơ",
    "Nhận kết quả",
    "Trả kết quả",
    "Phương thức, người nhận",
)
ENDED = {
    State.CANCELLED: "Đã hủy tiếp nhận",
    State.WITHDRAWN: "Người nộp rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
}
WAYS = {"counter": "Tại quầy", "post": "Bưu chính", "online": "Trực tuyến"}


def row_of(line: BookLine) -> list[str]:
    """The cells of a line after its running number, as they are printed; the personal number is masked."""
    applicant = line.applicant
    who = (
        f"{applicant.name} ({mask_id(applicant.personal_id or applicant.tax_code)})"
        if applicant
        else ""
    )
    where = ", ".join(filter(None, (applicant.address, applicant.phone))) if applicant else ""
    return [
        line.number,
        line.procedure,
        who,
        where,
        line.competent,
        _time(line.received_at),
        _time(line.due_at),
        _time(line.passed_on_at),
        _time(line.result_at),
        _time(line.handed_over_at),
        ", ".join(filter(None, (_mark(line), WAYS.get(line.way, line.way), line.receiver))),
    ]


def _mark(line: BookLine) -> str:
    """What ended a dossier otherwise than with its result: a sign, the word, the day."""
    word = ENDED.get(line.state)
    if word is None or line.finished_at is None:
        return ""
    return f"× {word} {local(line.finished_at):%d/%m/%Y}"


def as_pdf(
    lines: Sequence[BookLine], *, desk: int, since: date, until: date, name: str, at: datetime
) -> bytes:
    """The book as it is printed and kept."""
    day = day_of(at)
    above = ancestors(desk, day)[:1]
    names = names_of({desk, *above}, day)
    province = period_of(above[0], day) if above else None
    return pdf(
        TEMPLATE,
        {
            "title": "Sổ theo dõi hồ sơ",
            "parent": names.get(above[0]) if above else None,
            "agency": names.get(desk, ""),
            "place": province.name.removeprefix("Tỉnh ") if province else "",
            "date": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
            "about": f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}",
            "columns": COLUMNS,
            "rows": [row_of(line) for line in lines],
            "name": name,
        },
        at=at,
    )


def as_spreadsheet(parts: Iterable[Sequence[BookLine]]) -> IO[bytes]:
    """The book as XLSX, written to disk line by line; every cell is text, so nothing typed becomes a formula."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    kept = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, kept) as workbook:
        sheet = workbook.add_worksheet("Sổ theo dõi")
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True})
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, heading, bold)
        sheet.set_column(1, len(COLUMNS), 22)
        sheet.freeze_panes(1, 2)
        for number, line in enumerate(chain.from_iterable(parts), start=1):
            for column, cell in enumerate([str(number), *row_of(line)]):
                sheet.write_string(number, column, cell, wrapped)
    out.seek(0)
    return out


def _time(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""
