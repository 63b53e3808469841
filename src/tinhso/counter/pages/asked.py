"""Which desk and day an address names, among the desks where the officer holds a right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tinhso.accounts.queries import agency_asked, agency_choices
from tinhso.agencies.models import Agency, AgencyKind
from tinhso.calendars.clock import day_of
from tinhso.counter.models import TicketDesk
from tinhso.kernel.days import day_in
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tinhso.counter.permissions import CounterPermission
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class AskedDay:
    """The desk and the day, and the desks there are to choose from."""

    agencies: Sequence[tuple[int, str]]
    agency: int
    day: date

    @property
    def query(self) -> str:
        """What follows the question mark of an address about the same desk and day."""
        return urlencode({"co-quan": self.agency, "ngay": self.day.isoformat()})

    @property
    def name(self) -> str:
        """What the desk is called."""
        return dict(self.agencies).get(self.agency, "")


def asked_day(request: ActedRequest, right: CounterPermission) -> AskedDay:
    """The desk and day of the address, else one's own desk and today; refuses who holds the right nowhere."""
    require(request.actor, right, at=request.at)
    agencies = agency_choices(request.actor.scope(right, at=request.at), at=request.at)
    day = day_in(request.GET) or day_of(request.at)
    return AskedDay(agencies, desk_asked(request, agencies), day)


def desk_asked(request: ActedRequest, agencies: Sequence[tuple[int, str]]) -> int:
    """The desk that the address names, else one's own, else one that gives numbers, else a one-stop centre.

    Where none of them is a desk, one's own agency; 0 when there are none.
    """
    named = request.GET.get("co-quan")
    usual = agency_asked(agencies, named, actor=request.actor, at=request.at)
    if str(usual) == named:
        return usual
    keys = [key for key, _name in agencies]
    opened = TicketDesk.objects.filter(agency__in=keys).values_list("agency", flat=True)
    centres = Agency.objects.filter(pk__in=keys, kind=AgencyKind.CENTRE)
    desks = [*opened.order_by("pk"), *centres.order_by("pk").values_list("pk", flat=True)]
    return usual if usual in desks else next(iter(desks), usual)
