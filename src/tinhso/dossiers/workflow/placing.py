"""Where each element of a drawn process goes: as its author drew it, or in layers left to right.

In our own layers a sub-process stands as a box in its line, and what it holds in a frame below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from tinhso.dossiers.workflow.graph import HOSTS, Box, Layout, NodeKind, Workflow

_TASK = (150.0, 64.0)
_SMALL = (40.0, 40.0)
_COLUMN = 210.0
_NARROW = 130.0  # a column of events and gateways alone
_BETWEEN = 60.0  # of a column's width is left to the lines
_ROW = 110.0
_MARGIN = 24.0
_TITLE = 36.0
_ABREAST = 5  # lines that change rows side by side between two columns

Line = tuple[tuple[float, float], ...]


def placed(workflow: Workflow) -> Layout:
    """The author's drawing when it holds every node and flow, else our own layers."""
    drawn = workflow.layout
    if (
        drawn is not None
        and all(node in drawn.boxes for node in workflow.nodes)
        and all(len(drawn.lines.get(flow, ())) > 1 for flow in workflow.flows)
    ):
        return drawn
    return _layered(workflow)


def _layered(workflow: Workflow) -> Layout:
    """The whole process, and below it a frame for what each sub-process holds."""
    boxes: dict[str, Box] = {}
    lines: dict[str, Line] = {}
    frames: dict[str, Box] = {}
    top = _MARGIN
    inside = [None, *(key for key, node in workflow.nodes.items() if node.kind is NodeKind.PROCESS)]
    for within in inside:
        level = _Level(workflow, within, top if within is None else top + _TITLE)
        level.place()
        boxes |= level.boxes
        lines |= level.lines
        right = max(box.x + box.width for box in level.boxes.values())
        if within is not None:
            frames[within] = Box(_MARGIN / 2, top, right, level.bottom - top)
        top = level.bottom + _MARGIN
    return Layout(MappingProxyType(boxes), MappingProxyType(lines), MappingProxyType(frames))


@dataclass
class _Level:
    """The nodes of the process, or of one sub-process, in layers."""

    workflow: Workflow
    within: str | None
    top: float
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    bottom: float = 0.0

    def place(self) -> None:
        """Columns left to right; a flow that passes columns has a row of its own in each."""
        workflow = self.workflow
        order = _forward_order(workflow, self.within)
        column = _columns(workflow, order)
        arrows = [
            (flow.id, _host(workflow, flow.source), flow.target)
            for flow in workflow.flows.values()
            if workflow.nodes[flow.target].within == self.within
        ]
        row = _rows(order, column, arrows)
        broad = {column[key] for key in order if workflow.nodes[key].kind in HOSTS}
        lefts = [_MARGIN]
        for at in range(max(column.values()) + 1):
            lefts.append(lefts[-1] + (_COLUMN if at in broad else _NARROW))
        for key in order:
            width, height = _TASK if workflow.nodes[key].kind in HOSTS else _SMALL
            room = lefts[column[key] + 1] - lefts[column[key]] - _BETWEEN
            x = lefts[column[key]] + (room - width) / 2
            y = self.middle(row[key, column[key]]) - height / 2
            self.boxes[key] = Box(x, y, width, height)
        self.place_timers()
        deepest = max(row.values())
        for index, (key, source, target) in enumerate(arrows):
            begin, finish = self.boxes[workflow.flows[key].source], self.boxes[target]
            if column[target] > column[source]:
                rows = (row[key, at] for at in range(column[source] + 1, column[target]))
                passed = [self.middle(at) for at in rows]
                aside = index % _ABREAST
                turns = [at - 14 - aside * 9 for at in lefts[column[source] + 1 :]]
                self.lines[key] = _onward(begin, finish, passed, turns)
            else:
                deepest += 1
                self.lines[key] = _back(begin, finish, self.middle(deepest) - _TASK[1] / 2)
        self.bottom = self.middle(deepest) + _TASK[1] / 2 + _MARGIN

    def place_timers(self) -> None:
        """Timers stand on the lower edge of what they are attached to."""
        for host, box in list(self.boxes.items()):
            for beside, timer in enumerate(self.workflow.timers(host)):
                x = box.x + box.width - _SMALL[0] * (beside + 1)
                self.boxes[timer.id] = Box(x, box.y + box.height - _SMALL[1] / 2, *_SMALL)

    def middle(self, row: int) -> float:
        """The height of the middle of a row."""
        return self.top + row * _ROW + _TASK[1] / 2


def _columns(workflow: Workflow, order: list[str]) -> dict[str, int]:
    """Each node one column right of the farthest that leads to it; flows back count for nothing."""
    position = {key: index for index, key in enumerate(order)}
    column = dict.fromkeys(order, 0)
    for key in order:
        leaving = [key, *(timer.id for timer in workflow.timers(key))]
        for target in (flow.target for node in leaving for flow in workflow.outgoing(node)):
            if position[target] > position[key]:
                column[target] = max(column[target], column[key] + 1)
    return column


def _rows(
    order: list[str], column: dict[str, int], arrows: list[tuple[str, str, str]]
) -> dict[tuple[str, int], int]:
    """The row of each node, and of each passing flow, by (identifier, column).

    Each is put as near as possible to the row that it comes from, nodes before passing flows.
    """
    row: dict[tuple[str, int], int] = {}
    for at in range(max(column.values()) + 1):
        wishes = [
            (
                min(
                    (
                        row.get((flow, at - 1), row.get((source, at - 1), 0))
                        for flow, source, target in arrows
                        if target == key and column[source] < at
                    ),
                    default=0,
                ),
                0,
                key,
            )
            for key in order
            if column[key] == at
        ]
        wishes += [
            (row.get((flow, at - 1), row.get((source, at - 1), 0)), 1, flow)
            for flow, source, target in arrows
            if column[source] < at < column[target]
        ]
        free = 0
        for wish, _kind, key in sorted(wishes, key=lambda held: held[:2]):
            row[key, at] = free = max(free, wish)
            free += 1
    return row


def _onward(source: Box, target: Box, passed: list[float], turns: list[float]) -> Line:
    """A line with right angles; `turns` are where it may change rows, one between two columns."""
    points = [(source.x + source.width, source.y + source.height / 2)]
    ends = [*passed, target.y + target.height / 2]
    for y, between in zip(ends, turns, strict=False):
        if y != points[-1][1]:
            points += [(between, points[-1][1]), (between, y)]
    return (*points, (target.x, ends[-1]))


def _back(source: Box, target: Box, low: float) -> Line:
    """A flow back runs below everything, each on its own level."""
    x0, x1 = source.x + source.width / 2, target.x + target.width / 2
    return ((x0, source.y + source.height), (x0, low), (x1, low), (x1, target.y + target.height))


def _host(workflow: Workflow, key: str) -> str:
    return workflow.nodes[key].attached_to or key


def _forward_order(workflow: Workflow, within: str | None) -> list[str]:
    """Nodes so that every flow that closes no loop leads onward (depth first, reversed)."""
    seen: set[str] = set()
    left: list[str] = []
    first = workflow.start if within is None else workflow.start_of(within)
    ahead: list[tuple[str, bool]] = [(first, False)]
    while ahead:
        node, is_left = ahead.pop()
        if is_left:
            left.append(node)
        elif node not in seen:
            seen.add(node)
            ahead.append((node, True))
            leaving = [node, *(timer.id for timer in workflow.timers(node))]
            ahead.extend((flow.target, False) for key in leaving for flow in workflow.outgoing(key))
    return left[::-1]
