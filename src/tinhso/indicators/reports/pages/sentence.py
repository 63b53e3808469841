"""A sentence of a report: keep it, drop it, put other words in its place; write one of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import Decision, Report, ReportSentence
from tinhso.indicators.reports import services
from tinhso.indicators.reports.errors import LineUnknown, SectionUnknown
from tinhso.indicators.reports.pages.forms import SentenceForm
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.indicators.reports.queries import regime_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

DECISIONS = {"giu": Decision.KEPT, "bo": Decision.DROPPED, "sua": Decision.CHANGED}


def _writable(request: ActedRequest, key: UUID) -> Report:
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    agency = heir(report.agency_id, day_of(request.at))
    require(request.actor, ReportPermission.WRITE, agency=agency, at=request.at)
    return report


def _back(report: Report, section: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("reports:report", args=[report.uuid]) + f"#muc-{section}")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActedRequest, key: UUID, sentence: UUID) -> HttpResponse:
    """Decide on a sentence; without a decision, or refused, its words stand in a form."""
    report = _writable(request, key)
    found = report.sentences.filter(uuid=sentence).first()
    if found is None:
        raise LineUnknown
    decision = DECISIONS.get(request.POST.get("lam", ""))
    refusal: DomainError | None = None
    form = SentenceForm(request.POST or None, initial={"words": found.words})
    if decision in {Decision.KEPT, Decision.DROPPED} or (decision and form.is_valid()):
        try:
            _decide(request, found, decision)
        except DomainError as error:
            refusal = error
        else:
            return _back(report, found.section)
    return _form(request, report, form, refusal, found=found)


def _decide(request: ActedRequest, found: ReportSentence, decision: Decision | None) -> None:
    expected = request.POST.get("expected", "")
    services.decide(
        found.report.uuid,
        found.uuid,
        decision=decision or Decision.KEPT,
        words=request.POST.get("words", ""),
        expected=int(expected) if expected.isdecimal() and len(expected) < 9 else -1,  # noqa: PLR2004
        actor=request.actor,
        at=request.at,
    )


def _form(
    request: ActedRequest,
    report: Report,
    form: SentenceForm,
    refusal: DomainError | None,
    **context: Any,
) -> HttpResponse:
    """The words in a form; after somebody else's change their words stand beside what was typed."""
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    given = {"report": report, "form": form, "refusal": refusal, "regime": regime_of(report)}
    return render(request, "indicators/reports/sentence.html", given | context, status=status)


@require_POST
def keep_rest(request: ActedRequest, key: UUID, section: str) -> HttpResponse:
    """Keep every sentence of the section that waits."""
    report = _writable(request, key)
    kept = services.keep_rest(key, section, actor=request.actor, at=request.at)
    messages.success(request, _("Đã giữ nguyên %(count)s câu.") % {"count": kept})
    return _back(report, section)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActedRequest, key: UUID, section: str) -> HttpResponse:
    """Add a paragraph of one's own."""
    report = _writable(request, key)
    known = regime_of(report).section(section)
    if known is None:
        raise SectionUnknown
    form = SentenceForm(request.POST or None)
    refusal: DomainError | None = None
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            services.write(key, section, words=words, actor=request.actor, at=request.at)
        except DomainError as error:
            refusal = error
        else:
            return _back(report, section)
    return _form(request, report, form, refusal, section=known)
