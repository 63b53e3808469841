"""Reads: who waits, what is called, how long it took."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Case, Max, When

from tinhso.calendars.clock import day_of, instant, local
from tinhso.counter.models import Outcome, Ticket, TicketCall
from tinhso.dossiers.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.counter.models import TicketDesk

SHOWN_CALLS = 6
A_MINUTE = 60
A_DAY = 24 * 60


def waiting(desk: TicketDesk, day: date) -> QuerySet[Ticket]:
    """Tickets of the day that nobody called yet, by number."""
    return Ticket.objects.filter(desk=desk, day=day, calls=None, end=None).order_by("number")


def in_turn(desk: TicketDesk, *, at: datetime) -> QuerySet[Ticket]:
    """Who is called next, in order: appointments whose time has come, then numbers, then early appointments."""
    turn = Case(When(promised_at__lte=at, then=0), When(promised_at=None, then=1), default=2)
    queue = waiting(desk, day_of(at)).annotate(turn=turn)
    return queue.order_by("turn", "promised_at", "number")


def at_window(desk: TicketDesk, window: int, day: date) -> Ticket | None:
    """The ticket called to the window and not ended."""
    open_ones = Ticket.objects.filter(desk=desk, day=day, end=None, calls__window=window)
    return open_ones.order_by("number").last()


def called(desk: TicketDesk, day: date) -> list[TicketCall]:
    """The newest calls, one a ticket, newest first: what the board shows, until the visit is over or nobody came."""
    newest = (
        TicketCall.objects.filter(ticket__desk=desk, ticket__day=day, ticket__end=None)
        .values("ticket")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("last", flat=True)[:SHOWN_CALLS]
    )
    return list(
        TicketCall.objects.filter(pk__in=list(newest)).select_related("ticket").order_by("-pk")
    )


@dataclass
class Load:
    """Visits of one window and hour, or of one officer; times in minutes, averages of the visits that ended."""

    served: int = 0
    missed: int = 0
    receipts: int = 0
    waited: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def waiting_minutes(self) -> float | None:
        """From the ticket to the first call."""
        return sum(self.waited) / len(self.waited) if self.waited else None

    @property
    def serving_minutes(self) -> float | None:
        """From the last call to the end of the visit, of those who came."""
        return sum(self.took) / len(self.took) if self.took else None


@dataclass(frozen=True)
class DayLoad:
    """The day of a desk: by window and hour, by officer, and who waits still."""

    by_hour: list[tuple[int, int, Load]]
    by_officer: list[tuple[str, Load]]
    still_waiting: int


def day_load(desk: TicketDesk, day: date) -> DayLoad:
    """How long people waited and were served on an official day (thời gian chờ, thời gian phục vụ)."""
    tickets = Ticket.objects.filter(desk=desk, day=day).exclude(calls=None)
    hours: dict[tuple[int, int], Load] = defaultdict(Load)
    officers: dict[str, Load] = defaultdict(Load)
    for ticket in tickets.prefetch_related("calls").select_related("end").distinct():
        calls = sorted(ticket.calls.all(), key=lambda call: call.pk)
        first, last = calls[0], calls[-1]
        officer = officers[last.actor]
        for load in hours[first.window, local(first.at).hour], officer:
            load.waited.append((first.at - ticket.at).total_seconds() / A_MINUTE)
        _add([hours[last.window, local(last.at).hour], officer], ticket, last)
    begin, end = instant(day, 0), instant(day, A_DAY)
    receipts = Receipt.objects.filter(agency=desk.agency_id, at__gte=begin, at__lt=end)
    for actor, number in Counter(receipts.values_list("actor", flat=True)).items():
        officers[actor].receipts = number
    by_hour = [(window, hour, hours[window, hour]) for window, hour in sorted(hours)]
    return DayLoad(by_hour, sorted(officers.items()), waiting(desk, day).count())


def _add(loads: Iterable[Load], ticket: Ticket, last: TicketCall) -> None:
    """Count the visit where it ended: at the window and in the hour of the last call."""
    over = getattr(ticket, "end", None)
    for load in loads:
        if over is not None and over.outcome == Outcome.SERVED:
            load.served += 1
            load.took.append((over.at - last.at).total_seconds() / A_MINUTE)
        elif over is not None:
            load.missed += 1
