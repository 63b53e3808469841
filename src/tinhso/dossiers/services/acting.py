"""The two ends that every act shares: load what is visible and lock it, write and record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import cases, definitions
from tinhso.dossiers.errors import (
    HistoryIsReadOnly,
    NotInThatState,
    NotYourStep,
    StepClosed,
    StepNotFound,
    StepWantsAnotherAct,
)
from tinhso.dossiers.models import Dossier, State, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import places_of
from tinhso.dossiers.rows import write
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows
    from tinhso.kernel.actors import Actor


def visible(key: UUID, *, actor: Actor, at: datetime) -> Dossier:
    """The dossier, if the actor may see it and acts are possible on it at all."""
    dossier = Dossier.objects.visible_to(actor, at=at).get_or_refuse(key)
    if dossier.is_imported:
        raise HistoryIsReadOnly
    return dossier


def lock(dossier: Dossier, *, at: datetime, expected_version: int | None) -> Case:
    """The case of the dossier, locked and read anew."""
    locked = dossier.locked(expected_version)
    definition = definitions.of_version(locked.procedure_id)
    return cases.load(
        locked, definition, working_calendar(), places_of(locked, definition, day_of(at))
    )


def require_state(case: Case, states: Collection[State], act: StrOrPromise) -> None:
    """Refuse with `NotInThatState` unless the dossier stands in one of the states."""
    if case.state not in states:
        raise NotInThatState(state=case.state.label, act=act)


def step_of(dossier: Dossier, key: UUID) -> Step:
    """A step of this dossier, for the rights that depend on where it lies."""
    step = Step.objects.filter(dossier=dossier, pk=key).first()
    if step is None:
        raise StepNotFound
    return step


def open_step(case: Case, key: UUID, act: str, says: StrOrPromise) -> dict[str, Any]:
    """The step, after the lock: still open, and waiting for this act."""
    values = case.rows(Step)[key]
    if values["closed_at"] is not None:
        raise StepClosed(step=values["name"])
    if values["act"] != act:
        raise StepWantsAnotherAct(step=values["name"], act=says)
    return values


def require_holder(values: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """A step that somebody holds is done by that person, or by who may assign it."""
    mine = values["person_id"] in {None, getattr(actor, "user", None)}
    if not mine and not actor.holds(DossierPermission.ASSIGN, agency=values["agency_id"], at=at):
        raise NotYourStep


def finish(case: Case, rows: Rows, *, actor: Actor, at: datetime, agency: int) -> Dossier:
    """Write the rows, record the event; the dossier as it stands now."""
    write(rows)
    record(rows.event, subject=case.uuid, actor=actor, at=at, agency=agency, payload=rows.payload)
    case.apply(rows)
    return Dossier(**case.dossier)


__all__ = [
    "finish",
    "lock",
    "open_step",
    "require",
    "require_holder",
    "require_state",
    "step_of",
    "visible",
]
