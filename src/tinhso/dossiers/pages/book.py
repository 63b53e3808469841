"""The book of dossiers of a desk (sổ theo dõi hồ sơ), on the page, printed, and as a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors_of_papers import BookTooLong
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.printing import book as printing
from tinhso.dossiers.queries import book
from tinhso.dossiers.queries.showing import people
from tinhso.kernel.days import DayUnreadable, days_in
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.parties.services import note_read
from tinhso.ui import verifying
from tinhso.ui.formatting import number as shown_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.queries.book import BookLine
    from tinhso.kernel.requests import ActedRequest

ROWS = 50
MOST_PRINTED = 3000
"""Lines of a printed book; the spreadsheet holds all."""
LONGEST = timedelta(days=366)
LONGEST_WORDS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """Which desk's book, from which day to which; with words, what the officer may see of any day."""

    desk: int
    since: date
    until: date
    words: str = ""


@require_safe
def show(request: ActedRequest) -> HttpResponseBase:
    """The book of a period; of this month when none is asked for."""
    desks, asked = _asked(request)
    entries = _entries(request, asked)
    make = {"pdf": _paper, "xlsx": _spreadsheet}.get(request.GET.get("tai", ""))
    if make and desks and not asked.words:
        return make(request, asked, entries)
    page = Paginator(entries, ROWS).get_page(request.GET.get("trang"))
    lines = book.lines_of(page, until=asked.until)
    _note(request, lines)
    pairs = zip(page, lines, strict=True)
    context = {
        "page": page,
        "rows": [(each.uuid, printing.row_of(line)) for each, line in pairs],
        "columns": printing.COLUMNS[1:],
        "desks": [(str(key), name) for key, name in desks.items()],
        "asked": asked,
        "most": MOST_PRINTED,
        "is_printed": page.paginator.count <= MOST_PRINTED,
    }
    return render(request, "dossiers/book.html", context)


def _entries(request: ActedRequest, asked: Asked) -> QuerySet[Dossier]:
    if asked.words:
        return book.searched(asked.words, request.actor, at=request.at)
    return book.entered(asked.desk, since=asked.since, until=asked.until)


def _asked(request: ActedRequest) -> tuple[dict[int, str], Asked]:
    """What was asked for; refuses who has no desk, but may search where they read, and days that make no period.

    The desks that are offered are the right: one of them is chosen, or the first.
    """
    actor, at = request.actor, request.at
    desks = book.desks(actor, at=at)
    words = request.GET.get("tim", "").strip()[:LONGEST_WORDS]
    if not desks:
        searches = "tim" in request.GET
        require(actor, DossierPermission.READ if searches else DossierPermission.RECEIVE, at=at)
    today = day_of(at)
    first, last = days_in(request.GET)
    since, until = first or today.replace(day=1), last or today
    if not since <= until <= since + LONGEST:
        wrong = {"den": [_("Ngày cuối phải sau ngày đầu, không quá một năm.")]}
        raise DayUnreadable(wrong, {"tu": since.isoformat(), "den": until.isoformat()})
    chosen = read_number(request.GET.get("quay", ""))
    desk = chosen if chosen in desks else next(iter(desks), 0)
    return desks, Asked(desk, since, until, words)


def _note(request: ActedRequest, lines: Sequence[BookLine]) -> None:
    shown = [line.applicant for line in lines if line.applicant is not None]
    note_read(shown, purpose="book", actor=request.actor, at=request.at)


def _paper(request: ActedRequest, asked: Asked, entries: QuerySet[Dossier]) -> HttpResponse:
    """The book as it is printed, whole; one too long for paper is refused with its length."""
    count = entries.count()
    if count > MOST_PRINTED:
        raise BookTooLong(count=shown_number(count), most=shown_number(MOST_PRINTED))
    lines = book.lines_of(entries, until=asked.until)
    _note(request, lines)
    name = people({request.actor.key})[request.actor.key]
    body = printing.as_pdf(
        lines,
        desk=asked.desk,
        since=asked.since,
        until=asked.until,
        name=name,
        at=request.at,
        address=partial(verifying.address_of, request),
    )
    headers = {"Content-Disposition": _kept_as(asked, "pdf")}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def _spreadsheet(
    request: ActedRequest, asked: Asked, entries: QuerySet[Dossier]
) -> HttpResponseBase:
    """The book as a spreadsheet, every line of it."""
    body = printing.as_spreadsheet(_noted(request, book.in_parts(entries, until=asked.until)))
    headers = {"Content-Disposition": _kept_as(asked, "xlsx")}
    return FileResponse(body, content_type=XLSX, headers=headers)


def _noted(
    request: ActedRequest, parts: Iterable[Sequence[BookLine]]
) -> Iterator[Sequence[BookLine]]:
    for part in parts:
        _note(request, part)
        yield part


def _kept_as(asked: Asked, kind: str) -> str:
    return f'attachment; filename="so-theo-doi-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.{kind}"'
