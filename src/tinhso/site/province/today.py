"""Work of the day at the commune of the printed accounts: one dossier at least in each state that a page shows."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import services
from tinhso.dossiers.models import Channel
from tinhso.dossiers.plans.moving import near
from tinhso.kernel.actors import SystemActor
from tinhso.payments import queries as payments
from tinhso.payments.models import Method, Moment
from tinhso.payments.services import take
from tinhso.site.province import people
from tinhso.site.province.hands import ServiceHands
from tinhso.site.province.matters import Matters
from tinhso.site.province.samples import SELDOM
from tinhso.site.province.stories import VISITOR

if TYPE_CHECKING:
    from uuid import UUID

    from tinhso.dossiers.definitions import Definition
    from tinhso.kernel.actors import Actor
    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff

RELAY = SystemActor("demo")
FIRST_TODAY = 99_000
"""Numbers of the people who come today."""
PEOPLE = 12
ANSWER = Term(3, Unit.WORKING_DAYS)
PAID = (Method.CASH, Method.CASH, Method.TRANSFER)
EARLIER = timedelta(minutes=100)
LATER = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
LONGEST = 30
"""Days back in which a dossier may have come of which the time is nearly up."""
AT_DESK = 15 * 60 + 20
"""Minutes of the day at which the last people of an afternoon came."""


def waiting_today(staff: Staff, era: Era, until: datetime) -> None:
    """Through the services: fees paid at the desk, a supplement awaited, time nearly up, opinions, transfers."""
    rng = random.Random(FIRST_TODAY)  # noqa: S311  (no secret)
    parties = people.populate(PEOPLE, at=until, on=day_of(until), rng=rng, first=FIRST_TODAY)
    ours, other = era.middle, era.neighbour
    desk = _Today(staff, Matters(staff, rng, era, parties), until, came_today(until))
    for method in PAID:
        desk.pay(desk.received(ours, paid=True), method)
    desk.ask_for_papers(ours)
    desk.leave_until_near(ours)
    for asking, asked in ((ours, other), (other, ours)):
        desk.ask_opinion(asking, asked)
        desk.ask_transfer(asking, asked)
    desk.complain(ours)


def came_today(until: datetime) -> datetime:
    """When the last people came: a while ago where the desk was open then, else on the last afternoon."""
    calendar, came = working_calendar(), until - EARLIER
    if calendar.working_minutes(came, came + 4 * LATER) == 4 * LATER // MINUTE:
        return came
    day = day_of(until)
    while not (calendar.is_working_day(day) and instant(day, AT_DESK) <= came):
        day -= timedelta(days=1)
    return instant(day, AT_DESK)


@dataclass
class _Today:
    """Hands dossiers in at a commune and takes each to where it waits."""

    staff: Staff
    matters: Matters
    until: datetime
    came: datetime

    def received(self, commune: int, *, paid: bool = False) -> ServiceHands:
        """A dossier that was just received at the desk; a `paid` one is of a procedure that takes a fee there."""
        hands, clerk = self._handed_in(commune, Channel.COUNTER, paid=paid)
        step = hands.waiting()[0].key
        hands.act("receive", step, actor=clerk, at=self.came + LATER)
        return hands

    def pay(self, hands: ServiceHands, method: Method) -> None:
        """The fee is taken where it was received."""
        key = _key(hands)
        owed = [line.charge for line in payments.standing(key) if not line.is_settled]
        if owed:
            desk = owed[0].agency_id
            clerk = self.staff.at(desk, "one-stop-officer", self.matters.rng)
            whole = sum(charge.amount for charge in owed)
            paper = "" if method is Method.CASH else "FT00000000"
            at = self.came + 2 * LATER
            take(
                key,
                agency=desk,
                method=method,
                expected=whole,
                actor=clerk,
                at=at,
                bank_reference=paper,
            )

    def ask_for_papers(self, commune: int) -> None:
        """The desk asks for what is missing; the clock waits for the applicant."""
        online = Channel.NATIONAL if self.matters.is_national else Channel.PORTAL
        hands, clerk = self._handed_in(commune, online, asked_in="reception")
        hands.act(
            "request_supplement",
            None,
            actor=clerk,
            at=self.came + LATER,
            items=["Bản chụp giấy tờ rõ bốn góc"],
            reason="Tệp kèm theo mờ, không đọc được.",
        )

    def ask_opinion(self, commune: int, asked: int) -> None:
        """Who examines at the commune asks another agency, whose opinion is awaited."""
        key = _key(self.received(commune))
        officer = self.staff.at(commune, "specialist", self.matters.rng)
        services.ask_opinion(
            key,
            actor=officer,
            agency=asked,
            question="Đề nghị xác nhận thông tin cư trú trước đây của người nộp.",
            term=ANSWER,
            at=self.came + 3 * LATER,
        )

    def ask_transfer(self, commune: int, asked: int) -> None:
        """The head of the commune asks another agency to take the dossier over."""
        key = _key(self.received(commune))
        head = self.staff.at(commune, "agency-leader", self.matters.rng)
        reason = "Người nộp đã chuyển nơi cư trú trước khi nộp hồ sơ."
        at = self.came + 3 * LATER
        services.ask_transfer(key, actor=head, agency=asked, reason=reason, at=at)

    def complain(self, commune: int) -> None:
        """The applicant complains; the answer is owed."""
        key = _key(self.received(commune))
        said = "Tôi chưa nhận được giấy hẹn."
        services.complain(key, actor=RELAY, content=said, at=self.came + 4 * LATER)

    def leave_until_near(self, commune: int) -> None:
        """One that nobody has begun: its time is nearly up."""
        calendar, today = working_calendar(), day_of(self.until)
        kinds = [kind for kind in self.matters.kinds if _fits(kind[0])]
        days = [today - timedelta(days=back) for back in range(1, LONGEST)]
        for kind in kinds:
            for day in filter(calendar.is_working_day, days):
                at = instant(day, AT_DESK)
                due_at = due(calendar, at, kind[0].term).at
                if near(calendar, at, due_at) <= self.until < due_at:
                    hands, clerk = self._hand_in(kind, commune, Channel.COUNTER, at)
                    hands.act("receive", hands.waiting()[0].key, actor=clerk, at=at)
                    return

    def _handed_in(
        self, commune: int, channel: Channel, *, paid: bool = False, asked_in: str = ""
    ) -> tuple[ServiceHands, Actor]:
        fitting = (
            kind for kind in self.matters.kinds if _fits(kind[0], paid=paid, asked_in=asked_in)
        )
        return self._hand_in(next(fitting), commune, channel, self.came)

    def _hand_in(
        self, kind: tuple[Definition, int], commune: int, channel: Channel, at: datetime
    ) -> tuple[ServiceHands, Actor]:
        matters = self.matters
        drawn, (definition, procedure) = matters.draw(), kind
        matter = replace(
            drawn,
            definition=definition,
            procedure=procedure,
            channel=channel,
            places=matters.places(definition, commune),
            values=matters.values(definition, drawn.party),
        )
        clerk = self.staff.at(matter.places["receiving"], "one-stop-officer", matters.rng)
        hands = ServiceHands()
        actor = clerk if channel is Channel.COUNTER else VISITOR
        hands.submit(matter, actor=actor, at=at)
        return hands, clerk


def _fits(definition: Definition, *, paid: bool = False, asked_in: str = "") -> bool:
    if definition.level != "commune" or definition.code in SELDOM:
        return False
    takes = any(fee.moment is Moment.AT_RECEIPT for fee in definition.fees)
    return (takes or not paid) and (not asked_in or asked_in in definition.supplement.asked_in)


def _key(hands: ServiceHands) -> UUID:
    if hands.dossier is None:
        raise LookupError("nothing was submitted")
    return hands.dossier.uuid
