"""Which step may come right after which, by the drawing of a workflow. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tinhso.dossiers.workflow.graph import WORKED, NodeKind, Workflow


def following(workflow: Workflow) -> set[tuple[str, str]]:
    """Pairs of steps, the second of which may open right after the first has.

    One leads to the other with nothing between that opens a step; or the two stand on branches that run side by side,
    so that either may open after the other.
    """
    pairs = {
        (node, after)
        for node in steps(workflow)
        for after in _next_steps(workflow, workflow.successors(node))
    }
    for branches in _side_by_side(workflow):
        for one, other in combinations(branches, 2):
            apart = {(a, b) for a in one - other for b in other - one}
            pairs |= apart | {(b, a) for a, b in apart}
    return pairs


def first_steps(workflow: Workflow) -> set[str]:
    """The steps with which the work begins."""
    return _next_steps(workflow, [workflow.start])


def steps(workflow: Workflow) -> list[str]:
    """The nodes that open a step, in the order of the file."""
    return [node.id for node in workflow.nodes.values() if node.kind in WORKED]


def _next_steps(workflow: Workflow, nodes: Iterable[str]) -> set[str]:
    """The steps reached from these nodes through whatever opens none."""
    found, seen, waiting = set[str](), set[str](), list(nodes)
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if workflow.nodes[node].kind in WORKED:
            found.add(node)
        else:
            waiting += workflow.successors(node)
    return found


def _side_by_side(workflow: Workflow) -> list[list[set[str]]]:
    """The steps on each branch of every split; a timer that ends nothing is a branch beside its step."""
    found = []
    for node in workflow.nodes.values():
        if node.kind is NodeKind.PARALLEL and len(workflow.outgoing(node.id)) > 1:
            starts = [flow.target for flow in workflow.outgoing(node.id)]
        else:
            beside = [timer.id for timer in workflow.timers(node.id) if not timer.interrupting]
            starts = [node.id, *beside] if beside else []
        if starts:
            found.append([_beyond(workflow, start) for start in starts])
    return found


def _beyond(workflow: Workflow, start: str) -> set[str]:
    """Every step that can still come from a node on, its own included."""
    seen, waiting = set[str](), [start]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += workflow.successors(node)
    return {node for node in seen if workflow.nodes[node].kind in WORKED}
