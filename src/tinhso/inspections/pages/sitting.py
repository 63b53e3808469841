"""The sitting at the unit (buổi làm việc) as the minutes tell it: hours, place, who took part, both opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import instant
from tinhso.inspections import services
from tinhso.inspections.errors import InspectionState, NotInTeam
from tinhso.inspections.models import Inspection, State
from tinhso.inspections.pages.forms import LONG_TEXT
from tinhso.inspections.pages.sending import held, went
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.sittings import sitting_of, version_of
from tinhso.inspections.services.acting import is_in_team
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.inspections.models import Sitting
    from tinhso.kernel.requests import ActedRequest

MORNING = 8 * 60


def moment_input() -> forms.DateTimeInput:
    """A day with its hour."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SittingForm(forms.Form):
    """The sitting; who took part line by line, who speaks for the unit first."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=300)
    begins_at = forms.DateTimeField(label=gettext_lazy("Giờ bắt đầu"), widget=moment_input())
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Giờ kết thúc"),
        help_text=gettext_lazy("Đang làm việc thì để trống, ghi trước khi chốt biên bản."),
        widget=moment_input(),
        required=False,
    )
    attendees = forms.CharField(
        label=gettext_lazy("Người của đơn vị dự làm việc"),
        help_text=gettext_lazy(
            "Mỗi dòng một người: họ tên, chức vụ. Người thay mặt đơn vị ký biên bản ghi trước."
        ),
        widget=LONG_TEXT,
        max_length=5000,
        required=False,
    )
    unit_opinion = forms.CharField(
        label=gettext_lazy("Ý kiến của đơn vị được kiểm tra"),
        widget=LONG_TEXT,
        max_length=5000,
        required=False,
    )
    team_opinion = forms.CharField(
        label=gettext_lazy("Ý kiến của đoàn kiểm tra"),
        widget=LONG_TEXT,
        max_length=5000,
        required=False,
    )

    def facts(self) -> services.SittingFacts:
        """What was typed."""
        typed = dict(self.cleaned_data)
        lines = [line.strip() for line in typed.pop("attendees").splitlines() if line.strip()]
        said = [line.partition(",") for line in lines]
        people = [services.Present(name.strip(), office.strip()) for name, _comma, office in said]
        del typed["expected"]
        return services.SittingFacts(**typed, attendees=people)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ActedRequest, key: UUID) -> HttpResponse:
    """The sitting as it was saved last; posted, as it is told now."""
    inspection = _inspection(request, key)
    form = _form(request, inspection)
    if not form.is_valid():
        return _page(request, inspection, form)
    facts, expected = form.facts(), form.cleaned_data["expected"]
    try:
        services.sit(key, facts=facts, expected=expected, actor=request.actor, at=request.at)
    except DomainError as refusal:
        return held(_page(request, inspection, form, refusal))
    messages.success(request, _("Đã lưu buổi làm việc."))
    return went(request, redirect("inspections:inspection", key))


def _inspection(request: ActedRequest, key: UUID) -> Inspection:
    """The inspection that the reader holds, as long as the minutes are open."""
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, InspectionPermission.HOLD, at=request.at)
    if not is_in_team(inspection.plan, request.actor, at=request.at):
        raise NotInTeam
    if request.method != "POST" and inspection.state != State.OPEN:
        raise InspectionState(state=State(inspection.state).label)
    return inspection


def _form(request: ActedRequest, inspection: Inspection) -> SittingForm:
    last = sitting_of(inspection)
    initial = _told(last) if last else _proposed(inspection)
    initial["expected"] = version_of(inspection)
    return SittingForm(request.POST if request.method == "POST" else None, initial=initial)


def _told(last: Sitting) -> dict[str, Any]:
    names = ("place", "begins_at", "ends_at", "unit_opinion", "team_opinion")
    people = "\n".join(str(one) for one in last.attendees.all())
    return {name: getattr(last, name) for name in names} | {"attendees": people}


def _proposed(inspection: Inspection) -> dict[str, Any]:
    """At the unit's, on the morning that was planned."""
    unit = names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id]
    return {
        "place": f"Trụ sở {unit}",
        "begins_at": instant(inspection.visit_on, MORNING),
    }


def _page(
    request: ActedRequest,
    inspection: Inspection,
    form: SittingForm,
    refusal: DomainError | None = None,
) -> HttpResponse:
    standing = None
    if isinstance(refusal, Invalid):
        for name, sentences in refusal.errors.items():
            form.add_error(name, sentences)
    elif refusal is not None:  # what was typed stands; sent once more it is said knowingly
        form.data = dict(form.data.items(), expected=str(version_of(inspection)))
        standing = sitting_of(inspection)
    context = {
        "inspection": inspection,
        "unit": names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id],
        "form": form,
        "refusal": refusal,
        "standing": standing,
    }
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "inspections/sitting.html", context, status=status)
