"""The filtered queue as a spreadsheet or as CSV (kết xuất); every cell is text, so that nothing is worked out."""

from __future__ import annotations

import csv
import tempfile
from typing import IO, TYPE_CHECKING

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.models import Channel, State
from tinhso.dossiers.pages.filtering import chosen_in, parameters_of
from tinhso.dossiers.pages.queue import rows_of
from tinhso.dossiers.queries.worklist import shown
from tinhso.dossiers.services.exporting import export_queue
from tinhso.kernel.errors import NotFound
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http.response import HttpResponseBase

    from tinhso.dossiers.pages.queue import QueueRow
    from tinhso.kernel.requests import ActedRequest

AT_ONCE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet begins to work things out; such a cell of a CSV gets an apostrophe before it."""


class _Echo:
    """What a CSV writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def export(request: ActedRequest, form: str) -> HttpResponseBase:
    """What the filters of the address choose, all of it."""
    if form not in {"csv", "xlsx"}:
        raise NotFound
    chosen = chosen_in(request.GET)
    keys = export_queue(
        chosen, parameters_of(chosen), form=form, actor=request.actor, at=request.at
    )
    name = f"ho-so-cho-xu-ly-{request.at:%Y%m%d-%H%M}.{form}"
    disposition = f'attachment; filename="{name}"'
    if form == "csv":
        lines = as_csv(keys, request.at, get_language() or "vi")
        headers = {"Content-Disposition": disposition}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return FileResponse(
        as_spreadsheet(keys, request.at), as_attachment=True, filename=name, content_type=XLSX
    )


def columns() -> list[str]:
    """The heads of the columns."""
    return [
        _("Mã hồ sơ"),
        _("Thủ tục"),
        _("Mã thủ tục"),
        _("Người nộp"),
        _("Địa chỉ"),
        _("Cách nộp"),
        _("Ngày nhận"),
        _("Hạn xử lý"),
        _("Thời hạn"),
        _("Tình trạng"),
        _("Bước hiện tại"),
        _("Cơ quan"),
        _("Người xử lý"),
    ]


def cells(row: QueueRow) -> list[str]:
    """One line, under `columns`."""
    work = row.work
    return [
        work.code,
        row.title,
        row.code,
        work.applicant_name or "",
        work.address or "",
        str(Channel(work.channel).label),
        formatting.moment(work.received_at) if work.received_at else "",
        formatting.moment(work.due_at) if work.due_at else "",
        row.pace.text,
        str(State(work.state).label),
        f"{row.step} ({row.waits})" if row.waits else row.step,
        row.agency,
        work.person_name or "",
    ]


def lines_of(keys: Sequence[UUID], at: datetime) -> Iterator[list[str]]:
    """The lines, read some hundreds at a time; what was done meanwhile is left out."""
    calendar = working_calendar()
    for first in range(0, len(keys), AT_ONCE):
        found = shown(keys[first : first + AT_ONCE])
        for row in rows_of(found, at=at, calendar=calendar, names_all=True):
            yield cells(row)


def as_csv(keys: Sequence[UUID], at: datetime, language: str) -> Iterator[str]:
    """The file line by line, as it is sent; it begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    with override(language):
        yield "\ufeff" + str(writer.writerow(columns()))
        for line in lines_of(keys, at):
            yield str(writer.writerow([_safe(cell) for cell in line]))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_spreadsheet(keys: Sequence[UUID], at: datetime) -> IO[bytes]:
    """The file, written to disk line by line and taken away when it was sent."""
    import xlsxwriter  # noqa: PLC0415  (heavy: only who saves a list pays for it)

    out = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_("Hồ sơ chờ xử lý"))
        bold = book.add_format({"bold": True})
        for column, head in enumerate(columns()):
            sheet.write_string(0, column, head, bold)
        sheet.set_column(0, len(columns()) - 1, 22)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines_of(keys, at), start=1):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell)
    out.seek(0)
    return out
