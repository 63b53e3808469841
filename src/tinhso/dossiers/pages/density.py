"""How closely the lines of the queue stand (bảng gọn): remembered on the device, for it depends on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.permissions import require
from tinhso.ui.devices import remember

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tinhso.kernel.requests import ActedRequest

COOKIE = "hang-gon"


def is_dense(request: HttpRequest) -> bool:
    """Whether the lines stand closely on this device."""
    return request.COOKIES.get(COOKIE) == "1"


def back_to(query: str) -> str:
    """The queue with the filters that a form carried along."""
    return f"{reverse('dossiers:queue')}?{query or 'cua='}"


@require_POST
def set_density(request: ActedRequest) -> HttpResponse:
    """Let the lines stand closely, or not; back to the same list."""
    require(request.actor, DossierPermission.READ_QUEUE, at=request.at)
    answer = redirect(back_to(request.POST.get("loc", "")))
    remember(answer, COOKIE, "1" if request.POST.get("gon") == "1" else "0")
    return answer
