"""A workflow (quy trình) as a frozen graph: what a BPMN file says once it has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tinhso.dossiers.workflow.durations import Duration


class NodeKind(StrEnum):
    """The elements of BPMN 2.0 that are run here; the value is the BPMN name."""

    START = "startEvent"
    END = "endEvent"
    TERMINATE = "terminateEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    TIMER = "boundaryEvent"


TASKS = frozenset({NodeKind.USER, NodeKind.SERVICE})
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL})
ENDS = frozenset({NodeKind.END, NodeKind.TERMINATE})


@dataclass(frozen=True, slots=True)
class Node:
    """A step, event or gateway. Fields that a kind does not use are None, empty or False.

    `role` and `act` are codes, `outcomes` the results that the act declares; `default` is the
    flow that an exclusive gateway takes when no condition holds; a timer stands at `attached_to`
    and waits `waits`; `line` is the line of the file.
    """

    id: str
    kind: NodeKind
    name: str
    line: int
    role: str | None = None
    act: str | None = None
    outcomes: tuple[str, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = False
    waits: Duration | None = None

    @property
    def label(self) -> str:
        """What a person reads: the name, or the identifier of a nameless element."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow from node to node; `condition` is the text of an expression."""

    id: str
    source: str
    target: str
    name: str
    line: int
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape stands in the drawing, in pixels of BPMN DI."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """The drawing as its author left it: boxes by node (or lane), points by flow."""

    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[tuple[float, float], ...]]


@dataclass(frozen=True)
class Workflow:
    """A process: nodes and flows by identifier, in the order of the file. Made by `workflow()`."""

    id: str
    name: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: Mapping[str, str]
    layout: Layout | None
    start: str
    _outgoing: Mapping[str, tuple[Flow, ...]]
    _incoming: Mapping[str, tuple[Flow, ...]]
    _timers: Mapping[str, tuple[Node, ...]]

    def outgoing(self, node: str) -> tuple[Flow, ...]:
        """The flows that leave a node, in the order of the file."""
        return self._outgoing.get(node, ())

    def incoming(self, node: str) -> tuple[Flow, ...]:
        """The flows that reach a node, in the order of the file."""
        return self._incoming.get(node, ())

    def timers(self, node: str) -> tuple[Node, ...]:
        """The timers that stand at a task."""
        return self._timers.get(node, ())

    def tasks(self) -> list[Node]:
        """User and service tasks, in the order of the file."""
        return [node for node in self.nodes.values() if node.kind in TASKS]

    def successors(self, node: str) -> list[str]:
        """The nodes that can come next, those of its timers included."""
        found = [flow.target for flow in self.outgoing(node)]
        return found + [timer.id for timer in self.timers(node)]


def workflow(
    *,
    id: str,  # noqa: A002 - the name of the attribute in BPMN
    name: str,
    nodes: Iterable[Node],
    flows: Iterable[Flow],
    lanes: Mapping[str, str] | None = None,
    layout: Layout | None = None,
) -> Workflow:
    """Freeze nodes and flows into a graph. The caller has checked that every reference resolves."""
    by_id = {node.id: node for node in nodes}
    arrows = {flow.id: flow for flow in flows}
    outgoing: dict[str, tuple[Flow, ...]] = {}
    incoming: dict[str, tuple[Flow, ...]] = {}
    timers: dict[str, tuple[Node, ...]] = {}
    for flow in arrows.values():
        outgoing[flow.source] = (*outgoing.get(flow.source, ()), flow)
        incoming[flow.target] = (*incoming.get(flow.target, ()), flow)
    for node in by_id.values():
        if node.attached_to is not None:
            timers[node.attached_to] = (*timers.get(node.attached_to, ()), node)
    start = next((node.id for node in by_id.values() if node.kind is NodeKind.START), "")
    return Workflow(
        id=id,
        name=name,
        nodes=MappingProxyType(by_id),
        flows=MappingProxyType(arrows),
        lanes=MappingProxyType(dict(lanes or {})),
        layout=layout,
        start=start,
        _outgoing=MappingProxyType(outgoing),
        _incoming=MappingProxyType(incoming),
        _timers=MappingProxyType(timers),
    )
