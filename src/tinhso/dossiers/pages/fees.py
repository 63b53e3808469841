"""The fees of a dossier (phí, lệ phí) on its page, and the button that charges them where receipt did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.calendars.clock import day_of
from tinhso.dossiers.fees import fee_due, tariffs
from tinhso.dossiers.models import State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services import charging
from tinhso.kernel.errors import DomainError
from tinhso.kernel.identifiers import read_number
from tinhso.payments import queries
from tinhso.payments.pages.taking import code_of
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.fees import Tariff
    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest
    from tinhso.payments.queries import ChargeStanding, TransferOrder


@dataclass(frozen=True)
class ShownFees:
    """What the page says of money: charges and receipts; before them what the rules of the day say."""

    lines: list[ChargeStanding]
    tariffs: list[Tariff]
    owed: int
    may_take: bool
    may_charge: bool


def fees_of(dossier: Dossier, definition: Definition, actor: Actor, at: datetime) -> ShownFees:
    """The fees of a dossier, as this officer sees them."""
    lines = queries.standing(dossier.uuid)
    rules = [] if lines else tariffs(definition, day_of(dossier.submitted_at))
    desk = dossier.receiving_agency_id
    owed = [line.charge for line in lines if not line.is_settled]
    charging_agency = owed[0].agency_id if owed else desk
    is_received = dossier.received_at is not None
    return ShownFees(
        lines=lines,
        tariffs=rules,
        owed=sum(charge.amount for charge in owed),
        may_take=actor.holds(PaymentPermission.TAKE, agency=charging_agency, at=at),
        may_charge=bool(rules)
        and is_received
        and actor.holds(DossierPermission.RECEIVE, agency=desk, at=at),
    )


@require_POST
def charge(request: ActedRequest, key: UUID) -> HttpResponse:
    """Charge what the rules say; the page of the dossier shows it."""
    expected = read_number(request.POST.get("version", ""))
    try:
        charged = charging.charge(
            key, actor=request.actor, at=request.at, expected_version=expected
        )
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
    else:
        said = _("Đã lập khoản phải thu.") if charged else _("Không có khoản nào phải thu.")
        messages.success(request, said)
    return redirect("dossiers:dossier", key)


@dataclass(frozen=True)
class OwnFees:
    """What an applicant is told: the charges, the sum to pay now, how to transfer it."""

    lines: list[ChargeStanding]
    due: int
    order: TransferOrder | None
    code: str


def own_fees(dossier: Dossier, at: datetime) -> OwnFees | None:
    """The fees of a dossier for its applicant; None when nothing was charged."""
    lines = queries.standing(dossier.uuid)
    if not lines:
        return None
    due = fee_due(dossier, at) if State(dossier.state).is_open else None
    first = due.charges[0] if due else lines[0].charge
    amount = due.amount if due else 0
    order = queries.transfer_order(first.agency_id, amount, first.reference, on=day_of(at))
    return OwnFees(lines, amount, order, code_of(order))
