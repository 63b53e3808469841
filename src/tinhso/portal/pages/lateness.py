"""The public board (công khai): what is late and for what somebody said sorry, by agency; no person, no name."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of, local
from tinhso.dossiers.queries.lateness import (
    SHOWN,
    Lateness,
    by_agency,
    late_of,
    month_of,
    named,
    total,
)
from tinhso.kernel.folding import is_called
from tinhso.kernel.identifiers import read_number

if TYPE_CHECKING:
    from tinhso.dossiers.queries.lateness import LateNumber
    from tinhso.kernel.requests import ActedRequest

KEPT = timedelta(minutes=5)
"""How long a figure stands; its time is printed beside it."""
NAME = "portal:lateness"
PER_PAGE = 20


@dataclass(frozen=True)
class Board:
    """The figures and the instant at which they were counted."""

    at: datetime
    rows: list[Lateness]


def _board(at: datetime) -> Board:
    """The figures of at most five minutes ago, on the same day; without names, since readers' languages differ."""
    kept: Board | None = cache.get(NAME)
    if kept and day_of(kept.at) == day_of(at) and timedelta() <= at - kept.at < KEPT:
        return kept
    board = Board(at, by_agency(at))
    cache.set(NAME, board, KEPT.total_seconds())
    return board


def _numbers(board: Board, agency: int) -> list[LateNumber]:
    """The late dossiers of an agency, kept as long as the figures that they belong to."""
    name = f"{NAME}:{agency}:{board.at.timestamp()}"
    kept: list[LateNumber] | None = cache.get(name)
    if kept is None:
        kept = late_of(agency, at=board.at)
        cache.set(name, kept, KEPT.total_seconds())
    return kept


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Agencies page by page, the latest first; those of a name; one with its late dossiers; all as CSV."""
    kept = _board(request.at)
    board = replace(kept, rows=named(kept.rows, day_of(kept.at)))
    if "csv" in request.GET:
        return _csv(board)
    wanted = read_number(request.GET.get("co-quan", ""))
    chosen = next((row for row in board.rows if row.agency == wanted), None)
    search = request.GET.get("tim", "")[:200]
    found = [row for row in board.rows if is_called(row.name, search)]
    context = {
        "board": board,
        "search": search,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
        "total": total(board.rows),
        "month": month_of(board.at),
        "chosen": chosen,
        "late": _numbers(board, chosen.agency) if chosen else [],
        "shown": SHOWN,
    }
    return render(request, "portal/lateness.html", context)


def _csv(board: Board) -> HttpResponse:
    """One line an agency, for a spreadsheet; with the mark by which it reads Vietnamese."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(
        [
            _("Cơ quan"),
            _("Đang quá hạn"),
            _("Trả trễ trong tháng"),
            _("Đã xin lỗi"),
            _("Chưa xin lỗi"),
            _("Đúng hạn"),
            _("Đã xong trong tháng"),
            _("Số liệu lúc"),
        ]
    )
    moment = local(board.at).isoformat(timespec="minutes")
    for row in board.rows:
        figures = (row.late_now, row.late_in_month, row.excused, row.unexcused)
        lines.writerow([row.name, *figures, row.on_time, row.finished, moment])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cong-khai-{day_of(board.at)}.csv"'
    return answer
