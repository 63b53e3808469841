"""The book of dossiers of a desk (sổ theo dõi hồ sơ), on the page, printed, and as a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.printing import book as printing
from tinhso.dossiers.queries import book
from tinhso.dossiers.queries.showing import people
from tinhso.kernel.errors import Invalid
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.dossiers.queries.book import BookLine
    from tinhso.kernel.requests import ActedRequest

ROWS = 50
LABELS = (
    _lazy("Mã hồ sơ"),
    _lazy("Tên thủ tục hành chính"),
    _lazy("Người nộp"),
    _lazy("Địa chỉ, số điện thoại"),
    _lazy("Cơ quan chủ trì giải quyết"),
    _lazy("Nhận hồ sơ"),
    _lazy("Hẹn trả kết quả"),
    _lazy("Chuyển hồ sơ"),
    _lazy("Nhận kết quả"),
    _lazy("Trả kết quả"),
    _lazy("Phương thức, người nhận"),
)
"""The columns of form 07 after the running number, in the language of the page; the printed book is Vietnamese."""
LONGEST = timedelta(days=366)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """Which desk's book, from which day to which."""

    desk: int
    since: date
    until: date


@require_GET
def show(request: ActedRequest) -> HttpResponse:
    """The book of a period; of this month when none is asked for."""
    desks, asked = _asked(request)
    lines = book.lines(asked.desk, since=asked.since, until=asked.until)
    wanted = request.GET.get("tai", "")
    if wanted in {"pdf", "xlsx"}:
        _note(request, lines)
        return _file(request, asked, lines, wanted)
    page = Paginator(lines, ROWS).get_page(request.GET.get("trang"))
    _note(request, list(page))
    context = {
        "page": page,
        "rows": [printing.row_of(line) for line in page],
        "columns": LABELS,
        "desks": [(str(key), name) for key, name in desks.items()],
        "asked": asked,
        "is_cut": len(lines) == book.LARGEST,
    }
    return render(request, "dossiers/book.html", context)


def _asked(request: ActedRequest) -> tuple[dict[int, str], Asked]:
    """What was asked for; refuses a desk that is not the actor's, and days that make no period."""
    actor, at = request.actor, request.at
    desks = book.desks(actor, at=at)
    if not desks:
        require(actor, DossierPermission.RECEIVE, at=at)
    today = day_of(at)
    since = _day(request.GET.get("tu"), today.replace(day=1))
    until = _day(request.GET.get("den"), today)
    if not since <= until <= since + LONGEST:
        raise Invalid({"den": [_("Ngày cuối phải sau ngày đầu, không quá một năm.")]})
    chosen = read_number(request.GET.get("quay", ""))
    desk = chosen if chosen in desks else next(iter(desks), 0)
    require(actor, DossierPermission.RECEIVE, agency=heir(desk, today), at=at)
    return desks, Asked(desk, since, until)


def _day(typed: str | None, usual: date) -> date:
    if not typed:
        return usual
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid({"tu": [_("Nhập ngày có thật, dạng ngày/tháng/năm.")]}) from None


def _note(request: ActedRequest, lines: Sequence[BookLine]) -> None:
    shown = [line.applicant for line in lines if line.applicant is not None]
    note_read(shown, purpose="book", actor=request.actor, at=request.at)


def _file(
    request: ActedRequest, asked: Asked, lines: Sequence[BookLine], wanted: str
) -> HttpResponse:
    if wanted == "xlsx":
        response = HttpResponse(printing.as_spreadsheet(lines), content_type=XLSX)
    else:
        name = people({request.actor.key})[request.actor.key]
        body = printing.as_pdf(
            lines, desk=asked.desk, since=asked.since, until=asked.until, name=name, at=request.at
        )
        response = HttpResponse(body, content_type="application/pdf")
    kept = f"so-theo-doi-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.{wanted}"
    response["Content-Disposition"] = f'attachment; filename="{kept}"'
    return response
