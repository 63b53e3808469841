"""Builds the demo province: units, packs, people, a year of history, sixty live days ending now.

Two processes share the work: what is past (`past.py`) is played beside the living province, and then a part of that
(`sharing.py`). The dossiers that go through the services come first, so that the bulk counts their numbers on.
"""

from __future__ import annotations

import gc
import json
import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max

from tinhso.agencies.models import Level
from tinhso.agencies.queries import holder, name_of
from tinhso.agencies.services import load_units
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.bulk import Ledger
from tinhso.dossiers.models import Channel, ChannelRule, Dossier
from tinhso.dossiers.places import province_on
from tinhso.dossiers.rows import next_keys
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services as pack_services
from tinhso.packs.loading import load
from tinhso.parties.models import Party
from tinhso.payments.services.accounts import AccountFacts, confirm_account, declare_account
from tinhso.site.province import people
from tinhso.site.province.committees import seat_committees
from tinhso.site.province.delivering import deliver
from tinhso.site.province.desks import close_evenings, open_desks
from tinhso.site.province.difficulties import tell
from tinhso.site.province.figures import aim, place_all
from tinhso.site.province.hands import LedgerHands, ServiceHands
from tinhso.site.province.inspecting import inspect
from tinhso.site.province.leash import Past
from tinhso.site.province.matters import REFORM, SEED, Era, Matters, era_of, spread
from tinhso.site.province.reporting import report
from tinhso.site.province.sharing import LIVE_DAYS, play_ours
from tinhso.site.province.sources import play_sources
from tinhso.site.province.steering import steer
from tinhso.site.province.stories import LONG_AGO, Story, arrival
from tinhso.site.province.telling import tell_shown
from tinhso.site.province.today import waiting_today
from tinhso.tasks.services.proving import find_reached

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTOR = SystemActor("demo")
HISTORY = (date(2022, 10, 1), date(2023, 9, 30))
BATCH = 5_000
PLAYED = "demo"
"""The reason under which simulated work stands in the log."""
DEPARTMENT_FIELD = "water-resources"
"""The department whose officers the demo shows is the one competent in this field."""
DEPARTMENT_POSTS = (
    ("specialist", "Công chức xử lý", "Hải"),
    ("unit-head", "Trưởng phòng", "Sơn"),
    ("agency-leader", "Lãnh đạo", "Bình"),
)
FIRST_BY_SERVICES = 90_000
"""Numbers of the people whose dossiers go through the services."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Sizes:
    """How many dossiers: history, live days in all, and how many of these by the services.

    Of history about a fiftieth is still open when its year ends, and left out: together they make 50,000.
    """

    history: int = 30_600
    live: int = 20_000
    by_services: int = 500


@dataclass
class Builder:
    """One building of the demo; `progress(what, done, whole)` is told as it goes."""

    until: datetime
    sizes: Sizes
    progress: Progress
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311  (no secret)
    staff: people.Staff = field(default_factory=people.Staff)
    first_party: int = 0
    catalogue: Path | None = None

    @cached_property
    def era(self) -> Era:
        """Where dossiers of the demo's day go; from when the units are loaded."""
        return era_of(settings.PROVINCE_KEY, day_of(self.until))

    def build(self) -> None:
        """Everything, from an empty house."""
        with without_collecting():
            self._build()

    def _build(self) -> None:
        self.progress("Đơn vị hành chính", 0, 1)
        load_units(on=day_of(self.until), actor=ACTOR, at=self.until)
        self.progress("Gói nghiệp vụ", 0, 1)
        pack_services.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=self.until)
        self.progress("Tài khoản", 0, 1)
        self._channels()
        self._account()
        self._people()
        past = self._begin_past()
        self._live(past)
        self.progress("Việc đang chờ hôm nay", 0, 1)
        waiting_today(self.staff, self.era, self.until)
        open_desks(self.era, self.until)
        close_evenings(self.staff, self.era, self.until)
        seat_committees(settings.PROVINCE_KEY, at=self.until)
        steer(self.staff, self.era, self.until, self.rng)
        aim(self.until, actor=ACTOR)
        report(self.staff, self.era, self.until, self.rng)
        self.progress("Việc đang chờ hôm nay", 1, 1)
        place_all()
        if past is not None:
            past.wait()

    def inspect(self) -> None:
        """What agencies delivered; the five texts, obstacles and inspections, once the figures they show are there."""
        play_sources(self.until)
        tell(self.staff, self.era, self.until, self.rng)
        inspect(self.staff, self.era, self.until, self.rng)
        deliver(self.era, self.until, self.rng)
        find_reached(actor=ACTOR, at=self.until)
        tell_shown(self.until)

    def _begin_past(self) -> Past | None:
        """The past is of other units and other days: it is played beside the living province."""
        if not (self.sizes.history or self.catalogue):
            return None
        sizes = self.sizes
        known = ["--history", str(sizes.history), "--until", self.until.isoformat()]
        known += ["--live", str(sizes.live), "--by-services", str(sizes.by_services)]
        known += ["--catalogue", str(self.catalogue)] if self.catalogue else []
        return Past(known)

    def _channels(self) -> None:
        """Own portal until 30 June 2025, the national portal since; counter, post, helper, partners always."""
        for channel in Channel:
            begins = REFORM if channel is Channel.NATIONAL else date(2020, 1, 1)
            ends = REFORM if channel is Channel.PORTAL else None
            ChannelRule.objects.create(
                channel=channel.value, period=(begins, ends), legal_basis="Nghị định 118/2025/NĐ-CP"
            )

    def _account(self) -> None:
        """The account that codes carry since a month ago: of a bank and with a number that cannot be; two declared it.

        What the demo plays as today's may have been before a row of holidays.
        """
        at = self.until - timedelta(days=30)
        opened = day_of(at)
        facts = AccountFacts(
            "000000", "Ngân hàng Thử nghiệm", "0000000000", "TAI KHOAN THU NGHIEM", opened
        )
        province = province_on(day_of(self.until)).pk
        declared = declare_account(province, facts, actor=ACTOR, at=at)
        confirm_account(declared.uuid, actor=SystemActor("second"), at=at)

    def _people(self) -> None:
        day = day_of(self.until)
        era = self.era
        since = day - timedelta(days=LIVE_DAYS + 400)
        commune = era.communes[len(era.communes) // 2]
        desk = era.desks[commune]
        department = holder(DEPARTMENT_FIELD, Level.PROVINCE, day, within=era.province)
        shown: dict[str, Any] = {"since": since, "actor": ACTOR, "at": self.until}
        posts = [
            ("one-stop-officer", "Cán bộ một cửa", "Minh", desk, commune),
            ("specialist", "Công chức xử lý", "Hùng", commune, commune),
            ("unit-head", "Trưởng bộ phận", "Tú", commune, commune),
            ("agency-leader", "Lãnh đạo UBND", "Hoa", commune, commune),
        ]
        if department is not None:
            posts += [
                (role, label, name, department.pk, department.pk)
                for role, label, name in DEPARTMENT_POSTS
            ]
        for role, label, name, place, named in posts:
            deep = role in {"unit-head", "agency-leader"}
            here = name_of(named, day).removeprefix("UBND ").partition(" tỉnh ")[0]
            people.sign_in_for(self.staff, role, f"{label} {here}", name, place, deep=deep, **shown)
        people.sign_in_for(
            self.staff,
            "agency-leader",
            "Lãnh đạo UBND tỉnh",
            "Hà",
            era.province,
            deep=True,
            **shown,
        )
        people.sign_in_for(self.staff, "administrator", "Quản trị", "Vân", None, deep=True, **shown)
        people.sign_in_for(
            self.staff, "operator", "Người vận hành hệ thống", "Hải", None, deep=True, **shown
        )
        people.sign_in_for(
            self.staff, "auditor", "Người kiểm tra nhật ký", "Nam", None, deep=True, **shown
        )
        own = people.citizen_sign_in(self.staff, at=self.until)
        self.first_party = own.pk + 1

    def _live(self, past: Past | None) -> None:
        today = day_of(self.until)
        era = self.era
        self._by_services(era, today)
        if past is not None:
            past.let_go_on()
        play_ours(self, is_shared=past is not None)

    def _matters(
        self, era: Era, count: int, first: int, share: frozenset[int] | None = None
    ) -> Matters:
        on = day_of(self.until)
        parties = people.populate(count, at=self.until, on=on, rng=self.rng, first=first)
        matters = Matters(self.staff, self.rng, era, parties, share=share)
        matters.employ(actor=ACTOR, at=self.until)
        return matters

    def play(
        self,
        what: str,
        era: Era,
        arrivals: list[date],
        until: datetime,
        *,
        first_party: int,
        keep_open: bool = True,
        numbers: dict[tuple[int, date], int] | None = None,
        share: frozenset[int] | None = None,
    ) -> None:
        """Play arrivals in bulk, counting on from `numbers`; with `share` only of these units.

        Without `keep_open` only what was finished by the end of the play is written.
        """
        matters = self._matters(era, len(arrivals) // 3 + 1, first_party, share)
        numbers = Ledger().numbers if numbers is None else numbers
        for begin in range(0, len(arrivals), BATCH):
            self.progress(what, begin, len(arrivals))
            ledger = Ledger(numbers=numbers)
            play_arrivals(ledger, matters, arrivals[begin : begin + BATCH], until=until)
            if not keep_open:
                ledger.drop_open()
            ledger.publish(PLAYED, actor=ACTOR, at=self.until)
        self.progress(what, len(arrivals), len(arrivals))

    def _by_services(self, era: Era, today: date) -> None:
        """Some of the last days through the very services of the pages."""
        calendar = working_calendar()
        what, whole = (
            "Hồ sơ mười ngày gần đây, từng việc như cán bộ làm trên trang",
            self.sizes.by_services,
        )
        days = spread(today - timedelta(days=9), 10, whole, self.rng)
        matters = self._matters(era, whole // 2 + 1, FIRST_BY_SERVICES)
        for number, day in enumerate(days):
            if number % 25 == 0:
                self.progress(what, number, whole)
            matter = matters.draw()
            at = arrival(day, matter.channel, self.rng)
            if at < self.until:
                story = Story(ServiceHands(), matter, self.staff, calendar, self.rng, self.until)
                story.play(at)
        self.progress(what, whole, whole)


def play_arrivals(
    ledger: Ledger,
    matters: Matters,
    days: list[date],
    *,
    until: datetime,
    since: datetime = LONG_AGO,
) -> None:
    """Into the ledger what is handed in on these days between two instants, as far as it has come."""
    calendar, rng = working_calendar(), matters.rng
    hands = LedgerHands(ledger, calendar, matters.era.series, iter(next_keys(Dossier, len(days))))
    for day in days:
        matter = matters.draw()
        at = arrival(day, matter.channel, rng)
        if since < at < until:
            Story(hands, matter, matters.staff, calendar, rng, until).play(at)


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for cycles of references meanwhile: the rows of a ledger hold none, and there are millions."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def write_note(builder: Builder, home: Path) -> None:
    """Leave the sign-ins where the launcher finds them, and what a later start must know to go on."""
    note = {
        "address_path": "/",
        "sign_ins": [vars(sign_in) for sign_in in builder.staff.sign_ins],
        "last_event": Event.objects.aggregate(last=Max("pk"))["last"],
        "parties": [builder.first_party, Party.objects.aggregate(last=Max("pk"))["last"]],
    }
    path = home / "demo.json"
    path.write_text(json.dumps(note, ensure_ascii=False, indent=1))
    path.chmod(0o600)
