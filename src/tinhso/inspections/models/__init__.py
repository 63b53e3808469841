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
    HINDERING,
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
from tinhso.inspections.models.sittings import Attendee, Sitting

__all__ = [
    "HINDERING",
    "Attendee",
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
    "Sitting",
    "State",
    "TeamMember",
    "TeamPost",
]
