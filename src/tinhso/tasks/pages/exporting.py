"""The filtered board, or inbox, as a spreadsheet (kết xuất); every cell is text, so that nothing is worked out."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.models import State
from tinhso.tasks.pages.filtering import chosen_in
from tinhso.tasks.pages.inbox import chosen_tasks
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import given_to_see, ordered, rows_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.queries.tasks import Row

MOST = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: ActedRequest) -> FileResponse:
    """What the filters of the address choose."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    tasks = chosen_in(request.GET).viewed(given_to_see(request.actor, at=request.at), on)
    return _sent(request, "nhiem-vu", tasks, on)


@require_safe
def export_inbox(request: ActedRequest) -> FileResponse:
    """The same of an agency's inbox."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    tasks = chosen_tasks(request, chosen_in(request.GET), on)
    return _sent(request, "nhiem-vu-duoc-giao", tasks, on)


def _sent(request: ActedRequest, name: str, tasks: TaskQuerySet, on: date) -> FileResponse:
    name = f"{name}-{request.at:%Y%m%d-%H%M}.xlsx"
    out = as_spreadsheet(rows_of(ordered(tasks)[:MOST], on))
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


def as_spreadsheet(rows: Iterable[Row]) -> BytesIO:
    """The file, in memory: at most `MOST` lines."""
    import xlsxwriter  # noqa: PLC0415  (heavy: only who saves a list pays for it)

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Nhiệm vụ"))
        bold = book.add_format({"bold": True})
        for number, line in enumerate([columns(), *map(cells, rows)]):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.set_column(0, len(columns()) - 1, 24)
        sheet.freeze_panes(1, 0)
    out.seek(0)
    return out


def columns() -> list[str]:
    """The heads of the columns."""
    return [
        _("Văn bản"),
        _("Ngày ban hành"),
        _("Mục"),
        _("Nhóm"),
        _("Nhiệm vụ"),
        _("Chủ trì"),
        _("Hạn"),
        _("Tình trạng"),
        _("Thời hạn"),
        _("Người theo dõi"),
    ]


def cells(row: Row) -> list[str]:
    """One line, under `columns`."""
    task = row.task
    return [
        str(task.notice),
        formatting.day(task.notice.issued_on) if task.notice.issued_on else "",
        str(task.ordinal),
        task.group,
        task.text,
        row.lead,
        formatting.day(task.deadline_on) if task.deadline_on else "",
        str(State(task.state).label),
        row.pace.text,
        task.follower.name if task.follower else "",
    ]
