"""Obstacles on screen (vướng mắc): raise in one tap, the lists, one of them with its history, the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.accounts.queries import agency_choices
from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.tasks import obstacle_kinds
from tinhso.tasks.models import Obstacle, Solution
from tinhso.tasks.pages.obstacle_acting import acts_open
from tinhso.tasks.pages.obstacle_forms import RaisingForm
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries import obstacles as queries
from tinhso.tasks.services.obstacles import Stuck, address, raise_obstacle
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.obstacles import ObstacleQuerySet

PAGE = 30
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOOK = "look"
"""The button that shows solutions that are known already, before anything is sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def raise_it(request: ActedRequest) -> HttpResponse:
    """The form, with the screen from which one came; then the obstacle on its way."""
    require(request.actor, TaskPermission.RAISE_OBSTACLE, at=request.at)
    form = _form(request)
    refusal: DomainError | None = None
    if request.POST.get("then") == LOOK:
        return _raising(request, form, refusal, 200)
    if form.is_valid():
        try:
            made = _raise(request, form)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã báo vướng mắc đến nơi giải quyết."))
            return redirect("tasks:obstacle", made.uuid)
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return _raising(request, form, refusal, status)


def _raise(request: ActedRequest, form: RaisingForm) -> Obstacle:
    typed = form.cleaned_data
    stuck = Stuck(typed["kind"], typed["text"], typed["page"], subject_of(typed["page"]))
    return raise_obstacle(stuck, agency=typed["agency"], actor=request.actor, at=request.at)


def subject_of(page: str) -> UUID | None:
    """What the screen of an address shows: the first key in it."""
    found = _UUID.search(page)
    return UUID(found[0]) if found else None


def _form(request: ActedRequest) -> RaisingForm:
    scope = request.actor.scope(TaskPermission.RAISE_OBSTACLE, at=request.at)
    kinds = [(kind.code, kind.label) for kind in obstacle_kinds.on(day_of(request.at))]
    return RaisingForm(
        request.POST if request.method == "POST" else None,
        initial={"page": address(request.GET.get("trang", ""))},
        agencies=agency_choices(scope, at=request.at),
        kinds=kinds,
    )


def _raising(
    request: ActedRequest, form: RaisingForm, refusal: DomainError | None, status: int
) -> HttpResponse:
    said = request.POST.get("text", "")
    looked = request.POST.get("then") == LOOK
    context = {
        "form": form,
        "refusal": refusal,
        "page": form["page"].value(),
        "kinds": obstacle_kinds.on(day_of(request.at)),
        "looked": looked,
        "solutions": queries.solutions_for(said) if said else [],
    }
    if looked:
        form.errors.clear()
    return render(request, "tasks/obstacle_raising.html", context, status=status)


@require_safe
def show_list(request: ActedRequest) -> HttpResponse:
    """What waits for an answer of the reader's agencies, or what these raised."""
    require(request.actor, TaskPermission.READ_OBSTACLE, at=request.at)
    on, view, said = day_of(request.at), request.GET.get("xem", ""), request.GET.get("tu", "")
    waiting = queries.to_solve(request.actor, at=request.at)
    mine = queries.raised_to_see(request.actor, at=request.at)
    answers = request.actor.holds(TaskPermission.ANSWER_OBSTACLE, at=request.at)
    is_waiting = view == "can-tra-loi" or (not view and answers)
    chosen = _narrowed(request, waiting if is_waiting else mine).said(said)
    page = Paginator(chosen.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": queries.obstacle_rows(page, on),
        "tabs": _tabs(waiting, mine, is_waiting=is_waiting),
        "kinds": [("", _("Mọi loại")), *((k.code, k.label) for k in obstacle_kinds.on(on))],
        "may_raise": request.actor.holds(TaskPermission.RAISE_OBSTACLE, at=request.at),
    }
    return render(request, "tasks/obstacles.html", context)


def _narrowed(request: ActedRequest, found: ObstacleQuerySet) -> ObstacleQuerySet:
    kind = request.GET.get("loai", "")
    return found.filter(kind=kind) if kind else found


def _tabs(waiting: ObstacleQuerySet, mine: ObstacleQuerySet, *, is_waiting: bool) -> list[Tab]:
    return [
        Tab(_("Cần trả lời"), "?xem=can-tra-loi", waiting.count(), is_current=is_waiting),
        Tab(_("Cơ quan tôi đã báo"), "?xem=da-bao", mine.count(), is_current=not is_waiting),
    ]


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """One obstacle: its words, where it came up, who solves it by when, what happened, what may be done now."""
    obstacle = Obstacle.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    on = day_of(request.at)
    joined = list(obstacle.joined.order_by("pk"))
    row, *others = queries.obstacle_rows([obstacle, *joined], on)
    acts = acts_open(request, obstacle)
    may_join = any(act.slug == "tra-loi" for act in acts)
    context = {
        "obstacle": obstacle,
        "row": row,
        "joined": others,
        "history": queries.obstacle_history(obstacle),
        "acts": [act for act in acts if act.slug != "gop"],
        "alike": queries.obstacle_rows(
            queries.alike(obstacle, actor=request.actor, at=request.at) if may_join else [], on
        ),
        "solutions": queries.solutions_for(obstacle.text) if may_join else [],
    }
    return render(request, "tasks/obstacle.html", context)


@require_safe
def library(request: ActedRequest) -> HttpResponse:
    """Solutions that help others too (thư viện lời giải), found without accents."""
    require(request.actor, TaskPermission.READ_OBSTACLE, at=request.at)
    found = Solution.objects.said(request.GET.get("tu", "")).order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    rows = [(solution, obstacle_kinds.name_of(solution.kind)) for solution in page]
    return render(request, "tasks/solutions.html", {"page": page, "rows": rows})
