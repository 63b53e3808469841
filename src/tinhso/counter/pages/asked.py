"""Which desk and day an address names, among the desks where the officer holds a right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tinhso.accounts.queries import agency_asked, agency_choices
from tinhso.calendars.clock import day_of
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
    agency = agency_asked(agencies, request.GET.get("co-quan"), actor=request.actor, at=request.at)
    day = day_in(request.GET) or day_of(request.at)
    return AskedDay(agencies, agency, day)
