"""Tasks and obstacles as the shapes that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.api.agencies import ShownAgency, shown_agencies
from tinhso.calendars.clock import day_of
from tinhso.tasks.api import shown
from tinhso.tasks.queries.ties import ties_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.tasks.models import Evidence, ExtensionRequest, Obstacle, Task
    from tinhso.tasks.queries.ties import Tied


def tasks(found: Sequence[Task], following: UUID | None, on: date) -> shown.ShownTasks:
    """A page of tasks."""
    agencies = shown_agencies({key for task in found for key in (task.agency_id, task.lead_id)}, on)
    return shown.ShownTasks(
        tasks=[shown.ShownTask(**_task(task, agencies, on)) for task in found], next=following
    )


def _task(task: Task, agencies: Mapping[int, ShownAgency], on: date) -> dict[str, Any]:
    return {
        "uuid": task.uuid,
        "notice": task.notice.number,
        "issued_on": task.notice.issued_on,
        "ordinal": task.ordinal,
        "period": task.period,
        "giver": agencies[task.agency_id],
        "lead": agencies[task.lead_id],
        "text": task.text,
        "wanted": task.wanted,
        "group": task.group,
        "deadline_on": task.deadline_on,
        "deadline_kind": task.deadline_kind,
        "deadline_words": task.deadline_words,
        "state": task.state,
        "is_late": task.is_late(on),
    }


def task_whole(task: Task, at: datetime) -> shown.ShownTaskWhole:
    """A task with its parts, evidence, extensions and acts."""
    on = day_of(at)
    parts = list(task.parts.order_by("pk"))
    agencies = shown_agencies({task.agency_id, task.lead_id, *(row.agency_id for row in parts)}, on)
    evidence = task.evidence.select_related("file").order_by("-pk")
    requests = task.extension_requests.select_related("decision").order_by("-pk")
    return shown.ShownTaskWhole(
        **_task(task, agencies, on),
        worker=task.worker.uuid if task.worker else None,
        follower=task.follower.uuid if task.follower else None,
        evidence_kinds=list(task.evidence_kinds),
        parts=[
            shown.ShownPart(
                agency=agencies[row.agency_id], what=row.what, deadline_on=row.deadline_on
            )
            for row in parts
        ],
        ties=[_tie(one) for one in ties_of(task, at)],
        evidence=[_evidence(row) for row in evidence],
        extensions=[_extension(row) for row in requests],
        history=[
            shown.ShownTaskAct(at=row.at, act=row.kind, words=row.words, percent=row.percent)
            for row in task.acts.order_by("-pk")
        ],
    )


def _tie(one: Tied) -> shown.ShownTie:
    found = one.standing
    return shown.ShownTie(
        uuid=one.tie.uuid,
        kind=one.tie.kind,
        title=one.title,
        wanted=one.wanted,
        value=found.value if found else None,
        numerator=found.numerator if found else None,
        denominator=found.denominator if found else None,
        is_reached=one.is_reached,
    )


def _evidence(row: Evidence) -> shown.ShownEvidence:
    return shown.ShownEvidence(
        uuid=row.uuid,
        kind=row.kind,
        value=row.value,
        filename=row.file.filename if row.file else "",
        note=row.note,
        at=row.at,
    )


def _extension(row: ExtensionRequest) -> shown.ShownExtension:
    answer = getattr(row, "decision", None)
    return shown.ShownExtension(
        before=row.before,
        until=row.until,
        reason=row.reason,
        at=row.at,
        is_granted=answer.is_granted if answer else None,
        answered_until=answer.until if answer else None,
        answer=answer.words if answer else "",
    )


def obstacles(found: Sequence[Obstacle], following: UUID | None, on: date) -> shown.ShownObstacles:
    """A page of obstacles."""
    keys = {key for row in found for key in (row.agency_id, row.solver_id)}
    agencies = shown_agencies(keys, on)
    return shown.ShownObstacles(
        obstacles=[shown.ShownObstacle(**_obstacle(row, agencies, on)) for row in found],
        next=following,
    )


def _obstacle(row: Obstacle, agencies: Mapping[int, ShownAgency], on: date) -> dict[str, Any]:
    return {
        "uuid": row.uuid,
        "agency": agencies[row.agency_id],
        "kind": row.kind,
        "text": row.text,
        "solver": agencies[row.solver_id],
        "due_on": row.due_on,
        "state": row.state,
        "is_late": row.is_late(on),
        "main": row.main.uuid if row.main else None,
    }


def obstacle_whole(row: Obstacle, at: datetime) -> shown.ShownObstacleWhole:
    """An obstacle with its acts."""
    on = day_of(at)
    agencies = shown_agencies({row.agency_id, row.solver_id}, on)
    return shown.ShownObstacleWhole(
        **_obstacle(row, agencies, on),
        history=[
            shown.ShownObstacleAct(
                at=act.at, act=act.kind, words=act.words, body=act.body, document=act.document
            )
            for act in row.acts.order_by("-pk")
        ],
    )
