"""One page for the session (trang phiên họp): on the screen, and as one page of A4 to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.printing.words import meeting_words
from tinhso.tasks.queries.meeting import meeting
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

TEMPLATE = "tasks/printing/meeting.typ"


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """What waits, what is late, what is due within the week."""
    require(request.actor, TaskPermission.READ, at=request.at)
    found = meeting(request.actor, at=request.at, on=day_of(request.at))
    return render(request, "tasks/meeting.html", {"meeting": found})


@require_safe
def paper(request: ActedRequest) -> HttpResponse:
    """The same on one page of A4."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    words = meeting_words(meeting(request.actor, at=request.at, on=on), at=request.at)
    answer = HttpResponse(pdf(TEMPLATE, words), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="phien-hop-{on}.pdf"'
    return answer
