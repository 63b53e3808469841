"""`/indicators`: the catalogue, and of each indicator its figures, their records, its targets, what others told."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue, queries
from tinhso.indicators.api import serialising
from tinhso.indicators.api.asked import AskedCut, AskedInterval, AskedRecords
from tinhso.indicators.api.shown import (
    ShownIndicators,
    ShownIndicatorWhole,
    ShownObservations,
    ShownRecords,
    ShownTargets,
    ShownToldFigures,
)
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require

router = Router(tags=["figures"])
FIGURE_REFUSALS = {**REFUSALS, 503: None}
"""What is asked of the warehouse: 503 while its files are not there."""
Search = Annotated[str, Query(max_length=200, description="Words of name or code, accents or not.")]


@router.get(
    "",
    response={200: ShownIndicators, **REFUSALS},
    url_name="api-indicators",
    summary="Indicators in force",
)
def find(request: PartnerRequest, search: Search = "") -> ShownIndicators:
    """Every indicator of the packs in force (danh mục chỉ tiêu), also those without a source yet."""
    known = queries.catalogue(request.actor, request.at)
    return serialising.indicators(serialising.matching(known, search))


@router.get(
    "/{str:code}",
    response={200: ShownIndicatorWhole, **REFUSALS},
    url_name="api-indicator",
    summary="One indicator",
)
def show(request: PartnerRequest, code: str) -> ShownIndicatorWhole:
    """How it is worked out, and by which article."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    return serialising.whole(catalogue.indicator(code))


@router.get(
    "/{str:code}/observations",
    response={200: ShownObservations, **FIGURE_REFUSALS},
    url_name="api-observations",
    summary="Figures of an indicator",
)
def observe(request: PartnerRequest, code: str, asked: Query[AskedCut]) -> ShownObservations:
    """What the records say in an interval (giá trị quan sát), for the agencies that the token reaches.

    Of an indicator without a source there are none.
    """
    require(request.actor, IndicatorPermission.READ, at=request.at)
    found = catalogue.indicator(code)
    cut = asked.cut(actor=request.actor, at=request.at, today=day_of(request.at))
    told = queries.observe([code], cut, actor=request.actor, at=request.at)
    return serialising.observations(found, cut, told[code])


@router.get(
    "/{str:code}/records",
    response={200: ShownRecords, **FIGURE_REFUSALS, 409: ACT_REFUSALS[409]},
    url_name="api-records",
    summary="Records behind a figure",
)
def records(request: PartnerRequest, code: str, asked: Query[AskedRecords]) -> ShownRecords:
    """The records of one cell that the token may open, fifty a page, and how many it may not."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    found = catalogue.indicator(code)
    cut = asked.cut(actor=request.actor, at=request.at, today=day_of(request.at))
    listed = queries.records(
        code,
        cut,
        asked.named(cut.standing_on),
        asked.part,
        actor=request.actor,
        at=request.at,
        page=asked.page,
    )
    return serialising.records(found, cut, listed)


@router.get(
    "/{str:code}/targets",
    response={200: ShownTargets, **REFUSALS},
    url_name="api-targets",
    summary="Targets of an indicator",
)
def targets(request: PartnerRequest, code: str, asked: Query[AskedInterval]) -> ShownTargets:
    """The targets that meet an interval: the province's, and those of agencies that the token reaches."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    found = catalogue.indicator(code)
    cut = queries.Cut(*asked.days(day_of(request.at)))
    standing = queries.targets_for([code], cut, actor=request.actor, at=request.at)
    return serialising.targets(found, standing, cut.last)


@router.get(
    "/{str:code}/told-figures",
    response={200: ShownToldFigures, **REFUSALS},
    url_name="api-told-figures",
    summary="What others told",
)
def told(request: PartnerRequest, code: str) -> ShownToldFigures:
    """Figures that agencies reported or other bodies sent (số báo cáo, số nhận được), beside what is worked out."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    found = catalogue.indicator(code)
    figures = queries.reported([code], actor=request.actor, at=request.at).filter(place="")
    return serialising.told(found, figures, day_of(request.at))
