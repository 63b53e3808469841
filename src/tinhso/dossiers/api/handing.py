"""`/work-hand-overs`: all open work of one officer at an agency goes to another, or to nobody."""

from __future__ import annotations

from uuid import UUID

from ninja import Router
from pydantic import BaseModel, Field

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.accounts.api.sent import Code, Sent
from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.api.applying import agency_named
from tinhso.dossiers.errors import OfficerNotThere
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.permissions import require

router = Router(tags=["steps"])


class SentHandOverOfWork(Sent):
    """Whose work, and to whom (bàn giao việc đang giữ)."""

    agency: Code = Field(description="Code of the agency where the work lies.")
    source: UUID = Field(description="The officer who holds it.")
    target: UUID | None = Field(description="Who is to hold it; null leaves it to nobody.")


class ShownHandOverOfWork(BaseModel):
    """How many open steps went over."""

    steps: int


@router.post(
    "",
    response={200: ShownHandOverOfWork, **ACT_REFUSALS},
    url_name="api-work-hand-overs",
    summary="Hand an officer's work over",
)
def hand_over(request: PartnerRequest, body: SentHandOverOfWork) -> ShownHandOverOfWork:
    """Give every open step that an officer holds at an agency to another (bàn giao việc), as one act."""
    require(request.actor, DossierPermission.HAND_WORK_OVER, at=request.at)
    agency = agency_named(body.agency, at=request.at)
    steps = services.hand_work_over_once(
        agency,
        source=_officer(body.source),
        target=_officer(body.target) if body.target else None,
        sending=sending_of(request),
        actor=request.actor,
        at=request.at,
    )
    return ShownHandOverOfWork(steps=steps)


def _officer(key: UUID) -> User:
    """The account of an officer; `OfficerNotThere` for any other key."""
    found: User | None = User.objects.filter(uuid=key, kind=User.Kind.OFFICER).first()
    if found is None:
        raise OfficerNotThere
    return found
