"""The acts on an obstacle, one table: the word of the address, who may, when, what is asked, what is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from tinhso.agencies.queries import directory, heir
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.errors import ObstacleUnknown
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import Obstacle, ObstacleState
from tinhso.tasks.models.obstacles import UNSOLVED
from tinhso.tasks.pages import obstacle_forms as own
from tinhso.tasks.pages.forms import WordsForm
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.services import obstacles as services
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.permissions import Permission
    from tinhso.kernel.requests import ActedRequest


class JoiningForm(forms.Form):
    """The obstacle that it is the same as (gộp)."""

    main = forms.UUIDField()


@dataclass(frozen=True)
class ObstacleActPage:
    """One act as a page; who solves the obstacle does it, or (`is_of_raiser`) who raised it."""

    slug: str
    label: StrOrPromise
    right: Permission
    states: tuple[ObstacleState, ...]
    form: type[forms.Form]
    call: Callable[..., Any]
    done: StrOrPromise
    is_of_raiser: bool = False
    kind: str = ""


ACTS = (
    ObstacleActPage(
        slug="tra-loi",
        label=_("Trả lời"),
        right=Right.ANSWER_OBSTACLE,
        states=UNSOLVED,
        form=own.AnsweringForm,
        call=services.answer,
        done=_("Đã trả lời đơn vị."),
        kind="primary",
    ),
    ObstacleActPage(
        slug="chuyen",
        label=_("Chuyển nơi giải quyết"),
        right=Right.ANSWER_OBSTACLE,
        states=UNSOLVED,
        form=own.RoutingForm,
        call=services.route,
        done=_("Đã chuyển."),
    ),
    ObstacleActPage(
        slug="kien-nghi",
        label=_("Kiến nghị cấp trên"),
        right=Right.PROPOSE_OBSTACLE,
        states=UNSOLVED,
        form=own.ProposingForm,
        call=services.propose_upward,
        done=_("Đã ghi kiến nghị."),
    ),
    ObstacleActPage(
        slug="gop",
        label=_("Gộp"),
        right=Right.ANSWER_OBSTACLE,
        states=UNSOLVED,
        form=JoiningForm,
        call=services.join,
        done=_("Đã gộp vào vướng mắc chung."),
    ),
    ObstacleActPage(
        slug="da-go",
        label=_("Xác nhận đã gỡ xong"),
        right=Right.RAISE_OBSTACLE,
        states=(ObstacleState.ANSWERED,),
        form=WordsForm,
        call=services.close,
        done=_("Đã xác nhận gỡ xong."),
        is_of_raiser=True,
        kind="primary",
    ),
    ObstacleActPage(
        slug="chua-go",
        label=_("Báo chưa gỡ được"),
        right=Right.RAISE_OBSTACLE,
        states=(ObstacleState.ANSWERED, ObstacleState.CLOSED),
        form=own.StillStuckForm,
        call=services.reopen,
        done=_("Đã báo lại nơi giải quyết."),
        is_of_raiser=True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def acts_open(request: ActedRequest, obstacle: Obstacle) -> list[ObstacleActPage]:
    """The acts that the reader may do to the obstacle as it stands; a joined one is answered with its main one."""
    return [
        act
        for act in ACTS
        if obstacle.state in act.states
        and (act.is_of_raiser or obstacle.main_id is None)
        and request.actor.holds(act.right, agency=_agency(act, obstacle, request), at=request.at)
    ]


def _agency(act: ObstacleActPage, obstacle: Obstacle, request: ActedRequest) -> int:
    agency = obstacle.agency_id if act.is_of_raiser else obstacle.solver_id
    return heir(agency, day_of(request.at))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs; then do it and go back to the obstacle."""
    obstacle = Obstacle.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    page = BY_SLUG.get(slug)
    if page is None:
        raise ObstacleUnknown
    require(request.actor, page.right, agency=_agency(page, obstacle, request), at=request.at)
    form = _form(request, page, obstacle)
    found = tried(request, page, form, key)
    if found.is_done:
        return redirect("tasks:obstacle", key)
    context = {"obstacle": obstacle, "act": page, "form": form, "refusal": found.refusal}
    return render(request, "tasks/obstacle_act.html", context, status=found.status)


def _form(request: ActedRequest, page: ObstacleActPage, obstacle: Obstacle) -> forms.Form:
    form = page.form(request.POST if request.method == "POST" else None)
    solver = form.fields.get("solver")
    if isinstance(solver, forms.ChoiceField):
        today = day_of(request.at)
        alive = names_for(obstacle.agency_id, written=today, today=today).alive
        solver.choices = [
            (period.agency_id, period.official_title)
            for period in directory(today)
            if period.agency_id in alive and period.agency_id != obstacle.solver_id
        ]
    return form
