"""Notices and their reviews, tasks, what was done to them, and who was reminded of them."""

from tinhso.tasks.models.acts import (
    Act,
    Evidence,
    EvidenceKind,
    ExtensionDecision,
    ExtensionRequest,
    TaskAct,
)
from tinhso.tasks.models.committees import (
    Committee,
    CommitteeKind,
    CommitteeSeat,
    SeatRole,
    StandingAgency,
)
from tinhso.tasks.models.notices import Notice, NoticeEnd, NoticeKind, Outcome, Review
from tinhso.tasks.models.obstacles import (
    Obstacle,
    ObstacleAct,
    ObstacleActKind,
    ObstacleState,
    Solution,
)
from tinhso.tasks.models.reminders import Digest, Escalation, ReminderDay
from tinhso.tasks.models.tasks import Dependency, Part, State, Task, Tie

__all__ = [
    "Act",
    "Committee",
    "CommitteeKind",
    "CommitteeSeat",
    "Dependency",
    "Digest",
    "Escalation",
    "Evidence",
    "EvidenceKind",
    "ExtensionDecision",
    "ExtensionRequest",
    "Notice",
    "NoticeEnd",
    "NoticeKind",
    "Obstacle",
    "ObstacleAct",
    "ObstacleActKind",
    "ObstacleState",
    "Outcome",
    "Part",
    "ReminderDay",
    "Review",
    "SeatRole",
    "Solution",
    "StandingAgency",
    "State",
    "Task",
    "TaskAct",
    "Tie",
]
