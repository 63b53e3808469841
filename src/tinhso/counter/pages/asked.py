"""Which desk and day an address names, among the desks where the officer holds a right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tinhso.accounts import queries as accounts
from tinhso.accounts.queries import agencies_called, agency_choices
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
    agencies = desks_to_choose(request, right)
    day = day_in(request.GET) or day_of(request.at)
    return AskedDay(agencies, desk_asked(request, agencies), day)


def desks_to_choose(request: ActedRequest, right: CounterPermission) -> list[tuple[int, str]]:
    """The desks where the officer holds the right, or those of them that the address looks for by name."""
    scope = request.actor.scope(right, at=request.at)
    return agencies_called(agency_choices(scope, at=request.at), request.GET)


def desk_asked(request: ActedRequest, agencies: Sequence[tuple[int, str]]) -> int:
    """The desk that the page names, else one's own, else one that gives numbers, else a one-stop centre.

    Where none of them is a desk, one's own agency; 0 when there are none. What was pressed says more than the address.
    """
    named = request.POST.get("co-quan") or request.GET.get("co-quan")
    opened = TicketDesk.objects.order_by("pk").values_list("agency", flat=True)
    return accounts.desk_asked(
        agencies, named, actor=request.actor, at=request.at, opened=list(opened)
    )
