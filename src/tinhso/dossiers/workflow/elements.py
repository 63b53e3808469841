"""The elements of a BPMN process, one by one: taken into the graph, passed over, or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from tinhso.dossiers.workflow.durations import Duration, duration
from tinhso.dossiers.workflow.errors import Problem
from tinhso.dossiers.workflow.graph import ENDS, TASKS, Flow, Node, NodeKind

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Our own attributes on BPMN elements: act, role, working. A urn, for nothing is to be fetched.
NAMESPACE = "urn:tinhso:bpmn"
OURS = f"{{{NAMESPACE}}}"

# lxml's element type differs between its stubs and its runtime.
Element = Any

_ID = re.compile(r"[^\W\d][\w.\-]*")
_PASSED_OVER = frozenset(
    {"", "documentation", "extensionElements", "textAnnotation", "association", "group", "text"}
)
_PARTS = frozenset({"", "documentation", "extensionElements", "incoming", "outgoing"})
_KINDS = {
    "startEvent": NodeKind.START,
    "endEvent": NodeKind.END,
    "userTask": NodeKind.USER,
    "serviceTask": NodeKind.SERVICE,
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "boundaryEvent": NodeKind.TIMER,
}
# How many flows may leave a node: least and most (None: any number).
_LEAVING: dict[NodeKind, tuple[int, int | None]] = {
    NodeKind.START: (1, 1),
    NodeKind.END: (0, 0),
    NodeKind.TERMINATE: (0, 0),
    NodeKind.USER: (1, 1),
    NodeKind.SERVICE: (1, 1),
    NodeKind.EXCLUSIVE: (1, None),
    NodeKind.PARALLEL: (1, None),
    NodeKind.TIMER: (1, 1),
}


def local(element: Element) -> str:
    """The BPMN name of an element; empty for a comment, another namespace keeps its braces."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    if name.namespace == BPMN[1:-1] or name.localname == "BPMNDiagram":
        return name.localname
    return str(element.tag)


def report(problems: list[Problem], element: Element, sentence: str) -> None:
    """Add a problem at an element."""
    name = local(element).rpartition("}")[2]
    problems.append(Problem(element.sourceline or 0, element.get("id", ""), name, sentence))


