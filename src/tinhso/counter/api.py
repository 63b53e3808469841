"""Appointments as partner systems book and cancel them for somebody, and the times that a desk still has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Status
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.api.sent import Code, Sent
from tinhso.calendars.clock import local
from tinhso.counter import services
from tinhso.counter.errors import TimeNotOffered
from tinhso.counter.models import Appointment, AppointmentOffer, Errand
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.appointments import timetable
from tinhso.counter.services import Visit
from tinhso.dossiers.api.applying import agency_named
from tinhso.dossiers.errors import ProcedureNotFound
from tinhso.dossiers.models import Procedure
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

router = Router(tags=["appointments"])
ROUTERS: tuple[tuple[str, Router], ...] = (("/appointments", router),)
"""The resources of this app, as `site` mounts them."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class SentBooking(Sent):
    """Somebody wants to come (đặt lịch hẹn). `key` names the appointment: sent twice, it is the same one."""

    key: UUID
    agency: Code = Field(description="Code of the agency whose desk it is.")
    starts_at: AwareDatetime = Field(
        description="One of the times that `GET /appointments/times` tells."
    )
    errand: Errand
    procedure: Code | None = Field(default=None, description="National code of the procedure.")
    name: Name
    phone: Phone = ""


class SentCancellation(Sent):
    """Why nobody comes (lý do hủy)."""

    reason: Reason


class ShownAppointment(BaseModel):
    """An appointment, without who comes; `code` is what they say at the kiosk."""

    key: UUID
    code: str
    starts_at: AwareDatetime
    minutes: int
    errand: Errand
    state: str = Field(description="`ahead`, `arrived`, `missed` or `cancelled`.")


class ShownTime(BaseModel):
    """A time of a desk, and how many may still come then."""

    starts_at: AwareDatetime
    minutes: int
    free: int


class ShownTimes(BaseModel):
    """The times of one day that are ahead."""

    times: list[ShownTime]


@router.get(
    "/times",
    response={200: ShownTimes, **REFUSALS},
    url_name="api-appointment-times",
    summary="Times that a desk offers",
)
def times(
    request: PartnerRequest, agency: Annotated[Code, Query()], day: Annotated[date, Query()]
) -> ShownTimes:
    """The times of a day that can be booked (giờ trống), in order; none where the desk takes no appointments."""
    require(request.actor, CounterPermission.KEEP_APPOINTMENTS, at=request.at)
    key = agency_named(agency, at=request.at)
    require(request.actor, CounterPermission.KEEP_APPOINTMENTS, agency=key, at=request.at)
    offered = AppointmentOffer.objects.filter(agency=key).first()
    slots = timetable(offered).slots(day, at=request.at) if offered is not None else []
    return ShownTimes(
        times=[
            ShownTime(starts_at=local(slot.starts_at), minutes=slot.minutes, free=slot.free)
            for slot in slots
        ]
    )


@router.post(
    "",
    response={200: ShownAppointment, 201: ShownAppointment, **ACT_REFUSALS},
    url_name="api-appointments",
    summary="Book an appointment",
)
def book(
    request: PartnerRequest, response: HttpResponse, body: SentBooking
) -> Status[ShownAppointment]:
    """Book a time for somebody (đặt giúp). 201 the first time, 200 when it was sent before under the same `key`."""
    require(request.actor, CounterPermission.KEEP_APPOINTMENTS, at=request.at)
    agency = agency_named(body.agency, at=request.at)
    is_known = Appointment.objects.filter(uuid=body.key, agency=agency).exists()
    procedure = _procedure(body.procedure) if body.procedure else None
    visit = Visit(body.key, body.errand, procedure, body.name, body.phone)
    made = services.book_for(
        agency, _within_reach(body.starts_at), visit, actor=request.actor, at=request.at
    )
    response["Location"] = f"{request.path}/{made.uuid}"
    return Status(200 if is_known else 201, _shown(made))


@router.get(
    "/{uuid:key}",
    response={200: ShownAppointment, **REFUSALS},
    url_name="api-appointment",
    summary="One appointment",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownAppointment:
    """The appointment as it stands, at a desk where the token keeps appointments."""
    seen = Appointment.objects.visible_to(request.actor, (), at=request.at)
    return _shown(seen.get_or_refuse(key))


@router.post(
    "/{uuid:key}/cancel",
    response={200: ShownAppointment, **ACT_REFUSALS},
    url_name="api-appointment-cancel",
    summary="Cancel an appointment",
)
def cancel(request: PartnerRequest, key: Path[UUID], body: SentCancellation) -> ShownAppointment:
    """Cancel it (hủy lịch hẹn), with the reason; who booked it by an account is told."""
    done = services.cancel(key, reason=body.reason, actor=request.actor, at=request.at)
    return _shown(done)


def _procedure(code: str) -> int:
    found = Procedure.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise ProcedureNotFound(code=code)
    return found


def _within_reach(starts_at: datetime) -> datetime:
    """The same instant; refuses with `TimeNotOffered` one that no calendar of this house can hold."""
    try:
        return local(starts_at)
    except OverflowError:
        raise TimeNotOffered from None


def _shown(row: Appointment) -> ShownAppointment:
    return ShownAppointment(
        key=row.uuid,
        code=str(row),
        starts_at=local(row.starts_at),
        minutes=row.minutes,
        errand=Errand(row.errand),
        state=row.state,
    )
