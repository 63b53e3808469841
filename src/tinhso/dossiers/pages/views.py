"""Saving, choosing and forgetting filters of the queue (bộ lọc đã lưu)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.dossiers import services
from tinhso.dossiers.pages.density import back_to
from tinhso.dossiers.pages.filtering import chosen_in, parameters_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_POST
def save(request: ActedRequest) -> HttpResponse:
    """Keep the filters of the list under a name; what was searched for is not kept."""
    query = request.POST.get("loc", "")
    chosen = replace(chosen_in(QueryDict(query)), search="")
    services.save_view(
        request.POST.get("ten", ""),
        parameters_of(chosen),
        is_default="mac-dinh" in request.POST,
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, _("Đã lưu bộ lọc."))
    return redirect(back_to(query))


@require_POST
def choose(request: ActedRequest, key: UUID) -> HttpResponse:
    """Let the queue open with this view, or no longer."""
    services.set_default_view(
        key, is_default=request.POST.get("mac-dinh") == "1", actor=request.actor, at=request.at
    )
    messages.success(request, _("Đã đổi bộ lọc mặc định."))
    return redirect(back_to(request.POST.get("loc", "")))


@require_POST
def remove(request: ActedRequest, key: UUID) -> HttpResponse:
    """Forget a view."""
    services.remove_view(key, actor=request.actor, at=request.at)
    messages.success(request, _("Đã xóa bộ lọc."))
    return redirect(back_to(request.POST.get("loc", "")))
