"""The fees of a dossier: what was charged by which rule, and what was paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel, Field

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import REFUSALS
from tinhso.dossiers.fees import fee_due
from tinhso.dossiers.models import Dossier
from tinhso.payments import queries

if TYPE_CHECKING:
    from tinhso.payments.queries import ChargeStanding

router = Router(tags=["dossiers"])


class ShownReceipt(BaseModel):
    """A receipt (biên lai) that stands."""

    number: str
    method: str = Field(description="`cash`, `transfer` or `qr`.")
    day: date


class ShownCharge(BaseModel):
    """A fee that was charged; amounts in whole đồng."""

    code: str
    name: str
    kind: str = Field(description="`fee` (phí) or `levy` (lệ phí).")
    amount: int
    full: int = Field(description="Without reductions.")
    pay: str = Field(description="`at_receipt` or `at_result`.")
    rules_of: date = Field(description="The day whose rules were applied.")
    explanation: list[str]
    receipt: ShownReceipt | None


class ShownFees(BaseModel):
    """What a dossier owes now, and all that it was charged."""

    due: int
    charges: list[ShownCharge]


@router.get(
    "/fees", response={200: ShownFees, **REFUSALS}, url_name="dossier_fees", summary="Its fees"
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownFees:
    """What was charged, why, and which receipt paid it; `due` is what has to be paid now."""
    dossier = Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    due = fee_due(dossier, request.at)
    return ShownFees(
        due=due.amount if due else 0,
        charges=[_charge(line) for line in queries.standing(dossier.uuid)],
    )


def _charge(line: ChargeStanding) -> ShownCharge:
    charge, paid = line.charge, line.payment
    receipt = ShownReceipt(number=paid.number, method=paid.method, day=paid.day) if paid else None
    return ShownCharge(
        code=charge.code,
        name=charge.name,
        kind=charge.kind,
        amount=charge.amount,
        full=charge.full,
        pay=charge.moment,
        rules_of=charge.on,
        explanation=charge.lines,
        receipt=receipt,
    )
