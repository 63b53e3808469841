"""Bring a notice in (đưa văn bản vào): a file or pasted text, read at once into draft tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.queries import agency_choices
from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.tasks import services
from tinhso.tasks.pages.forms import BringingForm
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.committees import committees_on

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: ActedRequest) -> HttpResponse:
    """The form; then the review of what was read."""
    require(request.actor, TaskPermission.BRING_IN, at=request.at)
    scope = request.actor.scope(TaskPermission.BRING_IN, at=request.at)
    agencies = agency_choices(scope, at=request.at)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringingForm(*given, agencies=agencies, committees=_committees(request))
    refusal: DomainError | None = None
    if form.is_valid():
        typed = dict(form.cleaned_data)
        agency = typed.pop("agency")
        try:
            brought = _brought(typed)
            notice = services.bring_in(brought, agency=agency, actor=request.actor, at=request.at)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã đọc văn bản. Rà soát từng mục rồi giao nhiệm vụ."))
            return redirect("tasks:notice", notice.uuid)
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    context = {"form": form, "refusal": refusal, "agencies": agencies}
    return render(request, "tasks/bringing.html", context, status=status)


def _committees(request: ActedRequest) -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in committees_on(day_of(request.at))]


def _brought(typed: dict[str, object]) -> services.Brought:
    """What was handed in, the file read into memory: the house refuses larger requests before."""
    upload = typed.pop("upload")
    content = upload.read() if upload else b""  # type: ignore[attr-defined]
    name = upload.name if upload else ""  # type: ignore[attr-defined]
    return services.Brought(content=content, filename=name, **typed)  # type: ignore[arg-type]
