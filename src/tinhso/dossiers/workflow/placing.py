"""Where each element of a drawn process goes: as its author drew it, or in layers left to right."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType

from tinhso.dossiers.workflow.graph import TASKS, Box, Layout, Node, NodeKind, Workflow

_TASK = (150.0, 64.0)
_SMALL = (40.0, 40.0)
_COLUMN = 210.0
_ROW = 110.0
_MARGIN = 24.0


def placed(workflow: Workflow) -> Layout:
    """The author's drawing when it holds every node and flow, else our own layers."""
    drawn = workflow.layout
    if (
        drawn is not None
        and all(node in drawn.boxes for node in workflow.nodes)
        and all(len(drawn.lines.get(flow, ())) > 1 for flow in workflow.flows)
    ):
        return drawn
    boxes = _layered(workflow)
    lines = {
        flow.id: _elbow(boxes[flow.source], boxes[flow.target]) for flow in workflow.flows.values()
    }
    return Layout(MappingProxyType(boxes), MappingProxyType(lines))


def _layered(workflow: Workflow) -> dict[str, Box]:
    """Each node one column right of the farthest that leads to it; flows back count for nothing."""
    order = _forward_order(workflow)
    position = {node: index for index, node in enumerate(order)}
    column: dict[str, int] = defaultdict(int)
    for node in order:
        for after in workflow.successors(node):
            if position[after] > position[node]:
                step = 0 if workflow.nodes[after].kind is NodeKind.TIMER else 1
                column[after] = max(column[after], column[node] + step)
    rows: dict[int, int] = defaultdict(int)
    boxes: dict[str, Box] = {}
    for node in order:
        if workflow.nodes[node].kind is NodeKind.TIMER:
            continue
        width, height = _size(workflow.nodes[node])
        x = _MARGIN + column[node] * _COLUMN + (_TASK[0] - width) / 2
        y = _MARGIN + rows[column[node]] * _ROW + (_TASK[1] - height) / 2
        boxes[node] = Box(x, y, width, height)
        rows[column[node]] += 1
    for timer in workflow.nodes.values():
        if timer.kind is NodeKind.TIMER:
            host = boxes[timer.attached_to or ""]
            beside = workflow.timers(timer.attached_to or "").index(timer)
            x = host.x + host.width - _SMALL[0] * (beside + 1)
            boxes[timer.id] = Box(x, host.y + host.height - _SMALL[1] / 2, *_SMALL)
    return boxes


def _forward_order(workflow: Workflow) -> list[str]:
    """Nodes so that every flow that closes no loop leads onward (depth first, reversed)."""
    seen: set[str] = set()
    left: list[str] = []
    ahead: list[tuple[str, bool]] = [(workflow.start, False)]
    while ahead:
        node, is_left = ahead.pop()
        if is_left:
            left.append(node)
        elif node not in seen:
            seen.add(node)
            ahead.append((node, True))
            ahead.extend((after, False) for after in workflow.successors(node))
    return left[::-1]


def _size(node: Node) -> tuple[float, float]:
    return _TASK if node.kind in TASKS else _SMALL


def _elbow(source: Box, target: Box) -> tuple[tuple[float, float], ...]:
    """A line with right angles, from side to side; a flow back runs below both boxes."""
    y0, y1 = source.y + source.height / 2, target.y + target.height / 2
    if target.x > source.x + source.width:
        x0, x1 = source.x + source.width, target.x
        middle = x1 - (_COLUMN - _TASK[0]) / 2
        return ((x0, y0), (middle, y0), (middle, y1), (x1, y1))
    x0, x1 = source.x + source.width / 2, target.x + target.width / 2
    low = max(source.y + source.height, target.y + target.height) + _MARGIN
    return ((x0, source.y + source.height), (x0, low), (x1, low), (x1, target.y + target.height))
