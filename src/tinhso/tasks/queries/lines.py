"""The same words given to many leads are one line of a list (nhiệm vụ chung của nhiều cơ quan): so many are done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q, Window
from django.utils.translation import gettext as _

from tinhso.tasks.models import State, Task
from tinhso.tasks.queries.tasks import rows_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.queries.tasks import Row

SAME = ("notice_id", "item", "period", "parent_id")
"""Tasks that share these were given by the same words: to each lead one."""
LONGEST_NUMBER = 8
"""Digits of the number of a page that is asked for."""


@dataclass(frozen=True)
class Joint:
    """The tasks of one line: how many stand in the list, and how many of all are done."""

    here: int
    done: int
    total: int

    @property
    def words(self) -> str:
        """As people say it: "12/96 cơ quan đã hoàn thành"."""
        told = {"done": formatting.number(self.done), "total": formatting.number(self.total)}
        return _("%(done)s/%(total)s cơ quan đã hoàn thành") % told


def lines(tasks: TaskQuerySet) -> QuerySet[Task, dict[str, Any]]:
    """The lines of a list of tasks, the one with the nearest day first, those without a day last.

    Of open ones the index alone says it (`task_open_lines`): nothing else of a task is read.
    """
    found: QuerySet[Task, dict[str, Any]] = (
        tasks.order_by()
        .values(*SAME)
        .annotate(here=Count("state"), due=Min("deadline_on"), place=Min("ordinal"))
        .order_by(F("due").asc(nulls_last=True), "notice_id", "place")
    )
    return found


def page_of_lines(tasks: TaskQuerySet, number: str | None, size: int) -> Page[dict[str, Any]]:
    """A page of lines; one question answers what stands on it and how many lines there are."""
    paginator = Paginator(lines(tasks), size)
    wanted = int(number) if number and number.isdecimal() and len(number) < LONGEST_NUMBER else 1
    first = max(wanted - 1, 0) * size
    found = list(lines(tasks).annotate(all=Window(Count("*")))[first : first + size])
    if not found:  # nothing at all, or past the end: the last page
        return paginator.get_page(number)
    paginator.count = found[0]["all"]
    return Page(found, first // size + 1, paginator)


def line_rows(
    found: Sequence[dict[str, Any]], tasks: TaskQuerySet, on: date, *, among: TaskQuerySet
) -> list[Row]:
    """A row for each line: of its tasks in the list the one with the nearest day, and how they stand together.

    `among` is all that the reader sees, of which `tasks` is the list: nothing else is counted.
    """
    here = Q(
        notice__in={one["notice_id"] for one in found}, item__in={one["item"] for one in found}
    )
    firsts = tasks.filter(here).order_by(*SAME, "deadline_on", "ordinal").distinct(*SAME)
    rows = rows_of(firsts.select_related("notice", "follower"), on)
    by_key = {_key(row.task.__dict__): row for row in rows}
    joint = _joint(found, among)
    return [
        replace(by_key[_key(one)], joint=joint.get(_key(one)))
        for one in found
        if _key(one) in by_key
    ]


def _joint(found: Sequence[dict[str, Any]], among: TaskQuerySet) -> dict[tuple[Any, ...], Joint]:
    """Of what was given to several, how many are done, as far as the reader sees them."""
    counts = {_key(one): one["here"] for one in found}
    given = among.filter(
        notice__in={one["notice_id"] for one in found}, item__in={one["item"] for one in found}
    ).exclude(state=State.CANCELLED)
    told = (
        given.order_by()
        .values(*SAME)
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=State.DONE)))
    )
    return {
        _key(one): Joint(counts[_key(one)], one["done"], one["total"])
        for one in told
        if one["total"] > 1 and _key(one) in counts
    }


def _key(one: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(one[name] for name in SAME)
