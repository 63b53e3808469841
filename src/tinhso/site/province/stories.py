"""What happens to a dossier in the demo: delays and outcomes drawn so that the log looks like a real one.

Rates follow what real municipal logs show (rework, waiting, a long tail) and what the sources complain of; nothing here
knows how an act is written, only when somebody does it and with what outcome.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import Unit
from tinhso.dossiers.models import Channel
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.kernel.actors import AnonymousVisitor, SystemActor

if TYPE_CHECKING:
    from datetime import date

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.kernel.actors import Actor
    from tinhso.site.province.hands import Hands, Matter, Waiting
    from tinhso.site.province.people import Staff

LONG_AGO = datetime.min.replace(tzinfo=UTC)
TRIES = 8
VISITOR = AnonymousVisitor()
TIMER = SystemActor("timers")
HOURS = 60
DAY = 450
MINUTES = {
    Unit.WORKING_DAYS: DAY,
    Unit.CALENDAR_DAYS: DAY * 5 / 7,
    Unit.WORKING_HOURS: 60,
    Unit.MONTHS: DAY * 22,
}


REASONS = (
    "Hồ sơ nhiều, cán bộ thụ lý đi vắng.",
    "Phải xác minh thêm ở nơi khác, chưa có trả lời.",
    "Mất kết nối với hệ thống của Bộ trong nhiều ngày.",
)


@dataclass(frozen=True)
class Manners:
    """How often things happen (shares of 1), and how much of the term the work takes on the average."""

    refused: float = 0.02
    supplement_at_desk: float = 0.04
    supplement_later: float = 0.07
    rejected: float = 0.03
    sent_back: float = 0.04
    silent: float = 0.1
    sorry: float = 0.6
    pace: float = 0.8
    spread: float = 0.75


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands: was it received, were papers ever asked for and since when are they, the last act."""

    is_received: bool
    was_asked: bool
    asked_at: datetime | None
    last_at: datetime


def arrival(day: date, channel: Channel, rng: random.Random) -> datetime:
    """When on that day somebody hands in: at the desk in office hours, on line from dawn to late evening."""
    if channel is Channel.COUNTER:
        opens, closes = rng.choice([(450, 680), (450, 680), (810, 1010)])
        return instant(day, rng.randrange(opens, closes))
    return instant(day, int(rng.triangular(6 * HOURS, 23 * HOURS, 10 * HOURS)))


