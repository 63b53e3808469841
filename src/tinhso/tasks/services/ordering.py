"""Order tasks that were written here (giao việc trực tiếp): the conclusion of an inspection, no paper that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.drafts import Item
from tinhso.tasks.errors import NothingToIssue, ReviewUnready
from tinhso.tasks.models import Notice, Review, Task
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.issuing import plan_issue, unready, write_issued

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Paper:
    """The paper that orders: its kind (`NoticeKind`), number and day, who signs it, what it is about."""

    kind: str
    number: str
    issued_on: date
    issuer: str
    title: str


@dataclass(frozen=True)
class Ordered:
    """One task: its words, who leads it, by when."""

    text: str
    lead: int
    deadline_on: date | None = None


@transaction.atomic
def order(
    paper: Paper, ordered: Sequence[Ordered], *, agency: int, actor: Actor, at: datetime
) -> tuple[Notice, list[Task]]:
    """Issue tasks with the paper that orders them; each keeps where its words stand in it, as those of a notice do."""
    require(actor, TaskPermission.ISSUE, agency=agency, at=at)
    if not ordered:
        raise NothingToIssue
    text, items = _written(paper, ordered)
    leads = {one.lead for one in ordered}
    alive = Agency.objects.alive(day_of(at)).filter(pk__in=leads)
    waiting = unready(items, set(alive.values_list("pk", flat=True)))
    if waiting:
        raise ReviewUnready(count=len(waiting))
    notice = Notice.objects.create(
        agency_id=agency,
        kind=paper.kind,
        number=paper.number[:60],
        issued_on=paper.issued_on,
        issuer=paper.issuer[:300],
        title=paper.title[:500],
        text=text,
        at=at,
        actor=actor.key,
    )
    Review.objects.create(
        notice=notice,
        number=0,
        act="ordered",
        items=[item.as_json() for item in items],
        at=at,
        actor=actor.key,
    )
    tasks, parts = plan_issue(notice, items, actor=actor.key, at=at)
    write_issued(notice, tasks, parts, 0, actor=actor, at=at)
    return notice, tasks


def _written(paper: Paper, ordered: Sequence[Ordered]) -> tuple[str, list[Item]]:
    """The text of the paper and its tasks, each with its place in it. Pure but for the keys."""
    text, items = f"{paper.title}\n", []
    for number, one in enumerate(ordered, start=1):
        text += f"{number}. "
        items.append(
            Item(
                key=uuid4(),
                start=len(text),
                end=len(text) + len(one.text),
                text=one.text,
                leads=(one.lead,),
                deadline_on=one.deadline_on,
                deadline_kind=(
                    DeadlineKind.COMPLETE if one.deadline_on else DeadlineKind.NONE
                ).value,
            )
        )
        text += f"{one.text}\n"
    return text, items
