"""Guide the applicant before receipt; let them correct what they handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import NothingToCorrect
from tinhso.dossiers.judging import papers_of, require_valid, without_files
from tinhso.dossiers.models import Channel, Dossier, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.guiding import plan_correct, plan_guide
from tinhso.dossiers.queries.procedures import require_channel
from tinhso.dossiers.queries.telling import guidance_of
from tinhso.dossiers.services import drafting
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.dossiers.services.intake import right_to_file
from tinhso.dossiers.services.interrupting import said
from tinhso.kernel.permissions import require
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.models import Draft
    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor


@transaction.atomic
def guide(
    key: UUID, *, actor: Actor, content: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Say before receipt what to put right (hướng dẫn hoàn thiện hồ sơ): nothing is refused, nothing counted."""
    dossier = visible(key, actor=actor, at=at)
    desk = dossier.receiving_agency_id
    require(actor, DossierPermission.GUIDE, agency=desk, at=at)
    (words,) = said(content)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED}, _("hướng dẫn"))

    rows = plan_guide(case, content=words, actor=actor.key, at=at)
    return finish(case, rows, actor=actor, at=at, agency=desk)


@transaction.atomic
def correct(
    key: UUID,
    *,
    actor: Actor,
    answers: Answers,
    channel: Channel,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Hand the form in again as guided (nộp lại theo hướng dẫn), before receipt."""
    require_channel(channel, at)
    dossier = visible(key, actor=actor, at=at)
    _require_own(dossier, channel, actor=actor, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED}, _("nộp lại"))
    if guidance_of(dossier) is None:
        raise NothingToCorrect

    require_valid(case.definition, answers, on=day_of(at))
    rows = plan_correct(
        case,
        answers=without_files(answers.values),
        papers=papers_of(case.definition, answers.values, dossier=dossier.uuid),
        channel=channel.value,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=dossier.receiving_agency_id)


def _require_own(dossier: Dossier, channel: Channel, *, actor: Actor, at: datetime) -> None:
    if dossier.applicant_id not in stood_for(actor):
        right = right_to_file(channel, actor) or DossierPermission.SUBMIT_FOR
        require(actor, right, agency=dossier.receiving_agency_id, at=at)


def open_correction(
    key: UUID, *, channel: Channel, actor: Actor, at: datetime, only_shown: bool = False
) -> Draft:
    """The draft of a correction, begun with what was handed in; it bears the dossier's uuid."""
    dossier = visible(key, actor=actor, at=at)
    _require_own(dossier, channel, actor=actor, at=at)
    if dossier.state != State.SUBMITTED or guidance_of(dossier) is None:
        raise NothingToCorrect
    return drafting.draft_within(dossier, "correction", actor=actor, at=at, only_shown=only_shown)


@transaction.atomic
def hand_in_correction(draft: Draft, *, channel: Channel, actor: Actor, at: datetime) -> Dossier:
    """Hand the correction in; the draft goes."""
    drafting.lock(draft)
    answers = drafting.answers_of(draft, at=at)
    dossier = correct(draft.uuid, actor=actor, answers=answers, channel=channel, at=at)
    drafting.discard_files(draft.uuid, actor=actor, at=at)
    draft.delete()
    return dossier
