"""Plans and teams; inspections with their checklist; minutes, recommendations, re-checks."""

from tinhso.inspections.models.checklists import (
    Item,
    Judgement,
    Note,
    Photo,
    Preparation,
    SelfReport,
)
from tinhso.inspections.models.inspections import Inspection, State
from tinhso.inspections.models.outcomes import (
    Closing,
    Conclusion,
    Finding,
    FindingKind,
    MinutesAct,
    MinutesKind,
    Outcome,
    Recheck,
    Recommendation,
)
from tinhso.inspections.models.plans import Plan, TeamMember, TeamPost

__all__ = [
    "Closing",
    "Conclusion",
    "Finding",
    "FindingKind",
    "Inspection",
    "Item",
    "Judgement",
    "MinutesAct",
    "MinutesKind",
    "Note",
    "Outcome",
    "Photo",
    "Plan",
    "Preparation",
    "Recheck",
    "Recommendation",
    "SelfReport",
    "State",
    "TeamMember",
    "TeamPost",
]
