"""`/periods`: the periods whose figures were closed (kỳ đã chốt), each closed figure beside what it would be today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from ninja import Router

from tinhso.accounts.api.agencies import shown_agencies
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import REFUSALS
from tinhso.indicators import restating
from tinhso.indicators.api import shown
from tinhso.indicators.api.serialising import decimal_text
from tinhso.indicators.models import PeriodClosing
from tinhso.indicators.pages import intervals
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.accounts.api.agencies import ShownAgency
    from tinhso.indicators.models import ClosedFigure
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.restating import Compared

router = Router(tags=["figures"])


@router.get(
    "",
    response={200: shown.ShownPeriods, **REFUSALS},
    url_name="api-periods",
    summary="Closed periods",
)
def find(request: PartnerRequest) -> shown.ShownPeriods:
    """Every period that was closed, the newest first."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    closings = PeriodClosing.objects.annotate(kept=Count("figures")).order_by("-last", "-first")
    return shown.ShownPeriods(
        periods=[_period(each, figures=each.kept) for each in closings]  # annotated
    )


@router.get(
    "/{str:period}",
    response={200: shown.ShownPeriodWhole, **REFUSALS, 503: None},
    url_name="api-period",
    summary="Figures of a closed period",
)
def show(request: PartnerRequest, period: str) -> shown.ShownPeriodWhole:
    """Each closed figure that the token reaches, as it was closed and as it would be today (số liệu điều chỉnh).

    `2026-09`, `2026-Q3`, `2026`, or two days: `2026-08-15_2026-09-14`.
    """
    require(request.actor, IndicatorPermission.READ, at=request.at)
    asked = intervals.named(period)
    closing = restating.closing_of(asked.first, asked.last)
    found = restating.compared(closing, actor=request.actor, at=request.at)
    agencies = shown_agencies(
        {each.closed.agency_id for each in found if each.closed.agency_id}, closing.last
    )
    return shown.ShownPeriodWhole(
        **_period(closing, figures=len(found)).model_dump(),
        closed=[_compared(each, agencies) for each in found],
    )


def _period(closing: PeriodClosing, *, figures: int) -> shown.ShownPeriod:
    return shown.ShownPeriod(
        uuid=closing.uuid,
        period=intervals.Interval(closing.first, closing.last).key,
        title=closing.title,
        first=closing.first,
        last=closing.last,
        at=closing.at,
        figures=figures,
    )


def _compared(each: Compared, agencies: Mapping[int, ShownAgency]) -> shown.ShownClosed:
    closed = None if each.is_new else each.closed
    return shown.ShownClosed(
        indicator=each.closed.indicator,
        agency=agencies.get(each.closed.agency_id or 0),
        version=each.closed.version,
        closed=None if closed is None else _numbers(closed),
        today=None if each.now is None else _numbers(each.now),
        is_different=each.is_different,
    )


def _numbers(figure: Observation | ClosedFigure) -> shown.ShownNumbers:
    return shown.ShownNumbers(
        value=decimal_text(figure.value),
        numerator=figure.numerator,
        denominator=figure.denominator,
    )
