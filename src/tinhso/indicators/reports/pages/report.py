"""A report's page: what stands in it, what the system offers, what was done, what may be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.explained import told
from tinhso.indicators.models.reports import Decision, Report, ReportState, Submission
from tinhso.indicators.reports import providers, queries
from tinhso.indicators.reports.content import content_of
from tinhso.indicators.reports.errors import ReportUnknown
from tinhso.indicators.reports.pages.acting import acts_open
from tinhso.indicators.reports.pages.language import in_page_language
from tinhso.indicators.reports.pages.showing import shown_tables
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.indicators.reports.services import due_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.indicators.reports.regimes import Section
    from tinhso.kernel.requests import ActedRequest

MOST = 40
"""So many sentences of a section are shown at first: those of a hundred units are long to load on a phone."""


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The report as its agency writes it; whoever only receives it reads what was sent last."""
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    context = _around(request, report)
    if not context["is_ours"]:
        sent = queries.last_sent(report)
        return render(request, "indicators/reports/received.html", context | _sent(sent))
    if report.state != ReportState.DUE:
        context |= _inside(request, report)
    return render(request, "indicators/reports/report.html", context)


@require_safe
def sent(request: ActedRequest, key: UUID, number: int) -> HttpResponse:
    """One version as it was sent, also a former one."""
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    found = report.submissions.filter(number=number).first()
    if found is None:
        raise ReportUnknown
    context = _around(request, report) | _sent(found)
    return render(request, "indicators/reports/received.html", context)


def _sent(found: Submission | None) -> dict[str, Any]:
    if found is None:
        return {"sent": None}
    content = in_page_language(found.content)
    return {"sent": found, "content": content, "sections": shown_tables(content)}


def _around(request: ActedRequest, report: Report) -> dict[str, Any]:
    """What stands around the report, whatever its state."""
    regime = queries.regime_of(report)
    names = names_of([report.agency_id, report.receiver_id], report.last)
    period = regime.period(report.period)
    return {
        "report": report,
        "is_ours": queries.is_ours(report, request.actor, at=request.at),
        "regime": regime,
        "level": regime.level(report.level),
        "period": period,
        "agency": names[report.agency_id],
        "receiver": names[report.receiver_id],
        "pace": queries.pace_of(report, day_of(request.at)),
        "due_lines": told(map(str, due_of(regime.level(report.level), period).lines)),
        "acts": acts_open(request, report),
        "history": queries.history(report),
        "last_sent": queries.last_sent(report),
        "whole": queries.above(report, request.actor, at=request.at),
        "returned": report.acts.filter(kind="returned").order_by("pk").last()
        if report.state == ReportState.RETURNED
        else None,
    }


def _inside(request: ActedRequest, report: Report) -> dict[str, Any]:
    """The sections with their tables and sentences, and what of them may be changed now."""
    agency = heir(report.agency_id, day_of(request.at))
    may_write = report.is_writable and request.actor.holds(
        ReportPermission.WRITE, agency=agency, at=request.at
    )
    content = in_page_language(content_of(report))
    tables = shown_tables(content)
    sentences = queries.sentences_of(report)
    most = None if "tat-ca" in request.GET else MOST
    sections = [
        {
            "section": section,
            "tables": shown["tables"],
            "sentences": sentences.get(section.code, [])[:most],
            "count": len(sentences.get(section.code, [])),
            "fresh": sum(each.is_fresh for each in sentences.get(section.code, ())),
            "without_source": _without_source(section),
        }
        for section, shown in zip(queries.regime_of(report).sections, tables, strict=True)
    ]
    waiting = report.sentences.filter(decision=Decision.WAITING).count()
    return {
        "content": content,
        "sections": sections,
        "waiting": waiting,
        "may_write": may_write,
    }


def _without_source(section: Section) -> list[str]:
    return [providers.name_of(code) for code in section.offers if not providers.has_source(code)]
