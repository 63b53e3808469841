"""A province that inspects: a plan for two units, its team, and an actor for every part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.conf import settings

from tinhso.inspections import checklists, services
from tinhso.inspections.models import Inspection, TeamPost
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.tasks.tests.factories import AT, make_offices, officer
from tinhso.tasks.tests.stuck import found_calendar, publish_kinds

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.actors import OfficerActor
    from tinhso.tasks.tests.factories import Offices

CODE = "digital-transformation"
CHECKLIST = Path(settings.PROJECT) / "packs" / "steering" / "checklists" / f"{CODE}.yaml"


@dataclass(frozen=True, repr=False)
class World:
    """The offices, the team's secretary from another department, and the inspection of the department of health."""

    offices: Offices
    secretary: OfficerActor
    second: OfficerActor
    inspection: Inspection

    @property
    def unit_head(self) -> OfficerActor:
        """The head of the inspected unit."""
        return self.offices.outsider


def publish_checklist() -> None:
    """Put the checklist of the packs in force, as applying them does."""
    content = yaml.safe_load(CHECKLIST.read_text(encoding="utf-8"))
    PackEntry.objects.create(
        published_in=PackVersion.objects.get(pack="steering"),
        pack="steering",
        kind=checklists.KIND,
        code=CODE,
        version="1",
        digest="1",
        content=content,
    )


def make_world() -> World:
    """Everybody, and an inspection under way."""
    offices = make_offices()
    found_calendar()
    publish_kinds()
    publish_checklist()
    secretary = officer("Mai", "specialist", offices.science)
    second = officer("Sơn", "specialist", offices.finance)
    made = planned(offices, secretary, second)
    return World(offices, secretary, second, made)


def facts(
    offices: Offices,
    secretary: OfficerActor,
    second: OfficerActor,
    *,
    number: str = "000/KH-BCĐ",
    on: date = date(2025, 8, 20),
) -> services.PlanFacts:
    """What the plan of the tests says."""
    return services.PlanFacts(
        number=number,
        issued_on=date(2025, 8, 1),
        title="Kế hoạch kiểm tra công tác chuyển đổi số",
        first=date(on.year, 1, 1),
        last=date(on.year, 6, 30),
        checklist=CODE,
        team=[
            services.Member("Hà", TeamPost.HEAD, offices.chair.user),
            services.Member("Sơn", TeamPost.MEMBER, second.user),
            services.Member("Mai", TeamPost.SECRETARY, secretary.user),
        ],
        visits=[services.Visit(offices.health.pk, on), services.Visit(offices.police.pk, on)],
    )


def planned(
    offices: Offices,
    secretary: OfficerActor,
    second: OfficerActor,
    *,
    number: str = "000/KH-BCĐ",
    on: date = date(2025, 8, 20),
    at: datetime = AT,
) -> Inspection:
    """The inspection of the department of health."""
    plan = services.plan_inspections(
        facts(offices, secretary, second, number=number, on=on),
        agency=offices.province.pk,
        actor=offices.chair,
        at=at,
    )
    return plan.inspections.select_related("plan").get(unit=offices.health)


def noted(world: World, text: str = "Đã ban hành kế hoạch", ordinal: int = 1) -> None:
    """A criterion that the secretary noted."""
    services.note(
        world.inspection.uuid,
        ordinal,
        text=text,
        judgement="met",
        expected=0,
        actor=world.secretary,
        at=AT,
    )


SITTING = services.SittingFacts(
    place="Trụ sở Sở Y tế",
    begins_at=AT - timedelta(hours=3),
    ends_at=AT - timedelta(minutes=30),
    attendees=[
        services.Present("Bình", "Phó Giám đốc Sở Y tế"),
        services.Present("An", "Chánh Văn phòng"),
    ],
    unit_opinion="Đề nghị tỉnh hỗ trợ máy quét",
    team_opinion="Tiếp thu, ghi nhận",
)


def sat(world: World) -> None:
    """Both sides sat together this morning."""
    key = world.inspection.uuid
    services.sit(key, facts=SITTING, expected=0, actor=world.secretary, at=AT)


def agreed(world: World) -> None:
    """Minutes with one recommendation, agreed by both sides."""
    key = world.inspection.uuid
    noted(world)
    services.recommend(
        key,
        text="Tăng hồ sơ nộp trực tuyến",
        deadline_on=date(2025, 12, 31),
        actor=world.secretary,
        at=AT,
    )
    sat(world)
    services.seal(key, actor=world.offices.chair, at=AT)
    services.agree(key, words="Nhất trí", actor=world.unit_head, at=AT)
