"""Ask for what is missing; take it in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import NothingToSupplement, ReasonMissing, SupplementAskedBefore
from tinhso.dossiers.judging import papers_of, require_valid, without_files
from tinhso.dossiers.models import Channel, Dossier, State, SupplementRequest
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.supplementing import plan_request_supplement, plan_supplement
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.dossiers.services.intake import right_to_file
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor


def _place(dossier: Dossier) -> int:
    """Before receipt the desk asks, afterwards the competent agency."""
    return dossier.competent_agency_id if dossier.received_at else dossier.receiving_agency_id


@transaction.atomic
def request_supplement(
    key: UUID,
    *,
    actor: Actor,
    items: Sequence[str],
    reason: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Ask, once and for everything, for what is missing (yêu cầu bổ sung); the clock stops by the procedure's rule."""
    dossier = visible(key, actor=actor, at=at)
    place = _place(dossier)
    require(actor, DossierPermission.REQUEST_SUPPLEMENT, agency=place, at=at)
    wanted = [item.strip() for item in items if item.strip()]
    if not wanted or not reason.strip():
        raise ReasonMissing
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED, State.IN_PROCESS}, _("yêu cầu bổ sung"))
    rule = case.definition.supplement
    asked = len(case.rows(SupplementRequest))
    if asked >= rule.limit:
        raise SupplementAskedBefore(times=asked, limit=rule.limit)

    rows = plan_request_supplement(
        case,
        items=wanted,
        reason=reason.strip(),
        answer_by=day_of(at) + timedelta(days=rule.answer_days),
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def supplement(
    key: UUID,
    *,
    actor: Actor,
    answers: Answers,
    channel: Channel,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Hand in what was missing (bổ sung hồ sơ); done by the applicant, or at the desk for them."""
    dossier = visible(key, actor=actor, at=at)
    place = _place(dossier)
    if actor.party != dossier.applicant_id:
        right = right_to_file(channel, actor) or DossierPermission.SUBMIT_FOR
        require(actor, right, agency=dossier.receiving_agency_id, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    if case.state is not State.AWAITING_SUPPLEMENT:
        raise NothingToSupplement

    require_valid(case.definition, answers, on=day_of(at))
    rows = plan_supplement(
        case,
        answers=without_files(answers.values),
        papers=papers_of(case.definition, answers.values, dossier=dossier.uuid),
        channel=channel.value,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)
