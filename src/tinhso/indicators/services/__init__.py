"""The only writers of targets, closed periods and figures that others worked out."""

from __future__ import annotations

from tinhso.indicators.services.closing import close_period
from tinhso.indicators.services.exporting import export_records, note_figures
from tinhso.indicators.services.reporting import ReportedFacts, record_reported
from tinhso.indicators.services.targets import TargetFacts, assign_target, end_target

__all__ = [
    "ReportedFacts",
    "TargetFacts",
    "assign_target",
    "close_period",
    "end_target",
    "export_records",
    "note_figures",
    "record_reported",
]
