"""Ask another competent agency to take a dossier over, and answer as that agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import FieldOfWork
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers import definitions
from tinhso.dossiers.errors import (
    DecidedAlready,
    ReasonMissing,
    TransferPending,
)
from tinhso.dossiers.errors_of_transfers import AgencyAsksItself, AgencyNotCompetent
from tinhso.dossiers.models import Dossier, TransferRequest
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import takers
from tinhso.dossiers.plans.transferring import plan_answer_transfer, plan_ask_transfer
from tinhso.dossiers.services.acting import (
    finish,
    lock,
    open_step,
    require_holder,
    require_state,
    step_of,
    visible,
)
from tinhso.dossiers.services.interrupting import require_running, said
from tinhso.dossiers.services.stepping import UNDECIDED
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

ANSWER_TERM = Term(1, Unit.WORKING_DAYS)
"""How long the other agency has to take or refuse it: to the end of the next working day. A rule of this house."""


@transaction.atomic
def ask_transfer(
    key: UUID,
    *,
    actor: Actor,
    agency: int,
    reason: str,
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Ask another agency to take the dossier over (đề nghị chuyển cơ quan giải quyết), with the reason.

    Only an agency that holds the field and level of the procedure that day (`places.takers`). Until it answers, the
    asking agency stays competent and answers for the clock.
    """
    dossier = visible(key, actor=actor, at=at)
    place = dossier.competent_agency_id
    require(actor, DossierPermission.TRANSFER, agency=place, at=at)
    (why,) = said(reason)
    definition, day = definitions.of_version(dossier.procedure_id), day_of(at)
    if agency == place:
        raise AgencyAsksItself(agency=_called(agency, day))
    if agency not in takers(definition, day):
        raise _not_competent(agency, definition.field, day)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_running(case, _("đề nghị chuyển"))
    if case.is_decided:
        raise DecidedAlready(act=_("đề nghị chuyển"))
    if any(step["act"] == "answer_transfer" for step in case.open_steps()):
        raise TransferPending

    rows = plan_ask_transfer(
        case,
        agency=agency,
        reason=why,
        due_at=due(case.working, at, ANSWER_TERM).at,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)


def _not_competent(agency: int, field: str, day: date) -> AgencyNotCompetent:
    """The refusal, with the agency and the field by name."""
    named = FieldOfWork.objects.filter(code=field).first()
    return AgencyNotCompetent(agency=_called(agency, day), field=named.title if named else field)


def _called(agency: int, day: date) -> str:
    return names_of([agency], day).get(agency) or str(_("Cơ quan này"))


@transaction.atomic
def answer_transfer(
    key: UUID,
    step: UUID,
    *,
    actor: Actor,
    accepts: bool,
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Dossier:
    """Take the dossier over, or refuse it with the reason (nhận, không nhận hồ sơ chuyển); its number never changes."""
    if not accepts and not reason.strip():
        raise ReasonMissing
    dossier = visible(key, actor=actor, at=at)
    place = step_of(dossier, step).agency_id
    require(actor, DossierPermission.ANSWER_TRANSFER, agency=place, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    says = _("trả lời đề nghị chuyển")
    require_holder(open_step(case, step, "answer_transfer", says), actor=actor, at=at)
    require_state(case, UNDECIDED, says)
    if accepts and case.is_decided:
        raise DecidedAlready(act=_("nhận chuyển"))

    rows = plan_answer_transfer(
        case,
        step,
        accepts=accepts,
        reason=reason.strip(),
        because=TransferRequest.objects.get(step=step).reason,
        actor=actor.key,
        at=at,
    )
    return finish(case, rows, actor=actor, at=at, agency=place)
