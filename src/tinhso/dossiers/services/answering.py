"""Answers from outside (trả lời từ bên ngoài): what a receive task of the workflow waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import definitions
from tinhso.dossiers.errors import AnswerNotAwaited, ClockStopped
from tinhso.dossiers.models import Dossier, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.working import plan_record_answer
from tinhso.dossiers.services.acting import (
    finish,
    lock,
    open_step,
    require_holder,
    require_state,
    step_of,
    visible,
)
from tinhso.dossiers.services.stepping import WORKABLE
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@transaction.atomic
def record_answer(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    outcome: str,
    note: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Record at a step of waiting that the answer came, and what it says (ghi nhận trả lời)."""
    dossier = visible(key, actor=actor, at=at)
    place = step_of(dossier, step).agency_id
    require(actor, DossierPermission.RECORD_ANSWER, agency=place, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    values = open_step(case, step, "record_answer", _("ghi nhận trả lời"))
    if case.is_stopped:
        raise ClockStopped(act=_("ghi nhận trả lời"))
    require_state(case, WORKABLE, _("ghi nhận trả lời"))
    require_holder(values, actor=actor, at=at)

    rows = plan_record_answer(
        case, step, outcome=outcome, note=note.strip(), actor=actor.key, at=at
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


def deliver(
    key: UUID,
    message: str,
    *,
    actor: Actor,
    outcome: str,
    note: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Bring an answer to the step that waits for a message of this name (thông điệp).

    A name stands once in a process, so that at most one step is open for it; refused with
    `AnswerNotAwaited` when none is.
    """
    dossier = visible(key, actor=actor, at=at)
    waiting = definitions.of_version(dossier.procedure_id).workflow.receiver(message)
    node = waiting.id if waiting else ""
    found = Step.objects.filter(dossier=dossier, node=node, closed_at=None).first()
    if found is None:
        raise AnswerNotAwaited(message=message)
    return record_answer(
        key,
        found.pk,
        actor=actor,
        outcome=outcome,
        note=note,
        at=at,
        expected_version=expected_version,
    )
