"""Why an act cannot be done now: told in place of its form, before anybody types; the service judges again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.errors import (
    ClockStopped,
    HistoryIsReadOnly,
    NotInThatState,
    NotYourStep,
    StepClosed,
    StepWantsAnotherAct,
)
from tinhso.dossiers.models import State
from tinhso.dossiers.naming import step_title
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.moving import is_beside

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.models import Dossier, Step
    from tinhso.dossiers.pages.act import Act
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.errors import DomainError

ASSIGNING = "phan-cong"


def barred(
    act: Act, dossier: Dossier, step: Step | None, actor: Actor, at: datetime
) -> DomainError | None:
    """What the service would refuse whatever is typed: of the state, the hour, or the step; None where it may go on."""
    if dossier.is_imported:
        return HistoryIsReadOnly()
    if step is not None:
        return _barred_at(act, dossier, step, actor, at)
    if State(dossier.state) not in act.states:
        return NotInThatState(state=State(dossier.state).label, act=_in_a_sentence(act))
    return act.refused(dossier, at)


def _barred_at(
    act: Act, dossier: Dossier, step: Step, actor: Actor, at: datetime
) -> DomainError | None:
    if step.closed_at is not None:
        return StepClosed(step=step_title(step, dossier.procedure_id))
    if step.act not in act.at_steps:
        name = step_title(step, dossier.procedure_id)
        return StepWantsAnotherAct(step=name, act=_in_a_sentence(act))
    if act.slug == ASSIGNING:
        return None
    if is_stopped(dossier) and not is_beside({"token": step.token, "node": step.node}):
        return ClockStopped(act=_in_a_sentence(act))
    is_mine = step.person_id in {None, getattr(actor, "user", None)}
    if not is_mine and not actor.holds(DossierPermission.ASSIGN, agency=step.agency_id, at=at):
        return NotYourStep()
    return act.refused(dossier, at)


def _in_a_sentence(act: Act) -> str:
    label = str(act.label)
    return label[:1].lower() + label[1:]


def is_stopped(dossier: Dossier) -> bool:
    """Whether the work waits: suspended, or for the applicant; at the desk always, later while the clock stands."""
    if dossier.state != State.AWAITING_SUPPLEMENT:
        return State(dossier.state).is_standing_still
    return dossier.received_at is None or dossier.suspensions.filter(resumption=None).exists()
