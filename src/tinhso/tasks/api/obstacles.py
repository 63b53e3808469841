"""`/obstacles`: what an agency is stuck on, raised and answered, once per `Idempotency-Key`."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Status
from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import agency_named
from tinhso.accounts.api.carrying import Act, carrier, made, offer
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import obstacle_kinds, paging
from tinhso.tasks.api import sent, serialising
from tinhso.tasks.api.shown import (
    ShownObstacleKind,
    ShownObstacleKinds,
    ShownObstacles,
    ShownObstacleWhole,
)
from tinhso.tasks.models import Obstacle, ObstacleState
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services import obstacles as services
from tinhso.tasks.services.obstacles import Stuck

router = Router(tags=["obstacles"])
kinds_router = Router(tags=["obstacles"])
ANSWERS = {200: ShownObstacleWhole, **ACT_REFUSALS}


class AskedObstacles(BaseModel):
    """Which obstacles, and after which the page begins."""

    side: Annotated[
        Literal["raised", "to_solve"] | None,
        Field(description="Raised by the token's agencies, or theirs to solve."),
    ] = None
    state: ObstacleState | None = None
    cursor: Annotated[UUID | None, Field(description="`next` of the page before.")] = None


@kinds_router.get(
    "",
    response={200: ShownObstacleKinds, **REFUSALS},
    url_name="api-obstacle-kinds",
    summary="Kinds of obstacles",
)
def kinds(request: PartnerRequest) -> ShownObstacleKinds:
    """The kinds in force today (loại vướng mắc)."""
    require(request.actor, TaskPermission.READ_OBSTACLE, at=request.at)
    found = obstacle_kinds.on(day_of(request.at))
    return ShownObstacleKinds(
        kinds=[
            ShownObstacleKind(code=each.code, name=each.label, working_days=each.working_days)
            for each in found
        ]
    )


@router.get(
    "",
    response={200: ShownObstacles, **REFUSALS},
    url_name="api-obstacles",
    summary="Obstacles, page by page",
)
def find(request: PartnerRequest, asked: Query[AskedObstacles]) -> ShownObstacles:
    """Obstacles that the token's agencies raised or are to solve, the newest first, fifty a page."""
    wanted = paging.WantedObstacles(asked.side, asked.state)
    page = paging.obstacles(request.actor, wanted, at=request.at, cursor=asked.cursor)
    return serialising.obstacles(*page, day_of(request.at))


@router.post(
    "",
    response={200: ShownObstacleWhole, 201: ShownObstacleWhole, **ACT_REFUSALS},
    url_name="api-obstacles",
    summary="Raise an obstacle",
)
def raise_one(
    request: PartnerRequest, response: HttpResponse, body: sent.SentObstacle
) -> Status[ShownObstacleWhole]:
    """Tell what an agency is stuck on (báo vướng mắc). 201 the first time, 200 when the same was sent before."""
    require(request.actor, TaskPermission.RAISE_OBSTACLE, at=request.at)
    agency = agency_named(body.agency, day_of(request.at)).pk
    stuck = Stuck(body.kind, body.text, subject=body.subject)

    def make() -> UUID:
        return services.raise_obstacle(
            stuck, agency=agency, actor=request.actor, at=request.at
        ).uuid

    return made(request, response, make, _raised)


def _raised(request: PartnerRequest, key: UUID) -> ShownObstacleWhole:
    """Of what was raised now, or under the same key before."""
    obstacle = Obstacle.objects.select_related("main").get(uuid=key)
    return serialising.obstacle_whole(obstacle, request.at)


@router.get(
    "/{uuid:key}",
    response={200: ShownObstacleWhole, **REFUSALS},
    url_name="api-obstacle",
    summary="One obstacle",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownObstacleWhole:
    """What was said, who is to answer by which day, and what was done."""
    require(request.actor, TaskPermission.READ_OBSTACLE, at=request.at)
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownObstacleWhole:
    """The obstacle as it stands now."""
    visible = Obstacle.objects.visible_to(request.actor, at=request.at).select_related("main")
    return serialising.obstacle_whole(visible.get_or_refuse(key), request.at)


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/routing",
    response=ANSWERS,
    url_name="api-obstacle-routing",
    summary="Pass it on",
)
def route(request: PartnerRequest, key: Path[UUID], body: sent.SentRouting) -> ShownObstacleWhole:
    """Pass it to an agency that can solve it (chuyển nơi giải quyết); the day to answer by stays."""
    Obstacle.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, TaskPermission.ANSWER_OBSTACLE, at=request.at)
    solver = agency_named(body.solver, day_of(request.at)).pk
    return carry_out(request, key, services.route, solver=solver, words=body.words)


ACTS: tuple[Act, ...] = (
    ("answer", "Answer", "Say how it is solved (trả lời), to every unit that was joined to it.",
     services.answer, sent.SentObstacleAnswer),
    ("proposal", "Take it to a ministry", "The province cannot solve it alone (kiến nghị cấp trên).",
     services.propose_upward, sent.SentProposal),
    ("joining", "Join", "It is the same as another unit's (gộp): one answer is given to all.",
     services.join, sent.SentJoining),
    ("closing", "Close", "Who raised it is no longer stuck (xác nhận đã gỡ xong).", services.close, sent.SentWords),
    ("reopening", "Still stuck", "The answer did not help (báo chưa gỡ được).", services.reopen, sent.SentStillStuck),
)  # fmt: skip

offer(router, ACTS, carry_out, thing="obstacle", answers=ANSWERS)
