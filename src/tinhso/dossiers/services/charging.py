"""Charge what the procedure's rules say is due (lập khoản phải thu): at receipt, or later by an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.fees import facts_of, owed_by
from tinhso.dossiers.models import State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services.acting import lock, require_state, visible
from tinhso.kernel.permissions import require
from tinhso.payments import services as payments
from tinhso.payments.services.charging import Bill

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor
    from tinhso.payments.models import Charge
    from tinhso.payments.services.charging import Owed

CHARGEABLE = frozenset(
    {
        State.IN_PROCESS,
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_PAYMENT,
        State.SUSPENDED,
        State.DECIDED,
        State.HANDED_OVER,
    }
)
"""Received and worked on, or concluded with a result; what ended otherwise owes nothing new."""


def owed_of(case: Case) -> list[Owed]:
    """What the rules say of a dossier: by the day that it was handed in, or received, as each fee declares."""
    submitted, received = case.dossier["submitted_at"], case.dossier["received_at"]
    return owed_by(
        case.definition,
        facts_of(case),
        submitted_on=day_of(submitted),
        received_on=day_of(received) if received else None,
    )


def charge_received(case: Case, dossier: Dossier, *, actor: Actor, at: datetime) -> list[Charge]:
    """Charge the fees within the act that received the dossier; most procedures have none, and ask nothing."""
    if not case.definition.fees:
        return []
    bill = Bill(
        subject=dossier.uuid,
        about=case.definition.name,
        reference=str(dossier),
        payer=dossier.applicant.name if dossier.applicant else "",
        agency=dossier.receiving_agency_id,
        on=day_of(dossier.submitted_at),
    )
    return payments.charge(bill, owed_of(case), actor=actor, at=at)


@transaction.atomic
def charge(
    key: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> list[Charge]:
    """Charge the fees of a dossier that was received without, or whose charge was withdrawn."""
    dossier = visible(key, actor=actor, at=at)
    require(actor, DossierPermission.RECEIVE, agency=dossier.receiving_agency_id, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    act = _("lập khoản phải thu")
    require_state(case, CHARGEABLE, act)
    if dossier.received_at is None:
        raise NotInThatState(state=_("Chưa tiếp nhận"), act=act)
    return charge_received(case, dossier, actor=actor, at=at)
