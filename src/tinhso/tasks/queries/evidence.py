"""What shows that a task is done: its own evidence, and that of its shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.tasks.models import Evidence, EvidenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from tinhso.tasks.models import Task


def evidence_of(task: Task) -> QuerySet[Evidence]:
    """What was given for the task or for a share of it."""
    return Evidence.objects.filter(Q(task=task) | Q(task__parent=task))


def lacking(task: Task) -> list[str]:
    """The kinds of evidence that the task asks for and nobody gave (minh chứng còn thiếu), in words."""
    given = set(evidence_of(task).values_list("kind", flat=True)) if task.evidence_kinds else set()
    return kinds_in_words(kind for kind in task.evidence_kinds if kind not in given)


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    """The kinds as the screen calls them."""
    return [str(EvidenceKind(kind).label) for kind in kinds]
