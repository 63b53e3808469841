"""Notices and their reviews, tasks, and what was done to them."""

from tinhso.tasks.models.acts import (
    Act,
    Evidence,
    EvidenceKind,
    ExtensionDecision,
    ExtensionRequest,
    TaskAct,
)
from tinhso.tasks.models.notices import Notice, NoticeEnd, NoticeKind, Outcome, Review
from tinhso.tasks.models.tasks import Part, State, Task

__all__ = [
    "Act",
    "Evidence",
    "EvidenceKind",
    "ExtensionDecision",
    "ExtensionRequest",
    "Notice",
    "NoticeEnd",
    "NoticeKind",
    "Outcome",
    "Part",
    "Review",
    "State",
    "Task",
    "TaskAct",
]
