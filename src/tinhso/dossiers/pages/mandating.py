"""Which procedures are filed on line only (bắt buộc nộp trực tuyến): the ranking, the decision, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.calendars.clock import day_of
from tinhso.dossiers.pages.forms import LONG_TEXT
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import province_on
from tinhso.dossiers.queries.lists import coming_duty, listings, ranking
from tinhso.dossiers.queries.procedures import version_in_force
from tinhso.dossiers.services import mandating
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import require
from tinhso.ui.fields import name_in_errors

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.dossiers.models import OnlineDuty
    from tinhso.kernel.requests import ActedRequest

DAY = forms.DateInput(attrs={"type": "date"})


class _DecisionForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_in_errors(field)


class MandateForm(_DecisionForm):
    """From when, by which document, why."""

    since = forms.DateField(label=gettext_lazy("Bắt buộc từ ngày"), widget=DAY)
    document = forms.CharField(
        label=gettext_lazy("Văn bản quyết định"),
        help_text=gettext_lazy("Số, ký hiệu, ngày, cơ quan ban hành."),
        max_length=300,
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=LONG_TEXT, max_length=2000)


class EndForm(_DecisionForm):
    """Until when, why."""

    until = forms.DateField(
        label=gettext_lazy("Thôi bắt buộc từ ngày"),
        help_text=gettext_lazy("Ngày đầu tiên quầy lại nhận hồ sơ giấy."),
        widget=DAY,
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=LONG_TEXT, max_length=2000)


def _may_decide(request: ActedRequest) -> bool:
    province = province_on(day_of(request.at)).pk
    return request.actor.holds(DossierPermission.MANDATE_ONLINE, agency=province, at=request.at)


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Procedures in force, those first that already go through on line without a supplement."""
    require(request.actor, DossierPermission.READ_OVERVIEW, at=request.at)
    context = {"rows": ranking(day_of(request.at)), "may_decide": _may_decide(request)}
    return render(request, "dossiers/online_ranking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ActedRequest, code: str) -> HttpResponse:
    """Make a procedure one that is filed on line from a day on; where it is one, end that."""
    require(request.actor, DossierPermission.MANDATE_ONLINE, at=request.at)
    version = version_in_force(code, day_of(request.at))
    duty = coming_duty(code, day_of(request.at))
    sent = request.POST if request.method == "POST" else None
    form = MandateForm(sent) if duty is None else EndForm(sent)
    refusal = _carry_out(request, code, duty, form) if sent is not None else None
    if sent is not None and form.is_valid() and refusal is None:
        return redirect("dossiers:online_ranking")
    told = listings(code, day_of(request.at))
    context = {
        "version": version,
        "duty": duty,
        "form": form,
        "refusal": refusal,
        "listings": told,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "dossiers/online_duty.html", context, status=status)


def _carry_out(
    request: ActedRequest, code: str, duty: OnlineDuty | None, form: forms.Form
) -> DomainError | None:
    """Do what was asked; the refusal, if there was one."""
    if not form.is_valid():
        return None
    try:
        if duty is None:
            mandating.mandate_online(code, **form.cleaned_data, actor=request.actor, at=request.at)
            messages.success(request, _("Đã ghi quyết định bắt buộc nộp trực tuyến."))
        else:
            mandating.end_online_duty(
                duty.uuid, **form.cleaned_data, actor=request.actor, at=request.at
            )
            messages.success(request, _("Đã ghi quyết định thôi bắt buộc."))
    except DomainError as refusal:
        return refusal
    return None
