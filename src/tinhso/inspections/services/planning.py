"""Plan inspections (lập kế hoạch kiểm tra): the team, the units, and a checklist for each, filled in beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.inspections import checklists, events
from tinhso.inspections.errors import PlanInvalid, PlanKnown
from tinhso.inspections.models import Inspection, Item, Plan, TeamMember, TeamPost
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.services.preparing import fill_in
from tinhso.kernel.permissions import require
from tinhso.ui.formatting import day as shown_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tinhso.inspections.checklists import Checklist
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Member:
    """Somebody of the team: an officer (key of the account) or only a name."""

    name: str
    post: TeamPost
    user: int | None = None


@dataclass(frozen=True)
class Visit:
    """A unit (key of the agency) and the day of the visit."""

    unit: int
    on: date


@dataclass(frozen=True)
class PlanFacts:
    """What a plan says: its paper, the period whose work is looked at, the checklist, the team, the visits."""

    number: str
    issued_on: date
    title: str
    first: date
    last: date
    checklist: str
    team: Sequence[Member]
    visits: Sequence[Visit]


@transaction.atomic
def plan_inspections(facts: PlanFacts, *, agency: int, actor: Actor, at: datetime) -> Plan:
    """Make the plan; every unit gets its checklist, filled in with what the system knows."""
    require(actor, InspectionPermission.MAKE, agency=agency, at=at)
    checklist = checklists.in_force().get(facts.checklist)
    _refuse_invalid(facts, checklist, day_of(at))
    known = Plan.objects.filter(agency=agency, number=facts.number, issued_on=facts.issued_on)
    if known.exists():
        raise PlanKnown(number=facts.number, day=shown_day(facts.issued_on))
    assert checklist is not None  # noqa: S101  (refused above)

    plan = Plan.objects.create(
        agency_id=agency,
        number=facts.number.strip(),
        issued_on=facts.issued_on,
        title=facts.title.strip(),
        first=facts.first,
        last=facts.last,
        checklist=checklist.code,
        version=checklist.version,
        at=at,
        actor=actor.key,
    )
    TeamMember.objects.bulk_create(
        TeamMember(plan=plan, ordinal=n, user_id=one.user, name=one.name, post=one.post)
        for n, one in enumerate(facts.team, start=1)
    )
    for visit in facts.visits:
        inspection = Inspection.objects.create(plan=plan, unit_id=visit.unit, visit_on=visit.on)
        Item.objects.bulk_create(items_of(inspection, checklist))
        fill_in(inspection, actor=actor, at=at)
    payload = {"units": len(facts.visits), "team": len(facts.team)}
    record(events.PLANNED, subject=plan.uuid, actor=actor, at=at, agency=agency, payload=payload)
    return plan


def items_of(inspection: Inspection, checklist: Checklist) -> list[Item]:
    """The criteria of the checklist as rows of one inspection. Pure."""
    return [
        Item(
            inspection=inspection,
            ordinal=number,
            code=one.code,
            group=one.group,
            text=one.text,
            records=one.records,
            figures=list(one.figures),
        )
        for number, one in enumerate(checklist.criteria, start=1)
    ]


def _refuse_invalid(facts: PlanFacts, checklist: Checklist | None, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    if facts.last < facts.first:
        wrong["last"] = [_("Ngày cuối trước ngày đầu.")]
    if facts.issued_on > today:
        wrong["issued_on"] = [_("Ngày ban hành chưa tới.")]
    if checklist is None:
        wrong["checklist"] = [_("Chọn một phiếu kiểm tra.")]
    if said := _wrong_visits(facts.visits, today):
        wrong["units"] = [said]
    if [one.post for one in facts.team].count(TeamPost.HEAD) != 1:
        wrong["team"] = [_("Đoàn kiểm tra có đúng một Trưởng đoàn.")]
    accounts = [one.user for one in facts.team if one.user is not None]
    if len(set(accounts)) < len(accounts):
        wrong["team"] = [_("Một người chỉ ghi một lần trong đoàn.")]
    if wrong:
        raise PlanInvalid(wrong)


def _wrong_visits(visits: Sequence[Visit], today: date) -> str:
    """What is wrong with the units and their days; empty when nothing is."""
    units = [visit.unit for visit in visits]
    if not units:
        return _("Cần ít nhất một đơn vị được kiểm tra.")
    if len(set(units)) < len(units):
        return _("Một đơn vị chỉ ghi một lần.")
    first = min(visit.on for visit in visits)
    if first < today:
        return _("Ngày kiểm tra %(day)s đã qua; ghi ngày từ hôm nay.") % {"day": shown_day(first)}
    if any(not _lives(visit) for visit in visits):
        return _("Có đơn vị không hoạt động vào ngày kiểm tra.")
    return ""


def _lives(visit: Visit) -> bool:
    return Agency.objects.alive(visit.on).filter(pk=visit.unit).exists()
