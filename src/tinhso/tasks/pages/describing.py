"""Correct what a notice is (sửa thông tin văn bản): kind, number, day, issuer, level, committee."""

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

from tinhso.agencies.models import Level
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import services
from tinhso.tasks.models import Notice, NoticeKind
from tinhso.tasks.pages.forms import date_input
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.committees import committees_on
from tinhso.tasks.services.reviewing import refuse_ended
from tinhso.ui.choosing import choices_of
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

KEPT = ("kind", "number", "issued_on", "issuer", "level", "title")


class DescribingForm(forms.Form):
    """What the paper says of itself."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=NoticeKind.choices)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=date_input(), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    level = forms.TypedChoiceField(
        label=_("Cấp ban hành"),
        choices=[("", "—"), *Level.choices],
        coerce=int,
        required=False,
        empty_value=None,
    )
    title = forms.CharField(label=_("Trích yếu"), max_length=500)
    committee = forms.TypedChoiceField(
        label=_("Ban chỉ đạo, tổ công tác giao việc"), coerce=int, required=False, empty_value=None
    )


def _say(key: UUID, *, expected: int, actor: Actor, at: datetime, **said: Any) -> object:
    return services.describe(
        key, services.Description(**said), expected=expected, actor=actor, at=at
    )


@dataclass(frozen=True)
class Describing:
    """The one act of this page."""

    call: Callable[..., object]
    done: StrOrPromise


DESCRIBING = Describing(_say, _("Đã sửa thông tin văn bản."))


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: ActedRequest, key: UUID) -> HttpResponse:
    """The paper as it was read; posted, as the reviewer reads it."""
    notice = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, TaskPermission.BRING_IN, agency=notice.agency_id, at=request.at)
    refuse_ended(notice)
    form = _form(request, notice)
    found = tried(request, DESCRIBING, form, key)
    if found.is_done:
        return redirect("tasks:notice", key)
    context = {"notice": notice, "form": form, "refusal": found.refusal}
    return render(request, "tasks/describing.html", context, status=found.status)


def _form(request: ActedRequest, notice: Notice) -> DescribingForm:
    initial = {name: getattr(notice, name) for name in DescribingForm.base_fields if name in KEPT}
    initial |= {
        "committee": notice.committee_id,
        "expected": notice.reviews.latest("number").number,
    }
    form = DescribingForm(request.POST if request.method == "POST" else None, initial=initial)
    known = {one.pk: one.name for one in committees_on(notice.issued_on or day_of(request.at))}
    if notice.committee is not None:
        known[notice.committee.pk] = notice.committee.name
    if known:
        choices_of(form, "committee", [("", "—"), *known.items()])
    else:
        del form.fields["committee"]
    return form