@dataclass
class Story:
    """One dossier's story, played by some hands until `until`; what lies after it has not happened yet."""

    hands: Hands
    matter: Matter
    staff: Staff
    calendar: WorkingCalendar
    rng: random.Random
    until: datetime
    manners: Manners = field(default_factory=Manners)
    since: datetime = LONG_AGO  # up to here it is known what happened: everything else comes later
    was_asked: bool = False  # for papers, once in a story: more often no procedure lets them
    was_late: bool = False  # and somebody said sorry, or will not

    def play(self, at: datetime) -> None:
        """From submission on."""
        clerk = self.staff.at(self.matter.places["receiving"], "one-stop-officer", self.rng)
        at_desk = self.matter.channel is Channel.COUNTER
        self.hands.submit(self.matter, actor=clerk if at_desk else VISITOR, at=at)
        self._receive_and_work(clerk, at, at_desk=at_desk)

    def go_on(self, standing: Standing) -> None:
        """From where a dossier stood at `since`: its next act has not been done until then."""
        clerk = self.staff.at(self.matter.places["receiving"], "one-stop-officer", self.rng)
        self.was_late = True  # it may have been told before
        if standing.asked_at is None:
            if standing.is_received:
                self._work(standing.last_at, is_asked=standing.was_asked)
            else:
                self._receive_and_work(clerk, standing.last_at, at_desk=False)
            return
        answered = self._answer(standing.asked_at)
        if answered is None:
            return
        if standing.is_received:
            self._work(answered, is_asked=True)
        else:
            self._receive_and_work(clerk, answered, at_desk=False)

    def _receive_and_work(self, clerk: Actor, at: datetime, *, at_desk: bool) -> None:
        now = self._reception(clerk, at, at_desk=at_desk)
        if now is not None:
            self._work(now)

    def _reception(self, clerk: Actor, at: datetime, *, at_desk: bool) -> datetime | None:
        """The desk receives, asks for papers, or refuses; None when the story ends here for now."""
        now = self._later(at, self.rng.randint(5, 25)) if at_desk else self._after(at, 110)
        if now > self.until:
            return None
        step = self.hands.waiting()[0].key
        if self.rng.random() < self.manners.refused:
            self.hands.act(
                "refuse",
                step,
                actor=clerk,
                at=now,
                reason="Không thuộc thẩm quyền giải quyết của cơ quan.",
            )
            return None
        if (
            self.matter.channel is not Channel.COUNTER
            and self.rng.random() < self.manners.supplement_at_desk
            and "reception" in self.matter.definition.supplement.asked_in
        ):
            answered = self._supplement(clerk, now)
            if answered is None:
                return None
            now = self._after(answered, 90)
            if now > self.until:
                return None
        self.hands.act("receive", step, actor=clerk, at=now)
        return now

    def _supplement(self, officer: Actor, now: datetime) -> datetime | None:
        self.was_asked = True
        self.hands.act(
            "request_supplement",
            None,
            actor=officer,
            at=now,
            items=["Bản chụp giấy tờ rõ bốn góc"],
            reason="Tệp kèm theo mờ, không đọc được.",
        )
        return self._answer(now)

    def _answer(self, asked_at: datetime) -> datetime | None:
        """The applicant brings what was asked for; None when that has not happened yet."""
        answered = self.since
        for _ in range(TRIES):
            answered = asked_at + timedelta(hours=self.rng.lognormvariate(4.2, 0.7))
            if answered > self.since:
                break
        else:
            answered = self.since + timedelta(hours=self.rng.uniform(2, 60))
        if answered > self.until:
            return None
        clerk = self.staff.at(self.matter.places["receiving"], "one-stop-officer", self.rng)
        channel = self.matter.channel.value
        self.hands.act("supplement", None, actor=clerk, at=answered, channel=channel)
        return answered

    def _work(self, now: datetime, *, is_asked: bool = False) -> None:
        """Step after step, each by somebody of its role at its agency."""
        term = self.matter.definition.term
        whole = term.amount * MINUTES[term.unit]
        share = whole * self.manners.pace / 3
        may_ask = (
            not (is_asked or self.was_asked) and self.rng.random() < self.manners.supplement_later
        )
        may_ask = may_ask and "appraisal" in self.matter.definition.supplement.asked_in
        for _ in range(40):
            waiting, now = self._awaited(now)
            if not waiting:
                return
            step = self._next(waiting)
            actor = self._worker(step)
            if actor is None:
                return
            is_held = step.person is not None
            taken = now if is_held else self._after(now, share * 0.25)
            done = self._after(taken, self._effort(step, share))
            self.hands.fire_timers(actor=TIMER, at=min(done, self.until))
            if step.key not in {item.key for item in self.hands.waiting()}:
                continue
            self._say_sorry(now, taken)
            if taken > self.until:
                return
            if step.act in {"forward", "attach_result"} and not is_held:
                self.hands.act("take", step.key, actor=actor, at=taken)
            self._say_sorry(taken, done)
            if done > self.until:
                return
            if may_ask and step.act == "forward":
                may_ask = False
                answered = self._supplement(actor, done)
                if answered is None:
                    return
                now = answered
                continue
            self._do(step, actor, done)
            now = done

    def _say_sorry(self, since: datetime, before: datetime) -> None:
        """Once the appointed time is over between two acts, the head writes to the applicant, or nobody does."""
        late = None if self.was_late else self.hands.late_by(min(before, self.until))
        if late is None:
            return
        agency, due_at = late
        at = max(since, self._later(due_at, self.rng.randint(20, 300)))
        head = (agency, "agency-leader")
        if at >= min(before, self.until) or head not in self.staff.by_place:
            return
        self.was_late = True
        if self.rng.random() < self.manners.sorry:
            actor = self.staff.at(*head, self.rng)
            day = day_of(at) + timedelta(days=self.rng.randint(3, 20))
            why = self.rng.choice(REASONS)
            self.hands.act("apologise", None, actor=actor, at=at, reason=why, promised_on=day)

    def _awaited(self, now: datetime) -> tuple[list[Waiting], datetime]:
        """What waits for somebody; where all wait for a timer, what waits once it went off, from that instant on."""
        waiting = self.hands.waiting()
        for _ in range(TRIES):
            rings = None if waiting else self.hands.next_timer()
            if rings is None or rings > self.until:
                break
            self.hands.fire_timers(actor=TIMER, at=rings)
            waiting, now = self.hands.waiting(), rings
        return waiting, now

    def _worker(self, step: Waiting) -> Actor | None:
        """Who does a step: whoever holds it, else somebody of its role; None when that is no person of ours."""
        if step.person is None:
            return self.staff.at(step.agency, step.role, self.rng)
        return self.staff.person(step.person)

    def _next(self, waiting: list[Waiting]) -> Waiting:
        """Opinions come when they come; now and then nobody answers and the timer goes off."""
        asked = [step for step in waiting if step.act == "give_opinion"]
        others = [step for step in waiting if step.act != "give_opinion"]
        if asked and (not others or self.rng.random() < 0.5):  # noqa: PLR2004  (heads or tails)
            return asked[0]
        return others[0]

    def _effort(self, step: Waiting, share: float) -> float:
        if step.act == "give_opinion":
            return 30 * DAY if self.rng.random() < self.manners.silent else share
        return {"hand_over": 1.2 * DAY, "attach_result": share * 0.15, "decide": share * 0.5}.get(
            step.act, share
        )

    def _do(self, step: Waiting, actor: Actor, at: datetime) -> None:
        rng, manners = self.rng, self.manners
        if step.act == "forward":
            outcome = "propose_rejection" if rng.random() < manners.rejected else "agree"
            self.hands.act("forward", step.key, actor=actor, at=at, outcome=outcome, note="")
        elif step.act == "give_opinion":
            self.hands.act(
                "give_opinion",
                step.key,
                actor=actor,
                at=at,
                agrees=rng.random() < 0.9,  # noqa: PLR2004
                content="Thống nhất với nội dung đề nghị.",
            )
        elif step.act == "decide":
            self._decide(step, actor, at)
        elif step.act == "record_answer":
            self.hands.act(
                "record_answer", step.key, actor=actor, at=at, outcome="answered", note=""
            )
        elif step.act == "attach_result":
            self.hands.act(
                "attach_result", step.key, actor=actor, at=at, document=self._document(actor, at)
            )
        else:
            way = (
                "counter"
                if self.matter.channel is Channel.COUNTER
                else rng.choice(["online", "counter", "post"])
            )
            self.hands.act("hand_over", step.key, actor=actor, at=at, way=way, receiver="")

    def _decide(self, step: Waiting, actor: Actor, at: datetime) -> None:
        earlier = self.hands.earlier_nodes(step.key)
        if earlier and self.rng.random() < self.manners.sent_back:
            self.hands.act(
                "send_back",
                step.key,
                actor=actor,
                at=at,
                to=earlier[0],
                note="Đề nghị làm rõ thêm căn cứ.",
            )
            return
        approves = self.rng.random() >= self.manners.rejected
        reason = "" if approves else "Không đủ điều kiện theo quy định."
        self.hands.act("decide", step.key, actor=actor, at=at, approves=approves, reason=reason)

    def _document(self, actor: Actor, at: datetime) -> ResultDocument:
        kind = self.matter.definition.results_after(self.hands.approves())[0]
        return ResultDocument(
            code=kind.code,
            title=kind.name,
            document_number=f"{self.rng.randint(1, 900)}/UBND",
            signer=actor.label,
            signed_on=day_of(at),
        )

    def _minutes(self, mean: float) -> int:
        """A delay with a long tail: log-normal around the mean."""
        mu = self.manners.spread**2 / 2
        return max(1, int(mean * self.rng.lognormvariate(-mu, self.manners.spread)))

    def _after(self, at: datetime, mean: float) -> datetime:
        """Some working time later, around the mean, and not before what is known."""
        for _ in range(TRIES):
            found = self._later(at, self._minutes(mean))
            if found > self.since:
                return found
        return self._later(self.since, self._minutes(mean))

    def _later(self, at: datetime, minutes: int) -> datetime:
        return self.calendar.add_working_minutes(at, minutes)
