"""Complain about how a dossier is handled, answer, rate it after hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers.errors import ComplaintPending, RatedBefore, ScoreUnknown
from tinhso.dossiers.models import Dossier, Rating, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import competent_on
from tinhso.dossiers.plans.voicing import plan_answer_complaint, plan_complain, plan_rate
from tinhso.dossiers.services.acting import (
    finish,
    lock,
    open_step,
    require_holder,
    require_state,
    step_of,
    visible,
)
from tinhso.dossiers.services.interrupting import said
from tinhso.kernel.permissions import require
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

ANSWER_TERM = Term(30, Unit.CALENDAR_DAYS)
"""How long an answer may take: thirty days, as for a first complaint (Luật Khiếu nại 2011, Điều 28; not verified)."""
SCORES = range(1, 6)


def _require_own(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """The applicant speaks for themselves; a partner system may pass on what they said elsewhere."""
    if dossier.applicant_id not in stood_for(actor):
        desk = dossier.receiving_agency_id
        require(actor, DossierPermission.RELAY_NATIONAL, agency=desk, at=at)


@transaction.atomic
def complain(
    key: UUID, *, actor: Actor, content: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Complain (khiếu nại, phản ánh): the competent agency owes an answer in its own time; nothing else stops."""
    dossier = visible(key, actor=actor, at=at)
    _require_own(dossier, actor=actor, at=at)
    (words,) = said(content)
    case = lock(dossier, at=at, expected_version=expected_version)
    if any(step["act"] == "answer_complaint" for step in case.open_steps()):
        raise ComplaintPending

    due_at = due(case.working, at, ANSWER_TERM).at
    place = competent_on(dossier, case.definition, day_of(at))
    rows = plan_complain(case, agency=place, content=words, due_at=due_at, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def answer_complaint(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    is_right: bool,
    content: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Answer a complaint (trả lời khiếu nại), saying whether it was right; what follows from it is another act."""
    dossier = visible(key, actor=actor, at=at)
    place = step_of(dossier, step).agency_id
    require(actor, DossierPermission.ANSWER_COMPLAINT, agency=place, at=at)
    (words,) = said(content)
    case = lock(dossier, at=at, expected_version=expected_version)
    values = open_step(case, step, "answer_complaint", _("trả lời khiếu nại"))
    require_holder(values, actor=actor, at=at)

    rows = plan_answer_complaint(
        case, step, is_right=is_right, content=words, actor=actor.key, at=at
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def rate(
    key: UUID,
    *,
    actor: Actor,
    score: int,
    words: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Say how content one was (đánh giá mức độ hài lòng), once, after the result was handed over."""
    dossier = visible(key, actor=actor, at=at)
    _require_own(dossier, actor=actor, at=at)
    if score not in SCORES:
        raise ScoreUnknown
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.HANDED_OVER}, _("đánh giá"))
    if Rating.objects.filter(pk=case.key_for(Rating, case.round)).exists():
        raise RatedBefore

    rows = plan_rate(case, score=score, words=words.strip(), actor=actor.key, at=at)
    place = case.dossier["competent_agency_id"]
    return finish(case, rows, actor=actor, at=at, agency=place)
