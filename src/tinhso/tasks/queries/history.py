"""One task's history (quá trình thực hiện): every row against it, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.tasks.models import Act, Evidence
from tinhso.ui.formatting import day as shown_day

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.tasks.models import Task, TaskAct


@dataclass(frozen=True)
class Happening:
    """Something that happened to a task: what, in whose words, by whom."""

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
    people = people_of(
        [
            task.actor,
            *(row.actor for row in acts),
            *(row.actor for row in evidence),
            *(row.actor for row in requests),
            *(row.actor for row in decisions),
        ]
    )
    names = names_of({act.agency_id for act in acts}, day_of(task.at))
    found = [Happening(task.at, _("Giao nhiệm vụ"), "", people[task.actor])]
    found += [
        Happening(act.at, _act_words(act, names), act.words, people[act.actor]) for act in acts
    ]
    found += [
        Happening(one.at, _("Nộp minh chứng"), one.note, people[one.actor], one) for one in evidence
    ]
    found += [
        Happening(
            one.at,
            _("Đề nghị gia hạn đến %(day)s") % {"day": shown_day(one.until)},
            one.reason,
            people[one.actor],
        )
        for one in requests
    ]
    for one in decisions:
        granted = _("Đồng ý gia hạn đến %(day)s") % {"day": shown_day(one.until)}
        said = granted if one.is_granted else _("Không đồng ý gia hạn")
        found.append(Happening(one.at, said, one.words, people[one.actor]))
    return sorted(found, key=lambda happening: happening.at)[::-1]


def _act_words(act: TaskAct, names: dict[int, str]) -> str:
    label = str(Act(act.kind).label)
    if act.person is not None:
        return f"{label}: {act.person.name}"
    if act.kind in {Act.GIVEN, Act.PART_SET, Act.WAITS}:
        return f"{label}: {names.get(act.agency_id, '')}"
    if act.percent is not None:
        return f"{label} ({act.percent} %)"
    return label
