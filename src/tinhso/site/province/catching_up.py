"""A later start of the demo: the province has gone on meanwhile, by the same plans, written in bulk.

What people did by hand stands: their dossiers, and those that they have touched, are left to them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Max, Q

from tinhso.accounts.models import User
from tinhso.calendars.clock import OFFICIAL_ZONE, day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import continuing, events
from tinhso.dossiers.bulk import Ledger
from tinhso.dossiers.models import (
    Channel,
    Dossier,
    State,
    Step,
    Submission,
    SupplementRequest,
)
from tinhso.events.events import BULK_WRITTEN
from tinhso.events.models import Event
from tinhso.parties.models import Party
from tinhso.site.province import people
from tinhso.site.province.building import (
    ACTOR,
    BATCH,
    HISTORY,
    PLAYED,
    Progress,
    play_arrivals,
    without_collecting,
)
from tinhso.site.province.hands import LedgerHands, Matter
from tinhso.site.province.matters import Matters, era_of, load, spread
from tinhso.site.province.sharing import LIVE_DAYS, numbers_given
from tinhso.site.province.stories import VISITOR, Standing, Story
from tinhso.site.province.telling import tell_all, tell_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.definitions import Definition

AT_LEAST = timedelta(hours=1)
PEOPLE_DRAWN = 2_000


@dataclass(frozen=True)
class Mark:
    """What the building left to know: the last event of it, the first and last of its living people."""

    last_event: int
    parties: tuple[int, int]

    def dossiers(self) -> QuerySet[Dossier]:
        """What simulated people have handed in."""
        first, last = self.parties
        return Dossier.objects.filter(batch=None, applicant__gte=first, applicant__lte=last)


def played_until() -> datetime | None:
    """Up to when the province was played."""
    played = Event.objects.filter(kind=BULK_WRITTEN.code, payload__reason=PLAYED)
    found: datetime | None = played.aggregate(last=Max("at"))["last"]
    return found


def untouched(mark: Mark) -> QuerySet[Dossier]:
    """Open dossiers of simulated people on which nobody has acted by hand since the building."""
    living = mark.dossiers().filter(state__in=[state.value for state in State if state.is_open])
    first = datetime.combine(HISTORY[1] + timedelta(days=1), time(0), tzinfo=OFFICIAL_ZONE)
    since = Event.objects.filter(pk__gt=mark.last_event, kind__startswith="dossiers.")
    simulated = Q(kind=events.SUBMITTED.code, actor=VISITOR.key) | Q(actor__startswith="system:")
    by_hand = since.exclude(simulated).exclude(actor__in=_simulated_officers())
    return living.filter(submitted_at__gte=first).exclude(uuid__in=by_hand.values("subject"))


def _simulated_officers() -> list[str]:
    unusable = User.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return [f"user:{uuid}" for uuid in unusable.values_list("uuid", flat=True)]


@dataclass
class CatchingUp:
    """One catching up to `until`; `progress(what, done, whole)` is told as it goes."""

    mark: Mark
    until: datetime
    progress: Progress
    rng: random.Random = field(init=False)
    matters: Matters = field(init=False)

    def catch_up(self) -> int:
        """Play on from where the province stood; how many dossiers moved or came. Less than an hour is left alone."""
        since = played_until()
        if since is None or self.until - since < AT_LEAST:
            return 0
        self.rng = random.Random(self.until.isoformat())  # noqa: S311  (no secret)
        tell_all()
        with without_collecting(), transaction.atomic():
            self._gather()
            moved = self._go_on(since) + self._arrive(since)
        tell_shown(self.until)
        return moved

    def _gather(self) -> None:
        era = era_of(settings.PROVINCE_KEY, day_of(self.until))
        first, last = self.mark.parties
        keys = self.rng.sample(range(first, last + 1), min(PEOPLE_DRAWN, last + 1 - first))
        parties = list(Party.objects.filter(pk__in=keys))
        self.matters = Matters(people.at_work(self.until), self.rng, era, parties)
        self.matters.employ(actor=ACTOR, at=self.until)

    def _ledger(self, since: datetime) -> Ledger:
        """A ledger whose numbers follow those that were given."""
        return Ledger(numbers=numbers_given(day_of(since)))

    def _go_on(self, since: datetime) -> int:
        what = "Hồ sơ đang giải quyết đi tiếp"
        calendar = working_calendar()
        taken = continuing.take_up(untouched(self.mark), calendar, self._places)
        ledger = self._ledger(since)
        ledger.continued = taken
        parties = Party.objects.in_bulk({one.case.dossier["applicant_id"] for one in taken})
        self.progress(what, 0, len(taken))
        for one in taken:
            party = parties[one.case.dossier["applicant_id"]]
            hands = LedgerHands(ledger, calendar, self.matters.era.series, iter(()), one.case)
            self._continue(one.case, hands, party, since)
        if ledger.events:
            ledger.publish(PLAYED, actor=ACTOR, at=self.until)
        self.progress(what, len(taken), len(taken))
        return len(taken)

    def _continue(self, case: Case, hands: LedgerHands, party: Party, since: datetime) -> None:
        """One dossier's story from where it stood; where nobody of ours works, it is left to who does."""
        desk = (case.dossier["receiving_agency_id"], "one-stop-officer")
        lanes = case.definition.lanes.values()
        places = {desk, *((case.places[lane.place], lane.role) for lane in lanes)}
        places |= {(step["agency_id"], step["role"]) for step in case.open_steps()}
        if not places <= self.matters.staff.by_place.keys():
            return
        latest = max(case.rows(Submission).values(), key=lambda row: row["at"])
        hands.answers = latest["answers"]
        matter = Matter(
            case.definition,
            case.dossier["procedure_id"],
            party,
            Channel(case.dossier["channel"]),
            case.places,
            latest["answers"],
        )
        staff, calendar, rng = self.matters.staff, hands.calendar, self.rng
        story = Story(hands, matter, staff, calendar, rng, self.until, since=since)
        story.go_on(_standing(case))

    def _places(self, dossier: Dossier, definition: Definition) -> Mapping[str, int]:
        return {
            "competent": dossier.competent_agency_id,
            "receiving": dossier.receiving_agency_id,
            "returning": dossier.returning_agency_id,
        } | self.matters.fields(definition)

    def _arrive(self, since: datetime) -> int:
        """What was handed in meanwhile, at the pace of the living days; of a longer absence only the last days."""
        what = "Hồ sơ mới nộp"
        today = day_of(self.until)
        first = max(day_of(since), today - timedelta(days=LIVE_DAYS))
        length = (today - first).days + 1
        days = spread(first, length, round(self._pace(since) * load(first, length)), self.rng)
        for begin in range(0, len(days), BATCH):
            self.progress(what, begin, len(days))
            ledger = self._ledger(since)
            play_arrivals(
                ledger, self.matters, days[begin : begin + BATCH], until=self.until, since=since
            )
            ledger.publish(PLAYED, actor=ACTOR, at=self.until)
        self.progress(what, len(days), len(days))
        return len(days)

    def _pace(self, since: datetime) -> float:
        """Dossiers handed in on an ordinary working day of the last living days."""
        begins = since - timedelta(days=LIVE_DAYS)
        known = self.mark.dossiers().filter(submitted_at__range=(begins, since)).count()
        return known / load(day_of(begins), LIVE_DAYS)


def _standing(case: Case) -> Standing:
    steps = case.rows(Step).values()
    moments = [at for step in steps for at in (step["opened_at"], step["closed_at"]) if at]
    asked = [row["at"] for row in case.rows(SupplementRequest).values()]
    waits = case.state is State.AWAITING_SUPPLEMENT and bool(asked)
    return Standing(
        is_received=case.dossier["received_at"] is not None,
        was_asked=bool(asked),
        asked_at=max(asked) if waits else None,
        last_at=max(moments),
    )
