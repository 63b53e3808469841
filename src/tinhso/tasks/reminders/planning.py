"""Who is reminded of what on a day: rules against open tasks and obstacles, by each person's own calendar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q

from tinhso.accounts.models import User
from tinhso.accounts.queries import agencies_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.tasks.models import Act, Evidence, Obstacle, Part, State, Task, TaskAct
from tinhso.tasks.models.tasks import UNFINISHED
from tinhso.tasks.reminders.rules import About, Section, Told, working_days_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.reminders.people import People
    from tinhso.tasks.reminders.rules import Rule

AT_ONCE = 1_000


@dataclass(frozen=True)
class Candidate:
    """A person, a task or obstacle, and a rule that may speak; `due` is the day that the rule counts from."""

    person: int
    subject: UUID
    rule: Rule
    due: date


@dataclass(frozen=True)
class Matter:
    """One line of somebody's mail: the task or obstacle, under which heading, by how many working days."""

    section: Section
    subject: str
    due: date
    days: int

    def as_json(self) -> dict[str, Any]:
        """The line as a digest keeps it."""
        return {**self.__dict__, "section": self.section.value, "due": self.due.isoformat()}


def matters_of(
    candidates: Collection[Candidate], calendar: WorkingCalendar, today: date
) -> list[Matter]:
    """The lines of one person's mail: each thing once, under the first heading that fits; the most late first. Pure."""
    order = list(Section)
    found: dict[str, Matter] = {}
    for each in candidates:
        days = working_days_from(calendar, each.due, today)
        if not each.rule.speaks(days):
            continue
        made = Matter(each.rule.section(days), str(each.subject), each.due, days)
        known = found.get(made.subject)
        if known is None or order.index(made.section) < order.index(known.section):
            found[made.subject] = made
    return sorted(
        found.values(), key=lambda one: (order.index(one.section), -one.days, one.subject)
    )


def candidates(
    rules: Mapping[str, Rule], people: People, *, at: datetime
) -> dict[int, list[Candidate]]:
    """By person, every task and obstacle of which a rule may speak that day."""
    found: dict[int, list[Candidate]] = defaultdict(list)
    of_obstacles = [rule for rule in rules.values() if rule.about is About.OBSTACLE]
    spoken_of = (_candidates(rules, people, at=at), _of_obstacles(of_obstacles, people, at=at))
    for each in chain(*spoken_of):
        found[each.person].append(each)
    return found


def _candidates(rules: Mapping[str, Rule], people: People, *, at: datetime) -> Iterator[Candidate]:
    by_day = [rule for rule in rules.values() if rule.about is About.DEADLINE]
    waiting = [rule for rule in rules.values() if rule.about is About.CONFIRMATION]
    near = day_of(at) + ahead(by_day)
    for tasks in _in_lots(Task.objects.filter(state__in=UNFINISHED, deadline_on__lte=near)):
        workers = _workers(tasks)
        for task in tasks:
            if task.deadline_on is not None:
                yield from _told(task, by_day, people, task.deadline_on, workers.get(task.pk, ()))
    if any(Told.COORDINATOR in rule.to for rule in by_day):
        yield from _of_parts(by_day, people, near)
    if waiting:
        asked = Max("acts__at", filter=Q(acts__kind=Act.PROPOSED))
        for tasks in _in_lots(Task.objects.filter(state=State.PROPOSED).annotate(asked=asked)):
            for task in tasks:
                yield from _told(task, waiting, people, day_of(task.asked), ())  # type: ignore[attr-defined]


def _told(
    task: Task, rules: Collection[Rule], people: People, due: date, workers: Collection[int]
) -> Iterator[Candidate]:
    for rule in rules:
        who = frozenset[int]().union(
            *(people.of(each, task, workers) for each in rule.to if each is not Told.COORDINATOR)
        )
        for person in who:
            yield Candidate(person, task.uuid, rule, due)


def _of_obstacles(rules: Collection[Rule], people: People, *, at: datetime) -> Iterator[Candidate]:
    """Who is to answer, and the one above, by the day to answer by; those joined to one are answered with it."""
    near = Obstacle.objects.unanswered().filter(due_on__lte=day_of(at) + ahead(rules))
    for obstacle in near.order_by("pk").iterator(AT_ONCE) if rules else ():
        for rule in rules:
            told = (people.of_obstacle(each, obstacle) for each in rule.to)
            for person in frozenset[int]().union(*told):
                yield Candidate(person, obstacle.uuid, rule, obstacle.due_on)


def _of_parts(rules: Collection[Rule], people: People, near: date) -> Iterator[Candidate]:
    """Coordinators, by the day of their own part; a part without one has the day of the task."""
    parts = Part.objects.filter(task__state__in=UNFINISHED).select_related("task")
    own = Q(deadline_on__lte=near) | Q(deadline_on=None, task__deadline_on__lte=near)
    for part in parts.filter(own).order_by("pk").iterator(AT_ONCE):
        due = part.deadline_on or part.task.deadline_on
        for rule in rules:
            if due is not None and Told.COORDINATOR in rule.to:
                for person in people.at_work(part.agency_id):
                    yield Candidate(person, part.task.uuid, rule, due)


def ahead(rules: Collection[Rule]) -> timedelta:
    """How far ahead deadlines are looked for: twice the working days, and the longest holiday. Pure."""
    return timedelta(days=max((-rule.first for rule in rules), default=0) * 2 + 21)


def _in_lots(tasks: TaskQuerySet) -> Iterator[list[Task]]:
    lot: list[Task] = []
    for task in tasks.select_related("follower").order_by("pk").iterator(AT_ONCE):
        lot.append(task)
        if len(lot) == AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def _workers(tasks: Collection[Task]) -> dict[int, set[int]]:
    """Who was named to do each of the tasks, and who did something to it."""
    keys = [task.pk for task in tasks]
    done = set(TaskAct.objects.filter(task__in=keys).values_list("task", "actor"))
    done |= set(Evidence.objects.filter(task__in=keys).values_list("task", "actor"))
    uuids = {actor.removeprefix("user:") for _, actor in done if actor.startswith("user:")}
    known = dict(User.objects.filter(uuid__in=uuids).values_list("uuid", "pk"))
    users = {f"user:{uuid}": pk for uuid, pk in known.items()}
    found: dict[int, set[int]] = defaultdict(set)
    for named in tasks:
        if named.worker_id is not None:
            found[named.pk].add(named.worker_id)
    for task, actor in done:
        if actor in users:
            found[task].add(users[actor])
    return found


def calendars_of(users: Collection[User], on: date) -> dict[int, WorkingCalendar]:
    """The calendar of each person's agency; of whoever serves the whole province, its own."""
    homes = agencies_of([f"user:{user.uuid}" for user in users], on)
    return {user.pk: working_calendar(homes.get(f"user:{user.uuid}")) for user in users}
