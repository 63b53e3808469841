"""Form 07, the book of dossiers (sổ theo dõi hồ sơ), as PDF and as a spreadsheet (TT 03/2025/TT-VPCP, Phụ lục I)."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import day_of, instant, local
from tinhso.dossiers.models import State
from tinhso.parties.identity import mask_id
from tinhso.ui import qr, verifying
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from tinhso.dossiers.queries.book import BookLine

TEMPLATE = "dossiers/printing/book.typ"
TITLE = "Sổ theo dõi hồ sơ"
COLUMNS = (
    "STT",
    _("Mã hồ sơ"),
    _("Tên thủ tục hành chính"),
    _("Người nộp"),
    _("Địa chỉ, số điện thoại"),
    _("Cơ quan chủ trì giải quyết"),
    _("Nhận hồ sơ"),
    _("Hẹn trả kết quả"),
    _("Chuyển hồ sơ"),
    _("Nhận kết quả"),
    _("Trả kết quả"),
    _("Phương thức, người nhận"),
)
"""In the language of the page; the printed book is Vietnamese, and so is the spreadsheet."""
ENDED = {
    State.CANCELLED: _("Đã hủy tiếp nhận"),
    State.WITHDRAWN: _("Người nộp rút hồ sơ"),
    State.STOPPED: _("Dừng xử lý"),
}
WAYS = {"counter": _("Tại quầy"), "post": _("Bưu chính"), "online": _("Trực tuyến")}


def row_of(line: BookLine) -> list[str]:
    """The cells of a line after its running number; the personal number is masked."""
    applicant = line.applicant
    who = (
        f"{applicant.name} ({mask_id(applicant.personal_id or applicant.tax_code)})"
        if applicant
        else ""
    )
    where = ", ".join(filter(None, (applicant.address, applicant.phone))) if applicant else ""
    return [
        line.number,
        line.version.title,
        who,
        where,
        line.competent,
        _time(line.received_at),
        _time(line.due_at),
        _time(line.passed_on_at),
        _time(line.result_at),
        _time(line.handed_over_at),
        ", ".join(filter(None, (_mark(line), str(WAYS.get(line.way, line.way)), line.receiver))),
    ]


def _mark(line: BookLine) -> str:
    """What ended a dossier otherwise than with its result: a sign, the word, the day."""
    word = ENDED.get(line.state)
    if word is None or line.finished_at is None:
        return ""
    return f"× {word} {local(line.finished_at):%d/%m/%Y}"


KIND = "07"
"""The book among the papers that can be verified."""
BEGIN, MINUTE = date(2020, 1, 1), timedelta(minutes=1)
_PARTS = 5
"""Of the key of an early book, whose first day is counted from `BEGIN`; later ones end with a digest."""


def key_of(numbers: Sequence[str], *, desk: int, since: date, until: date, at: datetime) -> str:
    """No row stands for a printed book: its sealed key tells the desk, the days, the dossiers, and when, in short."""
    minutes = (at - instant(BEGIN, 0)) // MINUTE
    days = (until - since).days
    return f"{desk}.{since.toordinal()}.{days}.{len(numbers)}.{minutes}.{digest_of(numbers)}"


def digest_of(numbers: Iterable[str]) -> str:
    """The numbers of a book in their order, as eight characters of a code."""
    return hashlib.sha256("\n".join(numbers).encode()).hexdigest()[:8].upper()


@dataclass(frozen=True)
class PrintedBook:
    """What the key of a printed book says; one printed before books told their dossiers has no digest."""

    desk: int
    since: date
    until: date
    lines: int
    at: datetime
    digest: str

    @classmethod
    def of_key(cls, key: str) -> PrintedBook:
        """As `key_of` wrote it; a key whose seal is right is none but that."""
        told = key.split(".")
        digest = told.pop() if len(told) > _PARTS else ""
        desk, first, days, lines, minutes = map(int, told)
        since = date.fromordinal(first) if digest else BEGIN + timedelta(days=first)
        at = instant(BEGIN, 0) + minutes * MINUTE
        return cls(desk, since, since + timedelta(days=days), lines, at, digest)


def marks(at: datetime) -> dict[str, str]:
    """What the QR code of a book carries (TT 01/2023/TT-VPCP Điều 26), by short names: it is of no one dossier."""
    return {"gt": TITLE, "he": verifying.SYSTEM, "luc": f"{local(at):%Y-%m-%d %H:%M}"}


@override("vi")
def as_pdf(
    lines: Sequence[BookLine],
    *,
    desk: int,
    since: date,
    until: date,
    name: str,
    at: datetime,
    address: Callable[[str, str, dict[str, str]], str],
) -> bytes:
    """The book as it is printed and kept; `address` makes what its QR code carries."""
    day = day_of(at)
    key = key_of([line.number for line in lines], desk=desk, since=since, until=until, at=at)
    above = ancestors(desk, day)[:1]
    names = names_of({desk, *above}, day)
    place = period_of(above[0], day) if above else None
    return pdf(
        TEMPLATE,
        {
            "title": TITLE,
            "qr": qr.drawing(address(KIND, key, marks(at))),
            "code": verifying.code_of(KIND, key),
            "parent": names.get(above[0]) if above else None,
            "agency": names.get(desk, ""),
            "place": place.place_name if place else "",
            "date": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
            "about": f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}",
            "columns": [str(heading) for heading in COLUMNS],
            "rows": [row_of(line) for line in lines],
            "name": name,
        },
        at=at,
    )


@override("vi")
def as_spreadsheet(parts: Iterable[Sequence[BookLine]]) -> IO[bytes]:
    """The book as XLSX, written to disk line by line; every cell is text, so nothing typed becomes a formula."""
    import xlsxwriter  # noqa: PLC0415  (heavy: only who saves a list pays for it)

    out = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    kept = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, kept) as workbook:
        sheet = workbook.add_worksheet("Sổ theo dõi")
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True})
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, str(heading), bold)
        sheet.set_column(1, len(COLUMNS), 22)
        sheet.freeze_panes(1, 2)
        for number, line in enumerate(chain.from_iterable(parts), start=1):
            for column, cell in enumerate([str(number), *row_of(line)]):
                sheet.write_string(number, column, cell, wrapped)
    out.seek(0)
    return out


def _time(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""
