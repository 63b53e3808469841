"""One task's history (quá trình thực hiện): every row against it, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.accounts.duties import signed
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.models import Act, Evidence
from tinhso.ui.formatting import day as shown_day

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.tasks.models import Task, TaskAct


@dataclass(frozen=True)
class Happening:
    """Something that happened to a task: what, in whose words, by whom (with post and agency)."""

    at: datetime
    what: str
    words: str
    by: str
    evidence: Evidence | None = None


def history(task: Task) -> list[Happening]:
    """All of it, the latest first."""
    acts = list(task.acts.select_related("person").order_by("pk"))
    evidence = list(task.evidence.select_related("file").order_by("pk"))
    requests = list(task.extension_requests.select_related("decision").order_by("pk"))
    decisions = [one.decision for one in requests if hasattr(one, "decision")]
    rows: list[Any] = [task, *acts, *evidence, *requests, *decisions]
    people = signed([(row.actor, row.at) for row in rows])
    names = names_of({act.agency_id for act in acts}, day_of(task.at))
    found = [Happening(task.at, _("Giao nhiệm vụ"), "", people[task.actor, task.at])]
    found += [
        Happening(act.at, _act_words(act, names), act.words, people[act.actor, act.at])
        for act in acts
    ]
    found += [
        Happening(one.at, _("Nộp minh chứng"), one.note, people[one.actor, one.at], one)
        for one in evidence
    ]
    found += [
        Happening(
            one.at,
            _("Đề nghị gia hạn đến %(day)s") % {"day": shown_day(one.until)},
            one.reason,
            people[one.actor, one.at],
        )
        for one in requests
    ]
    for one in decisions:
        granted = _("Đồng ý gia hạn đến %(day)s") % {"day": shown_day(one.until)}
        said = granted if one.is_granted else _("Không đồng ý gia hạn")
        found.append(Happening(one.at, said, one.words, people[one.actor, one.at]))
    return sorted(found, key=lambda happening: happening.at)[::-1]


def _act_words(act: TaskAct, names: dict[int, str]) -> str:
    label = str(Act(act.kind).label)
    if act.person is not None:
        return f"{label}: {act.person.name}"
    if act.kind in {Act.GIVEN, Act.PART_SET, Act.WAITS}:
        return f"{label}: {names.get(act.agency_id, '')}"
    if act.percent is not None:
        return f"{label} ({act.percent}%)"
    return label
