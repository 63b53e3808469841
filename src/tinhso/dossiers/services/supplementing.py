"""Ask for what is missing; take it in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.asked import open_request_of, slots_of
from tinhso.dossiers.bringing import require_brought
from tinhso.dossiers.definitions import Silence
from tinhso.dossiers.errors import (
    AnswerStillAwaited,
    DecidedAlready,
    NothingToSupplement,
    ReasonMissing,
    SupplementAskedBefore,
    SupplementNotAskedHere,
)
from tinhso.dossiers.judging import papers_of, require_valid, without_files
from tinhso.dossiers.models import Channel, Dossier, State, SupplementRequest
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.bringing import IN_PERSON, Bringing
from tinhso.dossiers.plans.supplementing import (
    PHASES,
    open_request,
    phase_of,
    plan_request_supplement,
    plan_stop,
    plan_supplement,
)
from tinhso.dossiers.queries.procedures import require_channel
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.dossiers.services.confirming import asked_of, codes_named
from tinhso.dossiers.services.intake import right_to_file
from tinhso.kernel.permissions import require
from tinhso.parties.queries import stood_for
from tinhso.payments import services as payments
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.plans.confirming import AskedAnyway
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
    anyway: str = "",
    expected_version: int | None = None,
) -> Dossier:
    """Ask, once and for everything, for what is missing (yêu cầu bổ sung); the clock stops by the procedure's rule.

    Refuses with `PaperHeld` a paper that the platform holds, unless `anyway` says why what is held will not do.
    """
    dossier = visible(key, actor=actor, at=at)
    place = _place(dossier)
    require(actor, DossierPermission.REQUEST_SUPPLEMENT, agency=place, at=at)
    wanted = [item.strip() for item in items if item.strip()]
    if not wanted or not reason.strip():
        raise ReasonMissing
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED, State.IN_PROCESS}, _("yêu cầu bổ sung"))
    if case.is_decided:
        raise DecidedAlready(act=_("yêu cầu bổ sung"))
    rule = case.definition.supplement
    if phase_of(case) not in rule.asked_in:
        raise SupplementNotAskedHere(phase=PHASES[phase_of(case)])
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
        asked=_held(case, wanted, anyway=anyway, at=at),
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


def _held(case: Case, items: Sequence[str], *, anyway: str, at: datetime) -> list[AskedAnyway]:
    applicant = case.dossier["applicant_id"]
    codes = codes_named(case.definition, items)
    if applicant is None or not codes:
        return []
    return asked_of(case.definition, applicant, codes, anyway=anyway, on=day_of(at))


@transaction.atomic
def supplement(
    key: UUID,
    *,
    actor: Actor,
    answers: Answers,
    channel: Channel,
    at: datetime,
    bringing: Bringing = IN_PERSON,
    expected_version: int | None = None,
) -> Dossier:
    """Hand in what was missing (bổ sung hồ sơ); done by the applicant, or at the desk for them.

    The channel must be open; `bringing` is what the desk records of post or of a helper.
    """
    require_channel(channel, at)
    dossier = visible(key, actor=actor, at=at)
    place = _place(dossier)
    if dossier.applicant_id not in stood_for(actor):
        right = right_to_file(channel, actor) or DossierPermission.SUBMIT_FOR
        require(actor, right, agency=dossier.receiving_agency_id, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    if case.state is not State.AWAITING_SUPPLEMENT:
        raise NothingToSupplement
    require_brought(channel, bringing, at=at, since=open_request(case)["at"])

    require_valid(case.definition, answers, on=day_of(at))
    rows = plan_supplement(
        case,
        answers=without_files(answers.values),
        papers=papers_of(
            case.definition,
            answers.values,
            dossier=dossier.uuid,
            asked=slots_of(case.definition, open_request_of(dossier.uuid)),
        ),
        channel=channel.value,
        bringing=bringing,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


@transaction.atomic
def stop(
    key: UUID, *, actor: Actor, reason: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Stop a dossier whose applicant did not answer in time (dừng xử lý); its work ends without a result.

    Only after the last day to answer, and only where the procedure lets silence end it.
    """
    dossier = visible(key, actor=actor, at=at)
    place = _place(dossier)
    require(actor, DossierPermission.STOP, agency=place, at=at)
    if not reason.strip():
        raise ReasonMissing
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.AWAITING_SUPPLEMENT}, _("dừng xử lý"))
    if case.definition.supplement.silence is Silence.WAIT:
        raise AnswerStillAwaited(why=_("thủ tục này không dừng hồ sơ vì chưa bổ sung"))
    last = open_request(case)["answer_by"]
    if day_of(at) <= last:
        raise AnswerStillAwaited(
            why=_("người nộp còn hạn bổ sung đến hết ngày %(day)s") % {"day": formatting.day(last)}
        )

    rows = plan_stop(case, reason=reason.strip(), actor=actor.key, at=at)
    payments.withdraw_unpaid(dossier.uuid, reason=reason.strip(), actor=actor, at=at)
    return finish(case, rows, actor=actor, at=at, agency=place)
