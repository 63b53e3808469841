"""Guides by events of life: choose one, answer a few questions, see what is to be done in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.portal import channels
from tinhso.portal.guides.finding import guide_in_force, in_force
from tinhso.portal.guides.telling import NO, YES, answers_in, steps_left_out, steps_shown
from tinhso.portal.pages.procedures import LEVELS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """All guides in force."""
    return render(request, "portal/guides.html", {"guides": in_force(day_of(request.at))})


@require_safe
def guide(request: ActedRequest, code: str) -> HttpResponse:
    """One guide, narrowed by the answers in the address."""
    day = day_of(request.at)
    found = guide_in_force(code, day)
    answers = answers_in(request.GET, found)
    given = {code: YES if answer else NO for code, answer in answers.items()}
    context = {
        "guide": found,
        "questions": [(question, given.get(question.code)) for question in found.questions],
        "options": [(YES, _("Có")), (NO, _("Không"))],
        "answers": answers,
        "open": len(found.questions) - len(answers),
        "steps": steps_shown(found, answers, day),
        "left_out": steps_left_out(found, answers),
        "levels": LEVELS,
        "channel": channels.filing_channel(request.at),
        "is_elsewhere": channels.is_filed_elsewhere(request.at),
    }
    return render(request, "portal/guide.html", context)
