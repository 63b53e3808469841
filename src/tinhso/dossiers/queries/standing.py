"""Where a dossier stands in its workflow (vị trí hồ sơ): what the drawing and its sentences are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.accounts.models import Role
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.acts import OUTCOME_NAMES
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.models import Alarm, Dossier, Step, Token, WorkItem
from tinhso.dossiers.workflow.explaining import Holder, Known
from tinhso.dossiers.workflow.moves import ClosedBecause
from tinhso.dossiers.workflow.moves import Token as Resting
from tinhso.dossiers.workflow.trail import Past

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.dossiers.definitions import Definition

UNDONE = frozenset(
    {ClosedBecause.SENT_BACK.value, ClosedBecause.TIMED_OUT.value, ClosedBecause.CANCELLED.value}
)
"""How a step ends without having been done."""


def resting_of(dossier: Dossier) -> list[Resting]:
    """The live tokens as the workflow moves them."""
    return [
        Resting(row.pk, row.node, row.branch, row.via, row.since)
        for row in Token.objects.filter(dossier=dossier)
    ]


def past_of(steps: Iterable[Step]) -> Past:
    """Which nodes the dossier has been through, and how."""
    placed = [step for step in steps if step.token is not None]
    closed = [step for step in placed if step.closed_at is not None]
    return Past(
        visited=frozenset(step.node for step in placed),
        done=frozenset(step.node for step in closed if step.outcome not in UNDONE),
        timed_out=frozenset(
            step.node for step in closed if step.outcome == ClosedBecause.TIMED_OUT.value
        ),
    )


def known_of(
    dossier: Dossier, definition: Definition, steps: Iterable[Step], at: datetime
) -> Known:
    """Names, holders, times and facts for the sentences."""
    waiting = [step for step in steps if step.closed_at is None and step.token is not None]
    places = names_of({step.agency_id for step in waiting}, day_of(at))
    days = dict(
        WorkItem.objects.filter(dossier=dossier, is_paused=False).values_list("pk", "due_at")
    )  # while the clock stands no day is told: it is worked out anew afterwards
    return Known(
        roles=role_names(definition),
        outcomes={code: str(name) for code, name in OUTCOME_NAMES.items()},
        holders={
            step.token: Holder(
                places.get(step.agency_id, ""),
                step.person.name if step.person else "",
                days.get(step.pk),
            )
            for step in waiting
            if step.token is not None
        },
        rings_at={
            (alarm.token, alarm.timer): alarm.fires_at
            for alarm in Alarm.objects.filter(dossier=dossier)
        },
        facts=facts_of(dossier, definition),
        judge=judge,
    )


def facts_of(dossier: Dossier, definition: Definition) -> dict[str, object]:
    """What the conditions of the workflow may ask of, as `Case.facts` has it for the acts."""
    latest = dossier.submissions.order_by("-at").first()
    values = latest.answers if latest else {}
    return {"channel": dossier.channel, "answers": definition.form.of_values(values).facts}


def role_names(definition: Definition) -> dict[str, str]:
    """The names of the roles behind the lanes of the workflow."""
    codes = {lane.role for lane in definition.lanes.values()}
    names = {role.code: role.title for role in Role.objects.filter(code__in=codes)}
    return {code: names.get(lane.role, lane.role) for code, lane in definition.lanes.items()}
