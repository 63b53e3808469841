"""`/reforms`: reorganisations of agencies; carried out, the work in hand goes to whoever follows."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel, Field

from tinhso.accounts.api.carrying import carrier
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.api.sent import Sent
from tinhso.agencies import services
from tinhso.agencies.errors import ReformNotFound
from tinhso.agencies.models import Reform
from tinhso.agencies.permissions import AgencyPermission
from tinhso.kernel.permissions import require

router = Router(tags=["reforms"])


class SentCarryingOut(Sent):
    """The version that was looked at (phương án đã xem)."""

    expected_version: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        description="Refused with 409 when the plan was edited since.",
    )


class ShownReform(BaseModel):
    """A reorganisation (phương án sắp xếp)."""

    key: UUID
    code: str
    name: str
    on: date = Field(description="From this day on it holds.")
    legal_basis: str
    version: int
    state: str = Field(description="`open`, `carried_out` or `discarded`.")
    carried_out_at: datetime | None
    moved: dict[str, int] = Field(
        description="How many items of each kind of work in hand went to whoever follows."
    )


class ShownReforms(BaseModel):
    """Reorganisations, the latest day first."""

    reforms: list[ShownReform]


@router.get("", response={200: ShownReforms, **REFUSALS}, url_name="api-reforms", summary="Reforms")
def find(request: PartnerRequest) -> ShownReforms:
    """Every plan, open, carried out or discarded."""
    require(request.actor, AgencyPermission.READ, at=request.at)
    reforms = Reform.objects.select_related("carried_out", "discarded").order_by("-on", "code")
    return ShownReforms(reforms=[_shown(reform) for reform in reforms])


@router.get(
    "/{uuid:key}",
    response={200: ShownReform, **REFUSALS},
    url_name="api-reform",
    summary="One reform",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownReform:
    """The plan as it stands."""
    return _told(request, key)


@router.post(
    "/{uuid:key}/carrying-out",
    response={200: ShownReform, **ACT_REFUSALS},
    url_name="api-reform-carrying-out",
    summary="Carry a reform out",
)
def carry_out(request: PartnerRequest, key: Path[UUID], body: SentCarryingOut) -> ShownReform:
    """Carry it out (thực hiện sắp xếp) as one act: directory, competences, and all work in hand to the successors."""
    require(request.actor, AgencyPermission.CARRY_OUT_REFORM, at=request.at)
    return _carry_out(
        request, key, services.carry_out_reform, expected_version=body.expected_version
    )


def _told(request: PartnerRequest, key: UUID) -> ShownReform:
    require(request.actor, AgencyPermission.READ, at=request.at)
    found = Reform.objects.select_related("carried_out", "discarded").filter(uuid=key).first()
    if found is None:
        raise ReformNotFound
    return _shown(found)


_carry_out = carrier(_told)


def _shown(reform: Reform) -> ShownReform:
    done = getattr(reform, "carried_out", None)
    ended = "discarded" if hasattr(reform, "discarded") else "open"
    return ShownReform(
        key=reform.uuid,
        code=reform.code,
        name=reform.name,
        on=reform.on,
        legal_basis=reform.legal_basis,
        version=reform.version,
        state="carried_out" if done else ended,
        carried_out_at=done.at if done else None,
        moved=done.moved if done else {},
    )