class Reader:
    """What has been read so far: nodes, flows, the lane of each node, and the problems."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.role_of: dict[str, str] = {}
        self.lane_names: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.unsupported: set[str] = set()

    def read(self, process: Element) -> None:
        """Take in every element of a process."""
        for child in process:
            name = local(child)
            if name in _PASSED_OVER:
                continue
            if name == "laneSet":
                self.read_lanes(child)
            elif name == "sequenceFlow":
                self.read_flow(child)
            elif name in _KINDS:
                self.read_node(child, _KINDS[name])
            else:
                report(self.problems, child, _("Không chạy được loại phần tử này."))
                self.unsupported.add(child.get("id", ""))

    def resolve(self) -> None:
        """Hold every reference to what it names, and every node to its number of flows."""
        for flow in list(self.flows.values()):
            for end in (flow.source, flow.target):
                if end not in self.nodes and end not in self.unsupported:
                    self.report_flow(flow, _("Luồng nối tới «{end}» không có.").format(end=end))
        leaving: dict[str, list[Flow]] = {node: [] for node in self.nodes}
        arriving: dict[str, list[Flow]] = {node: [] for node in self.nodes}
        for flow in self.flows.values():
            leaving.setdefault(flow.source, []).append(flow)
            arriving.setdefault(flow.target, []).append(flow)
        for node in list(self.nodes.values()):
            self.check_node(node, leaving[node.id], arriving[node.id])
            if node.kind in TASKS and node.role is None and node.id in self.role_of:
                self.nodes[node.id] = replace(node, role=self.role_of[node.id])
        starts = [node for node in self.nodes.values() if node.kind is NodeKind.START]
        if not starts:
            self.problems.append(
                Problem(0, "", "startEvent", _("Quy trình không có sự kiện bắt đầu."))
            )
        for node in starts[1:]:
            self.report_node(node, _("Quy trình chỉ có một sự kiện bắt đầu."))
        if not any(node.kind in ENDS for node in self.nodes.values()):
            self.problems.append(
                Problem(0, "", "endEvent", _("Quy trình không có sự kiện kết thúc."))
            )

    def check_node(self, node: Node, leaving: list[Flow], arriving: list[Flow]) -> None:
        """A node's own rules: number of flows, default and conditions, the place of a timer."""
        least, most = _LEAVING[node.kind]
        if len(leaving) < least:
            self.report_node(node, _("Không có luồng đi ra."))
        if most is not None and len(leaving) > most:
            self.report_node(node, _("Có nhiều luồng đi ra; hãy dùng cổng để rẽ nhánh."))
        if arriving and node.kind in {NodeKind.START, NodeKind.TIMER}:
            self.report_node(node, _("Không được có luồng đi vào."))
        if node.kind is NodeKind.EXCLUSIVE and len(leaving) > 1:
            self.check_exclusive(node, leaving)
        else:
            for flow in leaving:
                if flow.condition is not None:
                    self.report_flow(flow, _("Điều kiện chỉ đặt ở luồng ra của cổng loại trừ."))
        if node.kind is NodeKind.TIMER:
            host = self.nodes.get(node.attached_to or "")
            if host is None or host.kind not in TASKS:
                self.report_node(node, _("Hẹn giờ phải gắn vào một bước."))

    def check_exclusive(self, node: Node, leaving: list[Flow]) -> None:
        """A default is among the flows that leave; every other flow has its condition."""
        if node.default not in {flow.id for flow in leaving}:
            self.report_node(node, _("Cổng loại trừ thiếu luồng mặc định (default)."))
        for flow in leaving:
            if flow.condition is None and flow.id != node.default:
                self.report_flow(flow, _("Luồng ra của cổng loại trừ thiếu điều kiện."))
            elif flow.condition is not None and flow.id == node.default:
                self.report_flow(flow, _("Luồng mặc định không mang điều kiện."))

    def read_lanes(self, lane_set: Element) -> None:
        """Lanes are roles: `tinhso:role`, else the lane's name, for the nodes it lists."""
        for lane in lane_set:
            if local(lane) in {"", "documentation", "extensionElements"}:
                continue
            if local(lane) != "lane":
                report(self.problems, lane, _("Không dùng phần tử này trong tập làn."))
                continue
            key = lane.get("id", "")
            self.lane_names[key] = lane.get("name", "")
            role = lane.get(f"{OURS}role") or lane.get("name", "")
            if not role:
                report(self.problems, lane, _("Làn thiếu tinhso:role hoặc tên."))
            for part in lane:
                if local(part) == "flowNodeRef":
                    self.role_of[(part.text or "").strip()] = role
                elif local(part) not in {"", "documentation", "extensionElements"}:
                    report(self.problems, part, _("Không dùng làn lồng nhau."))

    def read_flow(self, element: Element) -> None:
        """A sequence flow and the text of its condition."""
        key = self.new_id(element)
        condition: str | None = None
        for part in element:
            if local(part) == "conditionExpression":
                condition = " ".join("".join(part.itertext()).split())
                language = part.get("language", "")
                if language and "FEEL" not in language.upper():
                    report(self.problems, part, _("Điều kiện viết bằng ngôn ngữ khác."))
                if not condition:
                    report(self.problems, element, _("Điều kiện để trống."))
            elif local(part) not in {"", "documentation", "extensionElements"}:
                report(self.problems, part, _("Không dùng phần tử này trong luồng."))
        self.flows[key] = Flow(
            id=key,
            source=element.get("sourceRef", ""),
            target=element.get("targetRef", ""),
            name=_words(element),
            line=element.sourceline or 0,
            condition=condition,
        )

    def read_node(self, element: Element, kind: NodeKind) -> None:
        """A node with what it carries; parts that change its meaning are reported."""
        key = self.new_id(element)
        waits: Duration | None = None
        for part in self.meaningful(element):
            name = local(part)
            if kind is NodeKind.END and name == "terminateEventDefinition":
                kind = NodeKind.TERMINATE
            elif kind is NodeKind.TIMER and name == "timerEventDefinition":
                waits = self.read_timer(element, part)
            else:
                report(self.problems, part, _("Không dùng phần tử này trong bước hay sự kiện."))
        if kind is NodeKind.TIMER and waits is None and not list(self.meaningful(element)):
            report(self.problems, element, _("Sự kiện biên phải là hẹn giờ."))
        for flag in ("isForCompensation", "triggeredByEvent"):
            if element.get(flag) == "true":
                report(self.problems, element, _("Không dùng thuộc tính {flag}.").format(flag=flag))
        task = kind in TASKS
        node = Node(
            id=key,
            kind=kind,
            name=_words(element),
            line=element.sourceline or 0,
            role=element.get(f"{OURS}role") if task else None,
            act=element.get(f"{OURS}act") if task else None,
            default=element.get("default"),
            attached_to=element.get("attachedToRef") if kind is NodeKind.TIMER else None,
            interrupting=kind is NodeKind.TIMER and element.get("cancelActivity") != "false",
            waits=waits,
        )
        self.nodes.setdefault(key, node)

    def read_timer(self, event: Element, definition: Element) -> Duration | None:
        """The waiting time: `timeDuration`, or `tinhso:working` on the event or its definition."""
        texts = [
            (text, True)
            for text in (event.get(f"{OURS}working"), definition.get(f"{OURS}working"))
            if text
        ]
        for part in self.meaningful(definition):
            if local(part) == "timeDuration":
                texts.append(("".join(part.itertext()).strip(), False))
            else:
                report(self.problems, part, _("Hẹn giờ chỉ nhận khoảng thời gian (timeDuration)."))
        if len(texts) != 1:
            report(self.problems, event, _("Hẹn giờ cần đúng một khoảng thời gian."))
            return None
        text, working = texts[0]
        try:
            return duration(text, working=working)
        except ValueError:
            sentence = _("«{text}» không phải khoảng thời gian ISO 8601 dùng được.")
            report(self.problems, event, sentence.format(text=text))
            return None

    def meaningful(self, element: Element) -> Iterator[Element]:
        """The parts of an element that say something about how it runs."""
        return (part for part in element if local(part) not in _PARTS)

    def new_id(self, element: Element) -> str:
        """The identifier of an element, reported when missing, malformed or used before."""
        key = str(element.get("id", ""))
        if not _ID.fullmatch(key):
            report(self.problems, element, _("Thiếu id, hoặc id không hợp lệ."))
        elif key in self.ids:
            report(self.problems, element, _("Trùng id với phần tử khác."))
        self.ids.add(key)
        return key

    def report_node(self, node: Node, sentence: str) -> None:
        """Add a problem at a node."""
        self.problems.append(Problem(node.line, node.id, node.kind.value, sentence))

    def report_flow(self, flow: Flow, sentence: str) -> None:
        """Add a problem at a flow."""
        self.problems.append(Problem(flow.line, flow.id, "sequenceFlow", sentence))


def _words(element: Element) -> str:
    return " ".join(element.get("name", "").split())
