"""`/reports`: what is owed, what was sent, what came in; one report with its parts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import REFUSALS
from tinhso.accounts.api.sent import Code
from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import Report, ReportState
from tinhso.indicators.reports import paging
from tinhso.indicators.reports.api import serialising
from tinhso.indicators.reports.api.shown import ShownReports, ShownReportWhole
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.kernel.permissions import require

router = Router(tags=["reports"])


class AskedReports(BaseModel):
    """Which reports, and after which the page begins."""

    side: Annotated[
        Literal["own", "incoming"] | None,
        Field(description="`own`: the agency makes it; `incoming`: it is made to it."),
    ] = None
    state: ReportState | None = None
    regime: Code | None = None
    period: Annotated[Code | None, Field(description="For example `2026-10`.")] = None
    due_to: Annotated[date | None, Field(description="Due on this day or before.")] = None
    cursor: Annotated[UUID | None, Field(description="`next` of the page before.")] = None


@router.get(
    "",
    response={200: ShownReports, **REFUSALS},
    url_name="api-reports",
    summary="Reports, page by page",
)
def find(request: PartnerRequest, asked: Query[AskedReports]) -> ShownReports:
    """Reports that the token's agencies make or receive (báo cáo phải lập), the newest first, fifty a page."""
    wanted = paging.Wanted(asked.side, asked.state, asked.regime, asked.period, asked.due_to)
    page = paging.page(request.actor, wanted, at=request.at, cursor=asked.cursor)
    return serialising.reports(page.reports, page.following, day_of(request.at))


@router.get(
    "/{uuid:key}",
    response={200: ShownReportWhole, **REFUSALS},
    url_name="api-report",
    summary="One report",
)
def show(request: PartnerRequest, response: HttpResponse, key: Path[UUID]) -> ShownReportWhole:
    """Its sections with figures and sentences: one's own as it stands, another's as it was sent last."""
    return told(request, response, key)


def told(request: PartnerRequest, response: HttpResponse, key: UUID) -> ShownReportWhole:
    """The report as it stands now; `ETag` is its version."""
    require(request.actor, ReportPermission.READ, at=request.at)
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    response["ETag"] = f'"{report.version}"'
    return serialising.whole(report, actor=request.actor, at=request.at)
