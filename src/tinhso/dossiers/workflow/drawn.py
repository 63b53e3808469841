"""The drawing that came with a BPMN file (BPMN DI): boxes and lines, or None when incomplete.

Only the first diagram is read: editors draw a folded sub-process on a sheet of its own, whose
points mean another place.
"""

from __future__ import annotations

import math
from types import MappingProxyType

from tinhso.dossiers.workflow.elements import Element
from tinhso.dossiers.workflow.graph import Box, Layout

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_DD = "{http://www.omg.org/spec/DD/20100524/DI}"
_FARTHEST = 100_000.0


def layout_of(root: Element) -> Layout | None:
    """Boxes by element and points by flow, as drawn; None without a drawing that can be read."""
    sheet = root.find(f"{_DI}BPMNDiagram")
    if sheet is None:
        return None
    boxes: dict[str, Box] = {}
    lines: dict[str, tuple[tuple[float, float], ...]] = {}
    try:
        for shape in sheet.iter(f"{_DI}BPMNShape"):
            bounds = shape.find(f"{_DC}Bounds")
            if bounds is not None:
                boxes[shape.get("bpmnElement", "")] = Box(
                    *(_number(bounds.get(side)) for side in ("x", "y", "width", "height"))
                )
        for edge in sheet.iter(f"{_DI}BPMNEdge"):
            lines[edge.get("bpmnElement", "")] = tuple(
                (_number(point.get("x")), _number(point.get("y")))
                for point in edge.iter(f"{_DD}waypoint")
            )
    except ValueError:
        return None
    return Layout(MappingProxyType(boxes), MappingProxyType(lines)) if boxes else None


def _number(text: str | None) -> float:
    value = float(text or "")
    if not math.isfinite(value) or abs(value) > _FARTHEST:
        raise ValueError(text)
    return value
