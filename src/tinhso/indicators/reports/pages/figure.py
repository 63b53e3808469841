"""A figure of a report: how it was worked out, the records behind it, and the correction of the agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.models.reports import Report, ReportFigure, figure_of
from tinhso.indicators.reports import behind, queries, services
from tinhso.indicators.reports.errors import LineUnknown
from tinhso.indicators.reports.pages.forms import CorrectionForm
from tinhso.indicators.reports.pages.showing import shown_figure
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.kernel.errors import DomainError, Invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest, key: UUID, figure: UUID) -> HttpResponse:
    """The figure with its records or its units; and where it may be corrected, the form."""
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    found = _readable(request, report, figure)
    form, refusal = _form(request, found), None
    if form.is_valid():
        try:
            _correct(request, report, found, form)
        except DomainError as error:
            refusal = error
        else:
            return redirect("reports:figure", key, figure)
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    context = _context(request, report, found) | {"form": form, "refusal": refusal}
    return render(request, "indicators/reports/figure.html", context, status=status)


def _readable(request: ActedRequest, report: Report, figure: UUID) -> ReportFigure:
    """A figure of one's own draft; of another's report only as it was sent."""
    found = figure_of(report, figure)
    is_draft = report.is_writable or not report.submissions.exists()
    if is_draft and not queries.is_ours(report, request.actor, at=request.at):
        raise LineUnknown
    return found


def _form(request: ActedRequest, figure: ReportFigure) -> CorrectionForm:
    indicator = catalogue.in_force().get(figure.indicator)
    is_withdrawn = request.POST.get("lam") == "bo-sua"
    given = request.POST if request.method == "POST" else None
    known = figure.stated or {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
    }
    form = CorrectionForm(
        given,
        initial={**known, "expected": figure.version},
        is_ratio=indicator is not None and indicator.is_ratio,
    )
    if is_withdrawn:
        for name in ("value", "numerator", "denominator"):
            form.fields.pop(name, None)
    return form


def _correct(
    request: ActedRequest, report: Report, figure: ReportFigure, form: CorrectionForm
) -> None:
    given: dict[str, Any] = {
        "reason": form.cleaned_data["reason"],
        "expected": form.cleaned_data["expected"],
        "actor": request.actor,
        "at": request.at,
    }
    if request.POST.get("lam") == "bo-sua":
        services.withdraw_correction(report.uuid, figure.uuid, **given)
        messages.success(request, _("Đã bỏ số sửa; báo cáo dùng số hệ thống tính."))
    else:
        services.correct(report.uuid, figure.uuid, form.numbers(), **given)
        messages.success(request, _("Đã ghi số của đơn vị bên cạnh số hệ thống tính."))


def _context(request: ActedRequest, report: Report, figure: ReportFigure) -> dict[str, Any]:
    indicator = catalogue.in_force().get(figure.indicator)
    agency = heir(report.agency_id, day_of(request.at))
    is_own = figure.origin_id is None
    may_correct = report.is_writable and is_own
    words = behind.content_of_figure(figure, indicator)
    part = request.GET.get("phan", "numerator")
    return {
        "report": report,
        "regime": queries.regime_of(report),
        "figure": figure,
        "indicator": indicator,
        "shown": shown_figure(words["figure"], words["indicator"]),
        "corrections": behind.corrections_of(figure),
        "may_correct": may_correct
        and request.actor.holds(ReportPermission.WRITE, agency=agency, at=request.at),
        "units": behind.units_of(figure, indicator),
        "part": part if part in behind.PARTS else "numerator",
        "behind": behind.records_of(
            figure, part, actor=request.actor, at=request.at, page=_page(request)
        ),
    }


def _page(request: ActedRequest) -> int:
    said = request.GET.get("trang", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 1  # noqa: PLR2004
