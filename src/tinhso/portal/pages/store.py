"""`/giay-to-cua-toi/`: a person's own results and what each was used for; who looked at their data, when, for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.portal import keeping

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20


@login_required
@require_safe
def store(request: ActedRequest) -> HttpResponse:
    """The results, the latest first."""
    results = Paginator(keeping.own_results(request.actor), PER_PAGE)
    page = results.get_page(request.GET.get("trang"))
    context = {"page": page, "kept": keeping.shown(page, on=day_of(request.at))}
    return render(request, "portal/store.html", context)


@login_required
@require_safe
def reads(request: ActedRequest) -> HttpResponse:
    """Who looked: the agency, when, for what; never which officer."""
    pages = Paginator(keeping.reads_of_own(request.actor), PER_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    context = {"page": page, "reads": keeping.in_words(page, on=day_of(request.at))}
    return render(request, "portal/reads.html", context)
