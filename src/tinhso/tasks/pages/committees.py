"""Committees on screen (ban chỉ đạo, tổ công tác): as of a day, one of them, founding and changing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django_stubs_ext import StrOrPromise

from tinhso.accounts.queries import agency_choices
from tinhso.agencies.queries import directory, names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.days import day_in
from tinhso.kernel.permissions import require
from tinhso.tasks import services
from tinhso.tasks.errors import CommitteeUnknown
from tinhso.tasks.models import CommitteeKind, SeatRole
from tinhso.tasks.models.committees import holding_on
from tinhso.tasks.pages.forms import date_input
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries import committees as queries
from tinhso.ui.choosing import choices_of
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models import Committee


class FoundingForm(forms.Form):
    """A committee as its founding document says."""

    agency = forms.TypedChoiceField(label=_("Cơ quan thành lập"), coerce=int)
    kind = forms.ChoiceField(label=_("Loại"), choices=CommitteeKind.choices)
    name = forms.CharField(label=_("Tên"), max_length=300)
    document = forms.CharField(label=_("Văn bản thành lập"), max_length=200, required=False)
    since = forms.DateField(label=_("Từ ngày"), widget=date_input())


class SeatForm(forms.Form):
    """A member by post."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=SeatRole.choices)
    post = forms.CharField(label=_("Chức vụ (không ghi tên người)"), max_length=300)
    field = forms.CharField(label=_("Lĩnh vực phụ trách"), max_length=300, required=False)
    since = forms.DateField(label=_("Từ ngày"), widget=date_input())


class ServingForm(forms.Form):
    """Who serves the committee in a subject."""

    subject = forms.CharField(
        label=_("Chủ đề"),
        help_text=_("Như văn bản viết: văn bản nhắc tới chủ đề thì cơ quan này được đề xuất."),
        max_length=200,
    )
    agency = forms.TypedChoiceField(label=_("Cơ quan thường trực"), coerce=int)
    since = forms.DateField(label=_("Từ ngày"), widget=date_input())


class LeavingForm(forms.Form):
    """A member that leaves."""

    seat = forms.TypedChoiceField(label=_("Thành viên"), coerce=UUID)
    until = forms.DateField(label=_("Thôi từ ngày"), widget=date_input())


class EndingForm(forms.Form):
    """The end of a committee."""

    until = forms.DateField(label=_("Kết thúc từ ngày"), widget=date_input())


@dataclass(frozen=True)
class CommitteeAct:
    """One act as a page."""

    slug: str
    label: StrOrPromise
    form: type[forms.Form]
    call: Callable[..., Any]
    done: StrOrPromise
    kind: str = ""


ACTS = (
    CommitteeAct("thanh-vien", _("Thêm thành viên"), SeatForm, services.seat, _("Đã thêm.")),
    CommitteeAct(
        "thuong-truc", _("Đặt cơ quan thường trực"), ServingForm, services.serve, _("Đã đặt.")
    ),
    CommitteeAct("thoi", _("Thành viên thôi tham gia"), LeavingForm, services.unseat, _("Đã ghi.")),
    CommitteeAct(
        *("ket-thuc", _("Kết thúc hoạt động"), EndingForm, services.end_committee),
        *(_("Đã kết thúc hoạt động."), "danger"),
    ),
)


@require_safe
def show_all(request: ActedRequest) -> HttpResponse:
    """Those at work on the day that the address names, else today."""
    require(request.actor, TaskPermission.READ, at=request.at)
    day = day_in(request.GET) or day_of(request.at)
    shown = queries.shown(queries.committees_on(day), day)
    may_found = request.actor.holds(TaskPermission.MANAGE_COMMITTEE, at=request.at)
    context = {"shown": shown, "day": day, "may_found": may_found}
    return render(request, "tasks/committees.html", context)


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """One committee as it was on that day."""
    require(request.actor, TaskPermission.READ, at=request.at)
    committee = queries.committee_of(key)
    day = day_in(request.GET) or _present(committee, day_of(request.at))
    context = {
        "one": queries.shown([committee], day)[0],
        "day": day,
        "agency": _founder(committee, day),
        "acts": ACTS if _may_change(request, committee) else (),
    }
    return render(request, "tasks/committee.html", context)


def _founder(committee: Committee, day: date) -> str:
    """Who founded it, by its name on that day; by that of the first day where it has ended."""
    key = committee.agency_id
    return names_of([key], day).get(key) or names_of([key], committee.since).get(key, "")


def _present(committee: Committee, today: date) -> date:
    """Today while it is at work; of one that has ended, or is to begin, the first day."""
    is_at_work = committee.since <= today and (committee.until is None or committee.until > today)
    return today if is_at_work else committee.since


def _may_change(request: ActedRequest, committee: Committee) -> bool:
    right = TaskPermission.MANAGE_COMMITTEE
    is_theirs = request.actor.holds(right, agency=committee.agency_id, at=request.at)
    return committee.until is None and is_theirs


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: ActedRequest) -> HttpResponse:
    """The founding document; then the committee."""
    require(request.actor, TaskPermission.MANAGE_COMMITTEE, at=request.at)
    scope = request.actor.scope(TaskPermission.MANAGE_COMMITTEE, at=request.at)
    form = FoundingForm(request.POST or None)
    choices_of(form, "agency", agency_choices(scope, at=request.at))
    made: list[Committee] = []

    def call(_key: UUID, *, agency: int, actor: Any, at: Any, **facts: Any) -> None:
        facts_of = services.CommitteeFacts(**facts)
        made.append(services.found_committee(facts_of, agency=agency, actor=actor, at=at))

    label = _("Lập ban chỉ đạo, tổ công tác")
    act = CommitteeAct("moi", label, FoundingForm, call, _("Đã lập."))
    tries = tried(request, act, form, UUID(int=0))
    if tries.is_done:
        return redirect("tasks:committee", made[0].uuid)
    context = {"act": act, "form": form, "refusal": tries.refusal}
    return render(request, "tasks/committee_act.html", context, status=tries.status)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs; then do it and go back to the committee."""
    committee = queries.committee_of(key)
    right = TaskPermission.MANAGE_COMMITTEE
    require(request.actor, right, agency=committee.agency_id, at=request.at)
    page = next((one for one in ACTS if one.slug == slug), None)
    if page is None:
        raise CommitteeUnknown
    form = _form(request, page, committee)
    tries = tried(request, page, form, key)
    if tries.is_done:
        return redirect("tasks:committee", key)
    context = {"act": page, "form": form, "committee": committee, "refusal": tries.refusal}
    return render(request, "tasks/committee_act.html", context, status=tries.status)


def _form(request: ActedRequest, page: CommitteeAct, committee: Committee) -> forms.Form:
    today = day_of(request.at)
    form = page.form(request.POST or None, initial={"since": today, "until": today})
    if "agency" in form.fields:
        known = [(one.agency_id, one.official_title) for one in directory(today)]
        choices_of(form, "agency", known)
    if "seat" in form.fields:
        seats = committee.seats.filter(holding_on(today), until=None).order_by("pk")
        choices_of(form, "seat", [(one.uuid, one.post) for one in seats])
    return form
