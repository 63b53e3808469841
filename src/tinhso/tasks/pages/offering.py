"""What the form of an act offers: the choices and the first value of its fields. Nothing, where there is no choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tinhso.accounts.queries import with_duties
from tinhso.agencies.queries import directory, names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.requests import ActedRequest
from tinhso.tasks.matching import names_for
from tinhso.tasks.models import Task
from tinhso.tasks.queries import sharing
from tinhso.tasks.queries.ties import is_shown, ties_of
from tinhso.tasks.services.deciding import may_give
from tinhso.tasks.ties import KINDS

if TYPE_CHECKING:
    from tinhso.accounts.models import User

Field = tuple[Sequence[tuple[Any, str]] | None, Any]
"""The choices of a field, None where it has none, and its first value."""
Offer = Callable[[ActedRequest, Task], Mapping[str, Field]]


def leads(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """The agencies that may lead the task, with the one that leads it, while it may be given anew."""
    if not may_give(task, request.at):
        return {}
    today = day_of(request.at)
    alive = names_for(task.agency_id, written=today, today=today).alive
    found = [
        (period.agency_id, period.official_title)
        for period in directory(today)
        if period.agency_id in alive
    ]
    return {"lead": (found, task.lead_id)}


def units(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """The units below the lead; the words and the day of the whole to begin with."""
    below = sharing.units_below(task.lead_id, day_of(request.at))
    if not below:
        return {}
    return {
        "units": (below, None),
        "text": (None, task.text),
        "deadline_on": (None, task.deadline_on),
    }


def workers(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """Who may carry it out."""
    return _people(sharing.workers_at(task, request.at), task.worker_id, request)


def followers(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """Who may follow it."""
    return _people(sharing.followers_at(task, request.at), task.follower_id, request)


def _people(found: Sequence[User], now: int | None, request: ActedRequest) -> Mapping[str, Field]:
    named = [(user.pk, words) for user, words in with_duties(found, at=request.at)]
    return {"person": (named, now)} if found else {}


def parts(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """The agencies that have a part in it."""
    found = list(task.parts.order_by("pk").values_list("agency", flat=True))
    names = names_of(found, day_of(request.at))
    if not found:
        return {}
    return {
        "agency": ([(key, names.get(key, "")) for key in found], found[0]),
        "deadline_on": (None, task.deadline_on),
    }


def to_wait(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """Open tasks of the same notice or lead."""
    known = Task.objects.visible_to(request.actor, at=request.at)
    found = sharing.to_wait_for(task, known)
    return _tasks(found, day_of(request.at))


def waited_for(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """What it waits for."""
    found = Task.objects.filter(holds_up__task=task).order_by("pk")
    return _tasks(list(found), day_of(request.at))


def _tasks(found: Sequence[Task], on: Any) -> Mapping[str, Field]:
    names = names_of({one.lead_id for one in found}, on)
    chosen = [
        (one.uuid, f"{one.ordinal}. {names.get(one.lead_id, '')}: {one.text[:90]}") for one in found
    ]
    return {"blocker": (chosen, None)} if chosen else {}


def tied(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """What it is tied to."""
    on = day_of(request.at)
    found = [(tie.uuid, KINDS[tie.kind].title(tie.facts, on)) for tie in task.ties.order_by("pk")]
    return {"tie": (found, None)} if found else {}


def reached(request: ActedRequest, task: Task) -> Mapping[str, Field]:
    """Nothing to choose; offered only where what it is tied to is reached."""
    return {"words": (None, "")} if is_shown(ties_of(task, request.at)) else {}
