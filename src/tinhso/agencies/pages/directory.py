"""The directory as of a day (danh bạ cơ quan); anybody may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies import queries
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.pages.forms import DirectoryForm
from tinhso.calendars.clock import day_of
from tinhso.kernel.days import day_in

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

_A_PAGE = 50


@require_safe
def directory(request: ActedRequest) -> HttpResponse:
    """Agencies of the day `ngay` whose name or code matches `tim`, of the kind `loai`."""
    today = day_of(request.at)
    on = day_in(request.GET) or today
    form = DirectoryForm({**request.GET.dict(), "ngay": on.isoformat()})
    asked = form.cleaned_data if form.is_valid() else {}
    kind = AgencyKind(asked["loai"]) if asked.get("loai") else None
    found = queries.directory(on, search=asked.get("tim", ""), kind=kind)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("trang"))
    parents = queries.names_of({row.parent_id for row in page if row.parent_id}, on)
    rows = [(row, parents.get(row.parent_id or 0, "")) for row in page]
    context = {
        "form": form,
        "on": on,
        "today": today,
        "page": page,
        "rows": rows,
        "first_change": queries.first_change() if on < today else None,
    }
    return render(request, "agencies/directory.html", context, status=422 if form.errors else 200)
