"""Which way a dossier has come: the steps that it has been through, and the flows between them.

The rows keep steps, not flows. A flow counts as passed when it lies between two visited steps with
nothing but gateways, timers on the way and the system's own acts between: where two such ways join
the same pair of steps, both are marked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from tinhso.dossiers.workflow.graph import ENDS, HOSTS, WORKED, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Token, scopes_of


@dataclass(frozen=True)
class Past:
    """Nodes by what became of their work items: any at all, one done, one that timed out."""

    visited: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    timed_out: frozenset[str] = frozenset()


class StepState(StrEnum):
    """Where a step stands for one dossier."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    NONE = "none"

    @property
    def word(self) -> str:
        """The state in a word, for pages and drawings."""
        return {
            StepState.DONE: _("Đã qua"),
            StepState.NOW: _("Đang làm"),
            StepState.NEXT: _("Tiếp theo"),
            StepState.NONE: _("Chưa tới"),
        }[self]


def next_steps(workflow: Workflow, tokens: Collection[Token]) -> list[Node]:
    """The steps that can come right after those where the dossier stands, in file order."""
    here = {token.node for token in tokens if workflow.nodes[token.node].kind in _SHOWN}
    found: set[str] = set()
    seen: set[str] = set()
    ahead = [flow.target for node in here for flow in workflow.onward(node)]
    while ahead:
        key = ahead.pop()
        if key in seen:
            continue
        seen.add(key)
        if workflow.nodes[key].kind in _SHOWN:
            found.add(key)
        else:
            ahead.extend(flow.target for flow in workflow.onward(key))
    return [node for node in workflow.nodes.values() if node.id in found - here]


def flows_passed(workflow: Workflow, tokens: Collection[Token], past: Past) -> set[str]:
    """The flows by which the dossier came where it stands."""
    if not past.visited and not tokens:
        return set()
    ahead = [*workflow.outgoing(workflow.start)]
    for node in workflow.nodes.values():
        if node.id in past.done or _went_off(workflow, node, past):
            ahead += workflow.onward(node.id)
    forward: set[str] = set()
    while ahead:
        flow = ahead.pop()
        if flow.id not in forward:
            forward.add(flow.id)
            if workflow.nodes[flow.target].kind not in WORKED:
                ahead += workflow.onward(flow.target)
    reached = past.visited | {token.node for token in tokens}
    if not tokens:
        reached |= {node.id for node in workflow.nodes.values() if node.kind in ENDS}
    return forward & _leading_to(workflow, reached)


def _leading_to(workflow: Workflow, reached: Collection[str]) -> set[str]:
    """The flows from which one of these nodes comes with no step between."""
    found: set[str] = set()
    grows = True
    while grows:
        more = {
            flow.id
            for flow in workflow.flows.values()
            if flow.target in reached
            or (
                workflow.nodes[flow.target].kind not in WORKED
                and any(after.id in found for after in workflow.onward(flow.target))
            )
        }
        grows = more != found
        found = more
    return found


def _went_off(workflow: Workflow, timer: Node, past: Past) -> bool:
    """Whether a timer at a step may have begun what followed."""
    if timer.attached_to is None:
        return False
    host = workflow.nodes[timer.attached_to]
    if host.kind is NodeKind.PROCESS:
        held = {node.id for node in workflow.nodes.values() if _is_in(workflow, node, host.id)}
        return bool(held & (past.timed_out if timer.interrupting else past.visited))
    return host.id in (past.timed_out if timer.interrupting else past.visited)


def _is_in(workflow: Workflow, node: Node, process: str) -> bool:
    within = node.within
    while within is not None and within != process:
        within = workflow.nodes[within].within
    return within == process


def step_states(workflow: Workflow, tokens: Collection[Token], past: Past) -> dict[str, StepState]:
    """The state of each step; where several hold, what is being done comes first."""
    here = {token.node for token in tokens}
    here |= {scope.process for token in tokens for scope in scopes_of(token.branch)}
    following = {node.id for node in next_steps(workflow, tokens)}
    passed = flows_passed(workflow, tokens, past)
    states: dict[str, StepState] = {}
    for node in workflow.nodes.values():
        if node.kind not in _SHOWN | {NodeKind.PROCESS}:
            continue
        ways = workflow.incoming(node.id) if node.kind is NodeKind.SERVICE else ()
        ways = ways or workflow.outgoing(node.id)
        is_past = node.kind not in WORKED and any(flow.id in passed for flow in ways)
        if node.id in here:
            states[node.id] = StepState.NOW
        elif node.id in following:
            states[node.id] = StepState.NEXT
        else:
            was = is_past or node.id in past.visited
            states[node.id] = StepState.DONE if was else StepState.NONE
    return states


_SHOWN = (HOSTS - {NodeKind.PROCESS}) | {NodeKind.CATCH}
"""The steps that people are told of."""
