"""Tables of figures: what cannot be worked out from the records of other apps."""

from __future__ import annotations

from tinhso.indicators.models.closings import ClosedFigure, PeriodClosing
from tinhso.indicators.models.reported import FigureKind, ReportedFigure
from tinhso.indicators.models.reports import (
    FigureCorrection,
    Report,
    ReportAct,
    ReportFigure,
    ReportSentence,
    SentenceDecision,
    Submission,
)
from tinhso.indicators.models.targets import Target, TargetEnd

__all__ = [
    "ClosedFigure",
    "FigureCorrection",
    "FigureKind",
    "PeriodClosing",
    "Report",
    "ReportAct",
    "ReportFigure",
    "ReportSentence",
    "ReportedFigure",
    "SentenceDecision",
    "Submission",
    "Target",
    "TargetEnd",
]
