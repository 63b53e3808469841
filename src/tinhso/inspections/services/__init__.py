"""What can happen to inspections: one function per act. The only writers."""

from tinhso.inspections.services.agreeing import agree, return_minutes, seal
from tinhso.inspections.services.concluding import close, conclude, recheck
from tinhso.inspections.services.finding import (
    drop_finding,
    drop_recommendation,
    find,
    recommend,
)
from tinhso.inspections.services.hindering import raise_finding
from tinhso.inspections.services.noting import Saved, add_photo, note
from tinhso.inspections.services.planning import Member, PlanFacts, Visit, plan_inspections
from tinhso.inspections.services.preparing import prepare
from tinhso.inspections.services.self_reporting import SelfSaid, report_self
from tinhso.inspections.services.sitting import Present, SittingFacts, sit

__all__ = [
    "Member",
    "PlanFacts",
    "Present",
    "Saved",
    "SelfSaid",
    "SittingFacts",
    "Visit",
    "add_photo",
    "agree",
    "close",
    "conclude",
    "drop_finding",
    "drop_recommendation",
    "find",
    "note",
    "plan_inspections",
    "prepare",
    "raise_finding",
    "recheck",
    "recommend",
    "report_self",
    "return_minutes",
    "seal",
    "sit",
]
