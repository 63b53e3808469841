"""A page of one act on a task, and which acts the reader may do now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.errors import NotAtLead, TaskState, TaskUnknown
from tinhso.tasks.models import State, Task
from tinhso.tasks.pages.act_table import all_acts
from tinhso.tasks.queries.sharing import blockers_of, open_shares
from tinhso.tasks.services.acting import is_at_lead
from tinhso.tasks.services.carrying import waiting_request
from tinhso.tasks.services.deciding import proposed_by
from tinhso.ui.choosing import choices_of
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.pages.act_table import ActPage


def acts_open(request: ActedRequest, task: Task) -> list[ActPage]:
    """The acts that the reader may do to the task as it stands."""
    asked = waiting_request(task) is not None
    is_here = is_at_lead(task, request.actor, request.at)
    held_up = open_shares(task).exists() or blockers_of(task).exists()
    return [
        act
        for act in all_acts()
        if task.state in act.states
        and act.needs_request in {None, asked}
        and (act.slug != "xin-gia-han" or task.deadline_on is not None)
        and not (held_up and act.slug == "de-nghi-hoan-thanh")
        and request.actor.holds(act.right, agency=_agency(act, task, request), at=request.at)
        and (act.side == "giver" or is_here)
        and not (act.slug == "xac-nhan" and proposed_by(task) == request.actor.key)
        and (act.offer is None or act.offer(request, task))
    ]


def _agency(act: ActPage, task: Task, request: ActedRequest) -> int:
    agency = task.lead_id if act.side == "lead" else task.agency_id
    return heir(agency, day_of(request.at))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs; then do it and go back to the task."""
    task = Task.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    page = next((act for act in all_acts() if act.slug == slug), None)
    if page is None:
        raise TaskUnknown
    require(request.actor, page.right, agency=_agency(page, task, request), at=request.at)
    if page.side == "lead" and not is_at_lead(task, request.actor, request.at):
        raise NotAtLead
    if request.method != "POST" and task.state not in page.states:
        raise TaskState(state=State(task.state).label)
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
    if page.offer is not None:
        for name, (choices, initial) in page.offer(request, task).items():
            if choices is not None:
                choices_of(form, name, choices)
            form.fields[name].initial = initial
    return form
