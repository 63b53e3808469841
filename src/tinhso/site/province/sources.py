"""The five texts in the demo: each order they tell of as a task, each difficulty as an obstacle, on their own days.

Of a text stand its short marked phrases alone (`docs/coverage.yaml`), between quotation marks. Texts of other provinces
are played in the former Kon Tum too; that everything was done is made up, since no text tells what became of it, and
the records say so. What source 000 found and recommended is in `inspecting`, most of 002 in `difficulties`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import instant
from tinhso.kernel.actors import SystemActor
from tinhso.site.sourcemap import coverage
from tinhso.tasks import services
from tinhso.tasks.models import NoticeKind
from tinhso.tasks.services import obstacles
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.services.obstacles import Stuck
from tinhso.tasks.services.ordering import Ordered, Paper, order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tinhso.site.sourcemap.coverage import Mark
    from tinhso.tasks.models import Notice, Task

Named = TypeVar("Named")
ACTOR, GIVER = SystemActor("demo"), SystemActor("demo-giver")
"""Who gives confirms what the other did."""
PROVINCE, HERE = "kon-tum", "Kon Tum"
OFFICE, DIGITAL = "van-phong-ubnd", "so-thong-tin"
MORNING, AFTERNOON = 9 * 60, 15 * 60
LATER = timedelta(days=60)
"""After so long is done what had no day, and an answer found to help."""
MADE_UP = "Thử nghiệm: văn bản nguồn không kể kết quả."
MARCH, JUNE = date(2024, 3, 31), date(2024, 6, 30)


@dataclass(frozen=True)
class Told:
    """What one text tells: its paper; by the entries of the map who leads an order, of what kind is a difficulty."""

    source: str
    kind: NoticeKind
    number: str
    on: date
    leads: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[date, str] = field(default_factory=dict)


TOLD = (
    Told(
        *("000", NoticeKind.PLAN, "1905/KH-BCĐ", date(2024, 6, 2)),
        leads={DIGITAL: "O01 O02 O03 O04 O05 O06 O07 O08 O09"},
    ),
    Told(
        *("001", NoticeKind.OTHER, "nguồn 001", date(2023, 10, 23)),
        leads={DIGITAL: "O20 O22 O23", OFFICE: "O21"},
        kinds={"sharing": "X04 X07", "people": "X14 X15", "software": "X30"},
    ),
    Told(
        *("002", NoticeKind.OTHER, "nguồn 002", date(2023, 11, 12)),
        leads={
            DIGITAL: "O25 O28 O29 O32",
            OFFICE: "O24 O30 O31",
            "so-noi-vu": "O27",
            "so-tai-chinh": "O26",
        },
        kinds={"sharing": "X05", "citizens": "X38", "people": "X37", "other": "X35"},
        due={date(2023, 12, 31): "O29 O31"},
    ),
    Told(
        *("003", NoticeKind.OTHER, "nguồn 003", date(2022, 5, 24)),
        leads={OFFICE: "O33"},
        kinds={
            "citizens": "X01 X26 X29 X38",
            "people": "X15 X22",
            "sharing": "X13 X27 X28",
            "software": "X10",
        },
    ),
    Told(
        *("004", NoticeKind.NOTICE, "65/TB-UBND", date(2024, 3, 6)),
        leads={
            OFFICE: "O34 O35 O36 O38 O43 O44 O45",
            DIGITAL: "O39 O40 O41 O49 O50 O51 O52 O55 O56 O57 O58 O59",
            "so-noi-vu": "O53",
            "so-tu-phap": "O60",
            "so-tai-chinh": "O65 O66 O67",
            "so-tai-nguyen": "O47 O48 O54",
            "so-lao-dong": "O42",
            "so-y-te": "O64",
            "cong-an": "O37 O46 O61 O62 O63 O68 O69 O70",
        },
        kinds={
            "citizens": "X16 X25 X34",
            "infrastructure": "X18 X20",
            "institutions": "X12 X32",
            "money": "X21",
            "other": "X23 X36",
            "people": "X14 X22",
            "sharing": "X05 X06 X07 X08",
            "software": "X11 X30",
        },
        due={
            MARCH: "O34 O35 O36 O37 O38 O47 O48 O60 O68 O69",
            JUNE: "O53 O55 O64 O65 O67",
            date(2024, 12, 31): "O54",
        },
    ),
)


def play_sources(until: datetime) -> None:
    """By the services, each text on its day; what would have been done after `until` is still open."""
    known = coverage.load()
    agencies = dict(Agency.objects.filter(key__startswith=PROVINCE).values_list("key", "pk"))
    for told in TOLD:
        at = instant(told.on, MORNING)
        if at < until:
            marks = known.marks_of(told.source, coverage.Wanted())
            notice = _order(told, marks, agencies, at, until)
            _stick(told, marks, agencies, notice, until)


def _order(
    told: Told, marks: list[Mark], agencies: Mapping[str, int], at: datetime, until: datetime
) -> Notice:
    """Its orders, given and done."""
    text = next(one for one in coverage.load().texts if one.number == told.source)
    title = text.title if text.place == HERE else f"{text.title} ({text.place}; diễn tại {HERE})"
    paper = Paper(told.kind, told.number, told.on, f"{text.place}, nguồn {text.number}", title)
    leads, due = _by_entry(told.leads), _by_entry(told.due)
    ordered = [
        Ordered(
            quoting(mark), agencies[f"{PROVINCE}/{leads[mark.entry.id]}"], due.get(mark.entry.id)
        )
        for mark in marks
        if mark.entry.id in leads
    ]
    notice, tasks = order(paper, ordered, agency=agencies[PROVINCE], actor=GIVER, at=at)
    for task in tasks:
        done = instant(task.deadline_on or told.on + LATER, AFTERNOON)
        if done < until:
            _do(task, done)
    return notice


def _do(task: Task, at: datetime) -> None:
    services.accept(task.uuid, actor=ACTOR, at=at - timedelta(days=3))
    shown = Shown(value="000/BC (thử nghiệm)", note=MADE_UP)
    services.give_evidence(task.uuid, shown, actor=ACTOR, at=at)
    services.propose_completion(task.uuid, words=MADE_UP, actor=ACTOR, at=at)
    services.confirm_completion(task.uuid, actor=GIVER, at=at + timedelta(hours=1))


def _stick(
    told: Told, marks: list[Mark], agencies: Mapping[str, int], notice: Notice, until: datetime
) -> None:
    """Its difficulties: raised that day, answered by the orders of the text, later closed."""
    kinds, office = _by_entry(told.kinds), agencies[f"{PROVINCE}/{OFFICE}"]
    days = (told.on, told.on + timedelta(days=1), told.on + LATER)
    raised, answered, closed = (instant(day, AFTERNOON) for day in days)
    for mark in marks:
        if mark.entry.id not in kinds or raised >= until:
            continue
        stuck = Stuck(kinds[mark.entry.id], quoting(mark))
        key = obstacles.raise_obstacle(stuck, agency=office, actor=ACTOR, at=raised).uuid
        if answered < until:
            words = f"Đã giao nhiệm vụ: {notice}."
            obstacles.answer(key, words=words, actor=ACTOR, at=answered)
        if closed < until:
            obstacles.close(key, words=MADE_UP, actor=ACTOR, at=closed)


def quoting(mark: Mark) -> str:
    """The words of a record that stands for a marked phrase."""
    return f"{mark.entry.vietnamese}: “{mark.quote}”."


def _by_entry(named: Mapping[Named, str]) -> dict[str, Named]:
    """What is named for each entry of the map."""
    return {entry: what for what, entries in named.items() for entry in entries.split()}
