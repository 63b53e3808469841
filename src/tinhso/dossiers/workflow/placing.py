"""Where each element of a drawn process goes: as its author drew it, or in layers left to right."""

from __future__ import annotations

from types import MappingProxyType

from tinhso.dossiers.workflow.graph import TASKS, Box, Layout, NodeKind, Workflow

_TASK = (150.0, 64.0)
_SMALL = (40.0, 40.0)
_COLUMN = 210.0
_ROW = 110.0
_MARGIN = 24.0
_ABREAST = 5  # lines that change rows side by side between two columns


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
    """Columns left to right; a flow that passes columns has a row of its own in each of them."""
    order = [key for key in _forward_order(workflow) if not _is_timer(workflow, key)]
    column = _columns(workflow, order)
    arrows = [
        (flow.id, _host(workflow, flow.source), flow.target) for flow in workflow.flows.values()
    ]
    row = _rows(order, column, arrows)
    boxes: dict[str, Box] = {}
    for key in order:
        width, height = _TASK if workflow.nodes[key].kind in TASKS else _SMALL
        x = _MARGIN + column[key] * _COLUMN + (_TASK[0] - width) / 2
        boxes[key] = Box(x, _middle(row[key, column[key]]) - height / 2, width, height)
    for timer in workflow.nodes.values():
        if timer.attached_to is not None:
            host = boxes[timer.attached_to]
            beside = workflow.timers(timer.attached_to).index(timer)
            x = host.x + host.width - _SMALL[0] * (beside + 1)
            boxes[timer.id] = Box(x, host.y + host.height - _SMALL[1] / 2, *_SMALL)
    lines: dict[str, tuple[tuple[float, float], ...]] = {}
    deepest = max(row.values())
    for index, (key, source, target) in enumerate(arrows):
        begin, finish = boxes[workflow.flows[key].source], boxes[target]
        if column[target] > column[source]:
            passed = [row[key, at] for at in range(column[source] + 1, column[target])]
            lines[key] = _onward(begin, finish, column[source], passed, beside=index % _ABREAST)
        else:
            deepest += 1
            lines[key] = _back(begin, finish, _middle(deepest) - _TASK[1] / 2)
    return Layout(MappingProxyType(boxes), MappingProxyType(lines))


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


def _onward(
    source: Box, target: Box, column: int, passed: list[int], *, beside: int
) -> tuple[tuple[float, float], ...]:
    """A line with right angles that changes rows only between columns, each at its own place."""
    points = [(source.x + source.width, source.y + source.height / 2)]
    ends = [*(_middle(row) for row in passed), target.y + target.height / 2]
    for step, y in enumerate(ends):
        between = _MARGIN + (column + step + 1) * _COLUMN - 14 - beside * 9
        if y != points[-1][1]:
            points += [(between, points[-1][1]), (between, y)]
    return (*points, (target.x, ends[-1]))


def _back(source: Box, target: Box, low: float) -> tuple[tuple[float, float], ...]:
    """A flow back runs below everything, each on its own level."""
    x0, x1 = source.x + source.width / 2, target.x + target.width / 2
    return ((x0, source.y + source.height), (x0, low), (x1, low), (x1, target.y + target.height))


def _middle(row: int) -> float:
    return _MARGIN + row * _ROW + _TASK[1] / 2


def _is_timer(workflow: Workflow, key: str) -> bool:
    return workflow.nodes[key].kind is NodeKind.TIMER


def _host(workflow: Workflow, key: str) -> str:
    return workflow.nodes[key].attached_to or key


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
