"""A workflow (quy trình) as a frozen graph: what a BPMN file says once it has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tinhso.dossiers.workflow.durations import Duration
from tinhso.ui.languages import worded


class NodeKind(StrEnum):
    """The elements of BPMN 2.0 that are run here; the value is the BPMN name."""

    START = "startEvent"
    END = "endEvent"
    TERMINATE = "terminateEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    RECEIVE = "receiveTask"
    PROCESS = "subProcess"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    TIMER = "boundaryEvent"
    CATCH = "intermediateCatchEvent"


WORKED = frozenset({NodeKind.USER, NodeKind.RECEIVE})
"""Steps that somebody does, or watches for the answer: each opens a work item."""
TASKS = WORKED | {NodeKind.SERVICE}
RESTS = TASKS | {NodeKind.CATCH}
"""Where a token rests until an act or a timer moves it on."""
HOSTS = TASKS | {NodeKind.PROCESS}
"""Where a timer may stand."""
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL})
ENDS = frozenset({NodeKind.END, NodeKind.TERMINATE})


@dataclass(frozen=True, slots=True)
class Node:
    """A step, event or gateway. Fields that a kind does not use are None, empty or False.

    `role` and `act` are codes, `outcomes` the results that the act declares; `default` is the
    flow that an exclusive gateway takes when no condition holds; a timer stands at `attached_to`
    and waits `waits`; a receive task waits for `message`; `back_to` names steps outside the branch
    to which work may be sent back all the same; `within` is the sub-process that holds the node;
    `line` is the line of the file.
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
    message: str | None = None
    back_to: tuple[str, ...] = ()
    within: str | None = None
    english: str = ""

    @property
    def written(self) -> str:
        """What the record keeps (Vietnamese): the name, or the identifier of a nameless element."""
        return self.name or self.id

    @property
    def label(self) -> str:
        """The same as a person reads it, in the language of the page."""
        return worded(self.written, self.english)


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow from node to node; `condition` is the text of an expression."""

    id: str
    source: str
    target: str
    name: str
    line: int
    condition: str | None = None
    english: str = ""

    @property
    def label(self) -> str:
        """What a person reads at the arrow, in the language of the page."""
        return worded(self.name, self.english)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape stands in the drawing, in pixels of BPMN DI."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """A drawing: boxes by node (or lane), points by flow.

    `frames` are the boxes around what a sub-process holds, where it stands apart from its node.
    """

    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[tuple[float, float], ...]]
    frames: Mapping[str, Box] = field(default_factory=dict)


@dataclass(frozen=True)
class Workflow:
    """A process: nodes and flows by identifier, in the order of the file. Made by `workflow()`.

    `english` holds the English words of lanes, and those of the process under its own identifier.
    """

    id: str
    name: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: Mapping[str, str]
    english: Mapping[str, str]
    layout: Layout | None
    start: str
    _starts: Mapping[str, str]
    _outgoing: Mapping[str, tuple[Flow, ...]]
    _incoming: Mapping[str, tuple[Flow, ...]]
    _timers: Mapping[str, tuple[Node, ...]]

    @property
    def label(self) -> str:
        """The name of the process in the language of the page."""
        return worded(self.name, self.english.get(self.id, ""))

    def lane_label(self, lane: str) -> str:
        """The name of a lane in the language of the page."""
        return worded(self.lanes[lane], self.english.get(lane, ""))

    def outgoing(self, node: str) -> tuple[Flow, ...]:
        """The flows that leave a node, in the order of the file."""
        return self._outgoing.get(node, ())

    def incoming(self, node: str) -> tuple[Flow, ...]:
        """The flows that reach a node, in the order of the file."""
        return self._incoming.get(node, ())

    def timers(self, node: str) -> tuple[Node, ...]:
        """The timers that stand at a task or sub-process."""
        return self._timers.get(node, ())

    def start_of(self, process: str) -> str:
        """The start event of a sub-process."""
        return self._starts[process]

    def tasks(self) -> list[Node]:
        """User, service and receive tasks, in the order of the file."""
        return [node for node in self.nodes.values() if node.kind in TASKS]

    def receiver(self, message: str) -> Node | None:
        """The receive task that waits for a message of this name; there is one at most."""
        return next((node for node in self.nodes.values() if node.message == message), None)

    def onward(self, node: str) -> list[Flow]:
        """The flows taken on from a node: into a sub-process, and from its end out of it."""
        found = self.nodes[node]
        if found.kind is NodeKind.PROCESS:
            return list(self.outgoing(self.start_of(node)))
        if found.kind in ENDS and found.within is not None:
            return list(self.outgoing(found.within))
        return list(self.outgoing(node))

    def successors(self, node: str) -> list[str]:
        """The nodes that can come next, those of its timers included."""
        if self.nodes[node].kind is NodeKind.PROCESS:
            found = [self.start_of(node)]
        else:
            found = [flow.target for flow in self.onward(node)]
        return found + [timer.id for timer in self.timers(node)]


def workflow(
    *,
    id: str,  # noqa: A002 - the name of the attribute in BPMN
    name: str,
    nodes: Iterable[Node],
    flows: Iterable[Flow],
    lanes: Mapping[str, str] | None = None,
    english: Mapping[str, str] | None = None,
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
    starts = {node.within or "": node.id for node in by_id.values() if node.kind is NodeKind.START}
    return Workflow(
        id=id,
        name=name,
        nodes=MappingProxyType(by_id),
        flows=MappingProxyType(arrows),
        lanes=MappingProxyType(dict(lanes or {})),
        english=MappingProxyType(dict(english or {})),
        layout=layout,
        start=starts.get("", ""),
        _starts=MappingProxyType(starts),
        _outgoing=MappingProxyType(outgoing),
        _incoming=MappingProxyType(incoming),
        _timers=MappingProxyType(timers),
    )
