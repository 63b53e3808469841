"""How tasks were carried out in a period (kết quả thực hiện): a table on the page, a PDF or Word paper in one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import ancestors, names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators.reports.periods import Frequency, last_ended, named, period_on
from tinhso.kernel.days import FIRST_YEAR, LAST_YEAR, unreadable
from tinhso.kernel.permissions import require
from tinhso.tasks.errors import TaskUnknown
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.printing.words import performance_words
from tinhso.tasks.queries.performance import performance
from tinhso.tasks.queries.tasks import given_to_see
from tinhso.ui.printing import pdf
from tinhso.ui.word import docx

if TYPE_CHECKING:
    from datetime import date

    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.queries.performance import Performance

TEMPLATE = "tasks/printing/performance.typ"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": "application/pdf", "docx": WORD}
OFFERED = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY, Frequency.YEARLY)


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The table of a period."""
    require(request.actor, TaskPermission.READ, at=request.at)
    found = _found(request)
    context = {"found": found, "periods": offered(day_of(request.at), found.period)}
    return render(request, "tasks/performance.html", context)


@require_safe
def paper(request: ActedRequest, form: str) -> HttpResponse:
    """The paper to sign."""
    require(request.actor, TaskPermission.READ, at=request.at)
    if form not in FORMS:
        raise TaskUnknown
    found = _found(request)
    agency, place = signer(request)
    words = performance_words(found, agency=agency, place=place, at=request.at)
    content = pdf(TEMPLATE, words) if form == "pdf" else docx(words)
    answer = HttpResponse(content, content_type=FORMS[form])
    name = f"ket-qua-nhiem-vu-{found.period.code}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(request: ActedRequest) -> Performance:
    period = chosen(request.GET.get("ky", ""), day_of(request.at))
    return performance(given_to_see(request.actor, at=request.at), period, at=request.at)


def chosen(code: str, today: date) -> Period:
    """The period that an address names; this month where it names none."""
    if not code.strip():
        return period_on(Frequency.MONTHLY, 1, today)
    found = (named(frequency, 1, code.strip()) for frequency in OFFERED)
    known = next((period for period in found if period), None)
    if known is None or not FIRST_YEAR <= known.year <= LAST_YEAR:
        raise unreadable("ky", code)
    return known


def offered(today: date, now: Period) -> list[tuple[str, str]]:
    """The running and the last ended period of each length, and the one that is shown, by code and title."""
    found = [
        period
        for frequency in OFFERED
        for period in (period_on(frequency, 1, today), last_ended(frequency, 1, today))
    ]
    return [(one.code, one.title) for one in (found if now in found else [now, *found])]


def signer(request: ActedRequest) -> tuple[str, str]:
    """The agency that reports, and the place before the date: the province, without "UBND tỉnh"."""
    on = day_of(request.at)
    agencies = held(request.actor, TaskPermission.READ, at=request.at)
    given = given_to_see(request.actor, at=request.at)
    if agencies:
        given = given.filter(agency__in=agencies)
    agency = given.order_by().values_list("agency", flat=True).first() or next(
        iter(sorted(agencies or ())), None
    )
    if agency is None:
        return "", ""
    top = [agency, *ancestors(agency, on)][-1]
    names = names_of([agency, top], on)
    place = names.get(top, "").removeprefix("UBND ").removeprefix("tỉnh ").removeprefix("Tỉnh ")
    return names.get(agency, ""), place
