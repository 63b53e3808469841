"""The records of this house in which a marked phrase stands: tasks, obstacles, inspections that the reader sees.

Whoever gives a task out of one of the texts, or reports one of its difficulties, quotes it: by these words the map
leads to what became of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.agencies.queries import name_of
from tinhso.inspections.models import Conclusion, Finding, Inspection
from tinhso.inspections.queries.sheets import sees_notes
from tinhso.tasks.models import Notice, Obstacle, Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from tinhso.kernel.actors import Actor

SHOWN = 2
"""So many records of a phrase are named; how many more there are is said."""
LONG = 6
"""A phrase of so many words is nobody's by chance."""
MOST = 400
"""Of each kind no more are looked through, the latest first."""


@dataclass
class Led:
    """Where a phrase leads: the first records as (label, address), and how many more there are."""

    links: list[tuple[str, str]] = field(default_factory=list)
    more: int = 0

    def add(self, label: str, address: str) -> None:
        """One more record."""
        if len(self.links) < SHOWN:
            self.links.append((label, address))
        else:
            self.more += 1


def led_by(quotes: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Led]:
    """The records of each phrase; a phrase of which the reader sees no record is left out."""
    found: dict[str, Led] = {}
    if not quotes:
        return found
    for text, label, address in _records(quotes, actor, at):
        for quote in quotes:
            if stands_in(quote, text):
                found.setdefault(quote, Led()).add(label, address)
    return found


def stands_in(quote: str, text: str) -> bool:
    """Whether the text quotes the phrase; a short one, which anybody may say, stands between quotation marks."""
    return (quote if len(quote.split()) >= LONG else f"“{quote}”") in text


def _records(quotes: Collection[str], actor: Actor, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Text, label and address of what quotes one of the phrases."""
    quoting = _quoting(quotes)
    notices = Notice.objects.filter(quoting).values("pk")
    tasks = Task.objects.visible_to(actor, at=at).to_do().filter(quoting, notice__in=notices)
    for task in tasks.select_related("notice").order_by("-pk")[:MOST]:
        label = _("Nhiệm vụ %(n)s, %(notice)s") % {"n": task.ordinal, "notice": task.notice}
        yield task.text, label, reverse("tasks:task", args=[task.uuid])
    stuck = Obstacle.objects.visible_to(actor, at=at).filter(quoting)
    for one in stuck.order_by("-pk")[:MOST]:
        label = _("Vướng mắc: %(state)s") % {"state": one.get_state_display()}
        yield one.text, label, reverse("tasks:obstacle", args=[one.uuid])
    yield from _findings(quoting, actor, at)
    seen = Inspection.objects.visible_to(actor, at=at).values("pk")
    said = Conclusion.objects.filter(_quoting(quotes, "words"), inspection__in=seen)
    for each in said.select_related("inspection").order_by("-pk")[:MOST]:
        label = _("Kết luận kiểm tra %(number)s") % {"number": each.number}
        address = reverse("inspections:inspection", args=[each.inspection.uuid])
        yield each.words, label, address


def _findings(quoting: Q, actor: Actor, at: datetime) -> Iterator[tuple[str, str, str]]:
    seen = Inspection.objects.visible_to(actor, at=at)
    found = Finding.objects.filter(quoting, is_dropped=False, inspection__in=seen.values("pk"))
    shown: dict[int, Any] = {}
    for one in found.select_related("inspection__plan").order_by("-pk")[:MOST]:
        inspection = one.inspection
        if inspection.pk not in shown:
            noted = sees_notes(inspection, actor, at=at)
            shown[inspection.pk] = name_of(inspection.unit_id, inspection.visit_on) if noted else ""
        if unit := shown[inspection.pk]:
            label = _("Kiểm tra %(unit)s") % {"unit": unit}
            yield one.text, label, reverse("inspections:inspection", args=[inspection.uuid])


def _quoting(quotes: Collection[str], column: str = "text") -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": quote}) for quote in quotes))
