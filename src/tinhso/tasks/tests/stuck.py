"""A province where somebody is stuck: kinds of obstacle in force, office hours, two communes' officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.conf import settings

from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.kernel.actors import SystemActor
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.tasks import obstacle_kinds
from tinhso.tasks.services.obstacles import Stuck, raise_obstacle
from tinhso.tasks.tests.factories import AT, make_offices, officer

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.actors import OfficerActor
    from tinhso.tasks.models import Obstacle
    from tinhso.tasks.tests.factories import Offices

SYSTEM = SystemActor("test")
KINDS = Path(settings.PROJECT) / "packs" / "steering" / "obstacle_kinds.yaml"


@dataclass(frozen=True, repr=False)
class Stuckness:
    """The offices, and the heads of two communes."""

    offices: Offices
    first: OfficerActor
    second: OfficerActor


def publish_kinds() -> None:
    """Put the kinds of the packs in force, as applying them does."""
    content = yaml.safe_load(KINDS.read_text(encoding="utf-8"))
    pack = PackVersion.objects.create(
        pack="steering",
        version="1",
        digest="",
        content={"name": "Chỉ đạo"},
        applied_at=AT,
        applied_by="system:test",
    )
    PackEntry.objects.create(
        published_in=pack,
        pack="steering",
        kind=obstacle_kinds.KIND,
        code=obstacle_kinds.KIND,
        version="1",
        digest="1",
        content=content,
    )


def found_calendar() -> None:
    """Plain office hours."""
    calendars.found(
        code="province",
        name="Lịch thử nghiệm",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SYSTEM,
        at=AT,
    )


def make_stuckness() -> Stuckness:
    """A province, its departments and two communes, each with somebody."""
    offices = make_offices()
    found_calendar()
    publish_kinds()
    return Stuckness(
        offices,
        officer("Bình", "agency-leader", offices.communes[0]),
        officer("Sơn", "agency-leader", offices.communes[1]),
    )


def raised(
    world: Stuckness,
    text: str = "Thôn Đăk Ring chưa có sóng 4G, không nộp hồ sơ trực tuyến được",
    *,
    kind: str = "infrastructure",
    by: int = 0,
    at: datetime = AT,
) -> Obstacle:
    """What a commune is stuck on."""
    actor = (world.first, world.second)[by]
    stuck = Stuck(kind, text, page="/ho-so/?tu=000190000412")
    return raise_obstacle(stuck, agency=world.offices.communes[by].pk, actor=actor, at=at)
