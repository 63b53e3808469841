"""The unit reports of itself before the visit (tự báo cáo), beside what the system says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.inspections import services
from tinhso.inspections.errors import InspectionState
from tinhso.inspections.models import Inspection, Judgement, State
from tinhso.inspections.pages.sending import held, went
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.self_reports import version_of
from tinhso.inspections.queries.sheets import Sheet, parts_of, sheets
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


class SelfReportForm(forms.Form):
    """A judgement and a few words for each criterion; what is left empty says nothing."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ordinals = [sheet.item.ordinal for sheet in sheets]
        for sheet in sheets:
            n, own = sheet.item.ordinal, sheet.own
            self.fields[f"judgement_{n}"] = forms.ChoiceField(
                label=gettext_lazy("Tự đánh giá"),
                choices=Judgement.choices,
                required=False,
                initial=own.judgement if own else "",
            )
            self.fields[f"text_{n}"] = forms.CharField(
                label=gettext_lazy("Đã làm được gì, còn vướng gì"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=5000,
                required=False,
                initial=own.text if own else "",
            )

    def said(self) -> list[services.SelfSaid]:
        """What was typed, by the places of the criteria."""
        typed = self.cleaned_data
        return [
            services.SelfSaid(n, typed[f"judgement_{n}"], typed[f"text_{n}"]) for n in self.ordinals
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActedRequest, key: UUID) -> HttpResponse:
    """The criteria with what the unit said; posted, what it says now."""
    inspection = _inspection(request, key)
    found = sheets(inspection)
    post = request.POST if request.method == "POST" else None
    form = SelfReportForm(post, sheets=found, initial={"expected": version_of(inspection)})
    if post is None or not form.is_valid():
        return _page(request, inspection, found, form)
    expected = form.cleaned_data["expected"]
    try:
        count = services.report_self(
            key, said=form.said(), expected=expected, actor=request.actor, at=request.at
        )
    except DomainError as refusal:
        return held(_page(request, inspection, found, form, refusal))
    said = ngettext("Đã lưu %(n)s tiêu chí.", "Đã lưu %(n)s tiêu chí.", count) % {"n": count}
    messages.success(request, said)
    return went(request, redirect("inspections:inspection", key))


def _inspection(request: ActedRequest, key: UUID) -> Inspection:
    """The inspection of one's own unit, as long as the team is at work."""
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    unit = heir(inspection.unit_id, day_of(request.at))
    require(request.actor, InspectionPermission.REPORT, agency=unit, at=request.at)
    if request.method != "POST" and inspection.state != State.OPEN:
        raise InspectionState(state=State(inspection.state).label)
    return inspection


def may_report(inspection: Inspection, request: ActedRequest) -> bool:
    """Whether the reader may report for the unit now."""
    unit = heir(inspection.unit_id, day_of(request.at))
    right = InspectionPermission.REPORT
    may = request.actor.holds(right, agency=unit, at=request.at)
    return inspection.state == State.OPEN and may


def _page(
    request: ActedRequest,
    inspection: Inspection,
    found: list[Sheet],
    form: SelfReportForm,
    refusal: DomainError | None = None,
) -> HttpResponse:
    if refusal is not None:  # what was typed stands; sent once more it is said knowingly
        form.data = dict(form.data.items(), expected=str(version_of(inspection)))
    asked = {n: (form[f"judgement_{n}"], form[f"text_{n}"]) for n in form.ordinals}
    parts = [
        (part.name, [(sheet, *asked[sheet.item.ordinal]) for sheet in part.sheets])
        for part in parts_of(found)
    ]
    context = {
        "inspection": inspection,
        "unit": names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id],
        "form": form,
        "parts": parts,
        "refusal": refusal,
    }
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "inspections/self_reporting.html", context, status=status)
