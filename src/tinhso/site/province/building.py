"""Builds the demo province: units, packs, people, a year of history, sixty live days ending now."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Level
from tinhso.agencies.queries import holder
from tinhso.agencies.services import load_units
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import definitions
from tinhso.dossiers.bulk import Ledger
from tinhso.dossiers.models import Channel, ChannelRule, Dossier, ProcedureVersion
from tinhso.dossiers.places import desk_of
from tinhso.dossiers.rows import next_keys
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services as pack_services
from tinhso.packs.loading import load
from tinhso.site.province import people
from tinhso.site.province.hands import LedgerHands, Matter, ServiceHands
from tinhso.site.province.stories import Manners, Story, arrival

if TYPE_CHECKING:
    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.definitions import Definition
    from tinhso.parties.models import Party

ACTOR = SystemActor("demo")
KON_TUM, QUANG_NGAI = "kon-tum", "quang-ngai"
HISTORY = (date(2022, 10, 1), date(2023, 9, 30))
LIVE_DAYS = 60
REFORM = date(2025, 7, 1)
SEED = 20260701
BATCH = 5_000
Progress = Callable[[str, int, int], None]

SAMPLES: dict[str, dict[str, Any]] = {
    "1.004873": {
        "nguoi_duoc_cap": "", "ngay_sinh": "2000-05-01", "noi_cu_tru": "Thôn Một", "muc_dich": "mua_ban",
        "tung_ket_hon": False, "hinh_thuc_nhan": "counter",
    },
    "1.004232": {
        "vi_tri": "Thôn Một", "muc_dich": ["sinh_hoat"], "luu_luong": 120,
        "gieng": [{"so_hieu": "G1", "chieu_sau": 60}],
        "don_vi_khoan": "Đội khoan số Một", "bat_dau": "2027-01-04", "ket_thuc": "2027-02-01",
    },
    "1.013236": {
        "ten_cong_trinh": "Nhà làm việc", "dia_diem": "Thửa 12, tờ bản đồ 3", "cap_cong_trinh": "II",
        "loai_cong_trinh": "khong_theo_tuyen", "dien_tich": 420, "so_tang": 4, "chieu_cao": 16,
        "don_vi_thiet_ke": "Công ty thiết kế Một", "thuoc_dien_pccc": True, "khoi_cong": "2027-03-01",
    },
}  # fmt: skip
"""Answers to each procedure's own questions; the applicant's come from the party."""


@dataclass(frozen=True)
class Sizes:
    """How many dossiers: history, live days in all, and how many of these by the services."""

    history: int = 30_000
    live: int = 20_000
    by_services: int = 500


@dataclass
class Era:
    """Where dossiers of some days go: the communes, their desks, and the departments of one province."""

    province: int
    day: date
    communes: list[int] = field(default_factory=list)
    desks: dict[int, int] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)


@dataclass
class Builder:
    """One building of the demo; `progress(what, done, whole)` is told as it goes."""

    until: datetime
    sizes: Sizes
    progress: Progress
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311  (no secret)
    staff: people.Staff = field(default_factory=people.Staff)

    def build(self) -> people.Staff:
        """Everything, from an empty house."""
        self.progress("Đơn vị hành chính, gói nghiệp vụ", 0, 1)
        load_units(on=day_of(self.until), actor=ACTOR, at=self.until)
        pack_services.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=self.until)
        self._channels()
        self._people()
        past = self._begin_history() if day_of(self.until) > HISTORY[1] else None
        self._live()
        if past is not None and past.wait():
            raise RuntimeError("the history of Kon Tum could not be played")
        return self.staff

    def _begin_history(self) -> subprocess.Popen[bytes]:
        """The year of history is another province's and other days': it is played beside the living one."""
        command = [sys.executable, "-m", "tinhso.site", "build_demo", "--part", "history"]
        sizes = ["--history", str(self.sizes.history), "--until", self.until.isoformat()]
        return subprocess.Popen([*command, *sizes], stdin=subprocess.DEVNULL)

    def _channels(self) -> None:
        """Own portal until 30 June 2025, the national portal since; counter, post, helper, partners always."""
        for channel in Channel:
            begins = REFORM if channel is Channel.NATIONAL else date(2020, 1, 1)
            ends = REFORM if channel is Channel.PORTAL else None
            ChannelRule.objects.create(
                channel=channel.value, period=(begins, ends), legal_basis="Nghị định 118/2025/NĐ-CP"
            )

    def _people(self) -> None:
        day = day_of(self.until)
        era = self._era(settings.PROVINCE_KEY, day)
        since = day - timedelta(days=LIVE_DAYS + 400)
        commune = era.communes[len(era.communes) // 2]
        desk = era.desks[commune]
        shown: dict[str, Any] = {"since": since, "actor": ACTOR, "at": self.until}
        people.sign_in_for(
            self.staff, "one-stop-officer", "Cán bộ một cửa", "Minh", desk, deep=False, **shown
        )
        people.sign_in_for(
            self.staff, "specialist", "Công chức xử lý", "Hùng", commune, deep=False, **shown
        )
        people.sign_in_for(
            self.staff, "unit-head", "Trưởng bộ phận", "Tú", commune, deep=True, **shown
        )
        people.sign_in_for(
            self.staff, "agency-leader", "Lãnh đạo UBND xã", "Hoa", commune, deep=True, **shown
        )
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
        people.citizen_sign_in(self.staff, at=self.until)

    def _era(self, key: str, day: date) -> Era:
        province = Agency.objects.get(key=key).pk
        era = Era(province, day)
        below = AgencyPeriod.objects.on(day).select_related("agency")
        units = {row.agency_id: row for row in below}
        for row in units.values():
            if row.agency.kind == AgencyKind.COMMUNE and _top(units, row.agency_id) == province:
                era.communes.append(row.agency_id)
        for unit in (province, *era.communes):
            era.desks[unit] = desk_of(unit, day) or unit
        for agency in {*era.desks.values(), *era.communes}:
            row = units[agency]
            parent = units.get(row.parent_id or 0)
            era.codes[agency] = row.agency_code or (parent.agency_code if parent else "")
        era.communes.sort()
        return era

    def history(self) -> None:
        """Kon Tum from October 2022 to September 2023, under its own units and people."""
        self.rng.seed(HISTORY[0].year)  # not the people of the living province once more
        era = self._era(KON_TUM, HISTORY[0])
        days = (HISTORY[1] - HISTORY[0]).days
        arrivals = _spread(HISTORY[0], days, self.sizes.history, self.rng)
        ends = datetime.combine(
            HISTORY[1] + timedelta(days=400), datetime.min.time(), tzinfo=self.until.tzinfo
        )
        self._play(
            "Lịch sử Kon Tum 10/2022–9/2023", era, arrivals, ends, first_party=1, national=False
        )

    def _live(self) -> None:
        today = day_of(self.until)
        era = self._era(settings.PROVINCE_KEY, today)
        first = today - timedelta(days=LIVE_DAYS)
        national = today >= REFORM
        arrivals = _spread(first, LIVE_DAYS + 1, self.sizes.live - self.sizes.by_services, self.rng)
        self._play(
            "60 ngày gần đây, Quảng Ngãi",
            era,
            arrivals,
            self.until,
            first_party=50_000,
            national=national,
        )
        self._by_services(era, today, national=national)

    def _play(
        self,
        what: str,
        era: Era,
        arrivals: list[date],
        until: datetime,
        *,
        first_party: int,
        national: bool,
    ) -> None:
        calendar = working_calendar()
        matters = Matters(
            self,
            era,
            calendar,
            national=national,
            first_party=first_party,
            count=len(arrivals) // 3 + 1,
        )
        numbers = Ledger().numbers
        for begin in range(0, len(arrivals), BATCH):
            self.progress(what, begin, len(arrivals))
            days = arrivals[begin : begin + BATCH]
            ledger = Ledger(numbers=numbers)
            hands = LedgerHands(ledger, calendar, era.codes, iter(next_keys(Dossier, len(days))))
            for day in days:
                matter = matters.draw()
                at = arrival(day, matter.channel, self.rng)
                if at < until:
                    Story(hands, matter, self.staff, calendar, self.rng, until, Manners()).play(at)
            ledger.publish("demo", actor=ACTOR, at=self.until)
        self.progress(what, len(arrivals), len(arrivals))

    def _by_services(self, era: Era, today: date, *, national: bool) -> None:
        """The last ones through the very services of the pages."""
        calendar = working_calendar()
        whole = self.sizes.by_services
        matters = Matters(
            self, era, calendar, national=national, first_party=90_000, count=whole // 2 + 1
        )
        for number, day in enumerate(
            sorted(_spread(today - timedelta(days=9), 10, whole, self.rng))
        ):
            if number % 25 == 0:
                self.progress("Qua đúng dịch vụ của các trang", number, whole)
            matter = matters.draw()
            at = arrival(day, matter.channel, self.rng)
            if at < self.until:
                Story(
                    ServiceHands(), matter, self.staff, calendar, self.rng, self.until, Manners()
                ).play(at)
        self.progress("Qua đúng dịch vụ của các trang", whole, whole)


@dataclass
class Matters:
    """Draws what the next dossier is about."""

    builder: Builder
    era: Era
    calendar: WorkingCalendar
    national: bool
    first_party: int
    count: int

    def __post_init__(self) -> None:
        rng = self.builder.rng
        self.parties: list[Party] = people.populate(
            self.count,
            at=self.builder.until,
            on=day_of(self.builder.until),
            rng=rng,
            first=self.first_party,
        )
        versions = ProcedureVersion.objects.select_related("procedure").in_force(self.era.day)
        self.kinds: list[tuple[Definition, int]] = [
            (definitions.of_version(version.pk), version.pk) for version in versions
        ]
        middle = len(self.era.communes) // 2
        self.loads = [rng.lognormvariate(0, 0.6) for _ in self.era.communes]
        self.loads[middle] = max(self.loads) * 2  # where the accounts of the demo work
        self.weights = [30 if kind.level == "commune" else 1 for kind, _ in self.kinds]
        self._employ()

    def draw(self) -> Matter:
        """A procedure, a party, a channel and the places."""
        rng = self.builder.rng
        definition, procedure = rng.choices(self.kinds, self.weights)[0]
        online = Channel.NATIONAL if self.national else Channel.PORTAL
        channel = rng.choices([online, Channel.COUNTER], [62, 38] if self.national else [45, 55])[0]
        unit = self.era.province
        if definition.level == "commune":
            unit = rng.choices(self.era.communes, self.loads)[0]
        party = rng.choice(self.parties)
        values = {**SAMPLES[definition.code]}
        if "nguoi_duoc_cap" in values:
            values["nguoi_duoc_cap"] = party.name
        return Matter(definition, procedure, party, channel, self._places(definition, unit), values)

    def _places(self, definition: Definition, unit: int) -> dict[str, int]:
        desk = self.era.desks[unit]
        competent = unit if definition.level == "commune" else self._holder(definition.field)
        places = {"receiving": desk, "returning": desk, "competent": competent}
        for lane in definition.lanes.values():
            if lane.place.startswith("field:"):
                places[lane.place] = self._holder(lane.place.removeprefix("field:"))
        return places

    def _holder(self, code: str) -> int:
        found = holder(code, Level.PROVINCE, self.era.day, within=self.era.province)
        if found is None:
            raise LookupError(f"nobody holds {code} on {self.era.day}")
        return found.pk

    def _employ(self) -> None:
        """Somebody for every role at every place that a dossier may come to."""
        wanted: list[tuple[int, str]] = []
        for definition, _ in self.kinds:
            units = self.era.communes if definition.level == "commune" else [self.era.province]
            for unit in units:
                places = self._places(definition, unit)
                wanted.append((places["receiving"], "one-stop-officer"))
                wanted += [(places[lane.place], lane.role) for lane in definition.lanes.values()]
        until = None if self.national else self.era.day + timedelta(days=900)
        people.employ(
            self.builder.staff,
            wanted,
            since=self.era.day - timedelta(days=500),
            until=until,
            actor=ACTOR,
            at=self.builder.until,
            rng=self.builder.rng,
        )


def _top(units: dict[int, AgencyPeriod], agency: int) -> int:
    """The province that a unit lies in."""
    while agency in units and units[agency].parent_id is not None:
        agency = units[agency].parent_id or 0
    return agency


def _spread(first: date, days: int, count: int, rng: random.Random) -> list[date]:
    """Days of arrival: few at week-ends, as the portals show."""
    weights = [1.0 if (first + timedelta(days=day)).weekday() < 5 else 0.12 for day in range(days)]  # noqa: PLR2004
    chosen = rng.choices(range(days), weights, k=count)
    return sorted(first + timedelta(days=day) for day in chosen)


def write_note(staff: people.Staff, home: Path) -> None:
    """Leave the sign-ins where the launcher finds them."""
    note = {"address_path": "/", "sign_ins": [vars(sign_in) for sign_in in staff.sign_ins]}
    path = home / "demo.json"
    path.write_text(json.dumps(note, ensure_ascii=False, indent=1))
    path.chmod(0o600)
