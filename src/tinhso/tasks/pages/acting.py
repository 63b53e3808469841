"""The acts on a task, one table: the word of the address, who may, when, what is asked, what is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from tinhso.agencies.queries import directory, heir
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import services
from tinhso.tasks.errors import TaskUnknown
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import State, Task
from tinhso.tasks.models.tasks import OPEN
from tinhso.tasks.pages import forms as own
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.services.carrying import Shown, waiting_request
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.permissions import Permission
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class ActPage:
    """One act as a page: `side` says whether the lead or the giver does it; `done` is said when it was done."""

    slug: str
    label: StrOrPromise
    side: Literal["lead", "giver"]
    right: Permission
    states: tuple[State, ...]
    form: type[forms.Form]
    call: Callable[..., Any]
    done: StrOrPromise
    kind: str = ""
    needs_request: bool | None = None


def _evidence(key: UUID, *, upload: Any, value: str, note: str, **given: Any) -> object:
    shown = Shown(upload, upload.name if upload else "", value, note)
    return services.give_evidence(key, shown, **given)


def _answer(key: UUID, *, answer: str, **given: Any) -> object:
    return services.decide_extension(key, grants=answer == "yes", **given)


ACTS = (
    ActPage(
        slug="nhan",
        label=_("Nhận nhiệm vụ"),
        side="lead",
        right=Right.ACCEPT,
        states=(State.ISSUED,),
        form=own.WordsForm,
        call=services.accept,
        done=_("Đã nhận nhiệm vụ."),
        kind="primary",
    ),
    ActPage(
        slug="tra-lai",
        label=_("Trả lại"),
        side="lead",
        right=Right.ACCEPT,
        states=(State.ISSUED, State.ACCEPTED),
        form=own.ReasonForm,
        call=services.return_task,
        done=_("Đã trả lại, kèm lý do."),
    ),
    ActPage(
        slug="bao-cao",
        label=_("Báo cáo tiến độ"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.ReportForm,
        call=services.report_progress,
        done=_("Đã ghi tiến độ."),
    ),
    ActPage(
        slug="minh-chung",
        label=_("Nộp minh chứng"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED, State.PROPOSED),
        form=own.EvidenceForm,
        call=_evidence,
        done=_("Đã nộp minh chứng."),
    ),
    ActPage(
        slug="xin-gia-han",
        label=_("Xin gia hạn"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.ExtensionForm,
        call=services.ask_extension,
        done=_("Đã gửi đề nghị gia hạn."),
        needs_request=False,
    ),
    ActPage(
        slug="de-nghi-hoan-thanh",
        label=_("Đề nghị xác nhận hoàn thành"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.WordsForm,
        call=services.propose_completion,
        done=_("Đã đề nghị xác nhận hoàn thành."),
        kind="primary",
    ),
    ActPage(
        slug="gia-han",
        label=_("Quyết định gia hạn"),
        side="giver",
        right=Right.DECIDE,
        states=OPEN,
        form=own.ExtensionAnswerForm,
        call=_answer,
        done=_("Đã trả lời đề nghị gia hạn."),
        kind="primary",
        needs_request=True,
    ),
    ActPage(
        slug="giao-lai",
        label=_("Giao lại"),
        side="giver",
        right=Right.DECIDE,
        states=(State.RETURNED, State.ISSUED),
        form=own.GivingForm,
        call=services.give,
        done=_("Đã giao lại."),
    ),
    ActPage(
        slug="xac-nhan",
        label=_("Xác nhận hoàn thành"),
        side="giver",
        right=Right.CONFIRM,
        states=(State.PROPOSED,),
        form=own.WordsForm,
        call=services.confirm_completion,
        done=_("Đã xác nhận hoàn thành."),
        kind="primary",
    ),
    ActPage(
        slug="lam-tiep",
        label=_("Yêu cầu làm tiếp"),
        side="giver",
        right=Right.CONFIRM,
        states=(State.PROPOSED, State.DONE),
        form=own.ReasonForm,
        call=services.reopen,
        done=_("Đã yêu cầu làm tiếp."),
    ),
    ActPage(
        slug="huy",
        label=_("Hủy nhiệm vụ"),
        side="giver",
        right=Right.DECIDE,
        states=OPEN,
        form=own.ReasonForm,
        call=services.cancel,
        done=_("Đã hủy nhiệm vụ."),
        kind="danger",
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def acts_open(request: ActedRequest, task: Task) -> list[ActPage]:
    """The acts that the reader may do to the task as it stands."""
    asked = waiting_request(task) is not None
    return [
        act
        for act in ACTS
        if task.state in act.states
        and act.needs_request in {None, asked}
        and (act.slug != "xin-gia-han" or task.deadline_on is not None)
        and request.actor.holds(act.right, agency=_agency(act, task, request), at=request.at)
    ]


def _agency(act: ActPage, task: Task, request: ActedRequest) -> int:
    agency = task.lead_id if act.side == "lead" else task.agency_id
    return heir(agency, day_of(request.at))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs; then do it and go back to the task."""
    task = Task.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    page = BY_SLUG.get(slug)
    if page is None:
        raise TaskUnknown
    require(request.actor, page.right, agency=_agency(page, task, request), at=request.at)
    form = _form(request, page, task)
    found = tried(request, page, form, key)
    if found.is_done:
        return redirect("tasks:task", key)
    context = {"task": task, "act": page, "form": form, "refusal": found.refusal}
    context["asked"] = waiting_request(task) if page.slug == "gia-han" else None
    return render(request, "tasks/act.html", context, status=found.status)


def _form(request: ActedRequest, page: ActPage, task: Task) -> forms.Form:
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = page.form(*given)
    lead = form.fields.get("lead")
    if isinstance(lead, forms.ChoiceField):
        today = day_of(request.at)
        alive = names_for(task.agency_id, written=today, today=today).alive
        found = directory(today)
        lead.choices = [
            (period.agency_id, period.official_title)
            for period in found
            if period.agency_id in alive
        ]
        lead.initial = task.lead_id
    return form
