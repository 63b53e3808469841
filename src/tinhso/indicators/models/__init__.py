"""Tables of figures: what cannot be worked out from the records of other apps."""

from __future__ import annotations

from tinhso.indicators.models.closings import ClosedFigure, PeriodClosing
from tinhso.indicators.models.reported import FigureKind, ReportedFigure
from tinhso.indicators.models.targets import Target, TargetEnd

__all__ = [
    "ClosedFigure",
    "FigureKind",
    "PeriodClosing",
    "ReportedFigure",
    "Target",
    "TargetEnd",
]
