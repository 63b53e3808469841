"""What every act on an inspection does: the inspection as one may see it, locked, in the state where the act begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.inspections.errors import InspectionState, NotInTeam, WordsMissing
from tinhso.inspections.models import Inspection, State
from tinhso.inspections.permissions import InspectionPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Plan
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


def is_in_team(plan: Plan, actor: Actor, *, at: datetime) -> bool:
    """Whether the actor may inspect: in the team with the right held anywhere, or the right held at the planner."""
    here = heir(plan.agency_id, day_of(at))
    if actor.holds(InspectionPermission.HOLD, agency=here, at=at):
        return True
    user = getattr(actor, "user", None)
    return (
        user is not None
        and actor.holds(InspectionPermission.HOLD, at=at)
        and plan.team.filter(user=user).exists()
    )


def held_by_team(key: UUID, *states: State, actor: Actor, at: datetime) -> Inspection:
    """The inspection, locked, on which the team acts."""
    found = Inspection.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, InspectionPermission.HOLD, at=at)
    if not is_in_team(found.plan, actor, at=at):
        raise NotInTeam
    return locked(found, states)


def at_unit(key: UUID, right: Permission, *states: State, actor: Actor, at: datetime) -> Inspection:
    """The inspection, locked, on which somebody of the inspected unit acts."""
    found = Inspection.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.unit_id, day_of(at)), at=at)
    return locked(found, states)


def at_planner(
    key: UUID, right: Permission, *states: State, actor: Actor, at: datetime
) -> Inspection:
    """The inspection, locked, on which somebody of the agency that inspects acts."""
    found = Inspection.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.plan.agency_id, day_of(at)), at=at)
    return locked(found, states)


def locked(found: Inspection, states: tuple[State, ...]) -> Inspection:
    """The same row, locked; refuses one that does not stand where the act begins."""
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("plan")
    inspection = rows.get(pk=found.pk)
    if inspection.state not in states:
        raise InspectionState(state=State(inspection.state).label)
    return inspection


def said(words: str) -> str:
    """What an act must say; refuses with `WordsMissing` when it says nothing."""
    if not words.strip():
        raise WordsMissing
    return words.strip()


def move(inspection: Inspection, state: State) -> None:
    """Keep the state that follows from the rows."""
    inspection.state = state
    inspection.save(update_fields=["state"])
