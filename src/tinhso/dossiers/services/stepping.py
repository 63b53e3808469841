"""How an act at an open step begins: the right where the step lies, the lock, the step open and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.errors import ClockStopped
from tinhso.dossiers.models import State
from tinhso.dossiers.plans.moving import is_beside
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.services.acting import (
    lock,
    open_step,
    require_holder,
    require_state,
    step_of,
    visible,
)
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.cases import Case
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission

UNDECIDED = frozenset(
    {State.IN_PROCESS, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.SUSPENDED}
)
WORKABLE = UNDECIDED | {State.DECIDED}
"""Where work goes on; while the dossier waits only what has a running clock, which `begin_at_step` judges first."""


def begin_at_step(
    key: UUID,
    step: UUID,
    permission: Permission | None,
    *,
    actor: Actor,
    act: str | None,
    says: StrOrPromise,
    at: datetime,
    expected_version: int | None,
    states: Collection[State] = WORKABLE,
) -> tuple[Case, int]:
    """What the acts at a step share: the right where the step lies, the lock, the step open and one's own.

    `act` is what the step must wait for and `permission` what that takes; None for whatever the step waits for.
    """
    dossier = visible(key, actor=actor, at=at)
    found = step_of(dossier, step)
    place = found.agency_id
    require(actor, permission or RIGHT_AT[found.act], agency=place, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    values = open_step(case, step, act or found.act, says)
    if case.is_stopped and not is_beside(values):
        raise ClockStopped(act=says)
    require_state(case, states, says)
    require_holder(values, actor=actor, at=at)
    return case, place
