"""The elements of a BPMN process, one by one: taken into the graph, passed over, or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from tinhso.dossiers.workflow.durations import Duration, duration
from tinhso.dossiers.workflow.errors import Problem
from tinhso.dossiers.workflow.graph import TASKS, Flow, Node, NodeKind

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Our own attributes on BPMN elements: act, role, message, backTo, working, en. A urn, for nothing is to be fetched.
NAMESPACE = "urn:tinhso:bpmn"
OURS = f"{{{NAMESPACE}}}"

# lxml's element type differs between its stubs and its runtime.
Element = Any

_ID = re.compile(r"[^\W\d][\w.\-]*")
_MESSAGE = re.compile(r"[a-z][a-z0-9_.\-]{0,59}")
_PASSED_OVER = frozenset(
    {"", "documentation", "extensionElements", "textAnnotation", "association", "group", "text"}
)
_PARTS = frozenset({"", "documentation", "extensionElements", "incoming", "outgoing"})
_KINDS = {
    "startEvent": NodeKind.START,
    "endEvent": NodeKind.END,
    "userTask": NodeKind.USER,
    "serviceTask": NodeKind.SERVICE,
    "receiveTask": NodeKind.RECEIVE,
    "subProcess": NodeKind.PROCESS,
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "boundaryEvent": NodeKind.TIMER,
    "intermediateCatchEvent": NodeKind.CATCH,
}
_CONTAINERS = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
_TIMED = frozenset({NodeKind.TIMER, NodeKind.CATCH})
LONGEST_ID = 100
AWAITED = "record_answer"
"""The act that a receive task waits for: the answer is recorded, by whoever it reached."""
_REFUSED_FLAGS = ("isForCompensation", "instantiate")


def local(element: Element) -> str:
    """The BPMN name of an element; empty for a comment, another namespace keeps its braces."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    if name.namespace == BPMN[1:-1] or name.localname == "BPMNDiagram":
        return name.localname
    return str(element.tag)


def report(problems: list[Problem], element: Element, sentence: str) -> None:
    """Add a problem at an element; what a hostile file says of itself is cut short."""
    name = local(element).rpartition("}")[2][:LONGEST_ID]
    key = element.get("id", "")[:LONGEST_ID]
    problems.append(Problem(element.sourceline or 0, key, name, sentence))


class Reader:
    """What has been read so far: nodes, flows, the lane of each node, and the problems.

    `listed` and `twice` hold (line, lane, node) of what lanes list, and list once more.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.role_of: dict[str, str] = {}
        self.lane_names: dict[str, str] = {}
        self.lane_english: dict[str, str] = {}
        self.listed: list[tuple[int, str, str]] = []
        self.twice: list[tuple[int, str, str]] = []
        self.messages: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.unsupported: set[str] = set()

    def read(self, process: Element, within: str | None = None) -> None:
        """Take in every element of a process, or of a sub-process."""
        for child in process:
            name = local(child)
            if name in _PASSED_OVER or (within and name in _PARTS):
                continue
            if name == "laneSet":
                self.read_lanes(child)
            elif name == "sequenceFlow":
                self.read_flow(child)
            elif child.get("triggeredByEvent") == "true":
                self.refuse(child, _("Không chạy được quy trình con khởi động bằng sự kiện."))
            elif name in _KINDS:
                self.read_node(child, _KINDS[name], within)
            else:
                self.refuse(child, _("Không chạy được loại phần tử này."))

    def refuse(self, element: Element, sentence: str) -> None:
        """Report an element that is not run here, and whatever it holds that is not run either."""
        report(self.problems, element, sentence)
        self.unsupported.add(element.get("id", ""))
        if local(element) not in _CONTAINERS:
            return
        beside = Reader()
        beside.messages = self.messages
        beside.read(element)
        self.problems += [
            problem
            for problem in beside.problems
            if problem.element != element.get("id", "") and problem.type != "sequenceFlow"
        ]
        self.unsupported |= {*beside.nodes, *beside.unsupported}

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
            self.lane_english[key] = english_of(lane)
            role = lane.get(f"{OURS}role") or lane.get("name", "")
            if not role:
                report(self.problems, lane, _("Làn thiếu tinhso:role hoặc tên."))
            for part in lane:
                if local(part) == "flowNodeRef":
                    self.list_in(lane, (part.text or "").strip(), role)
                elif local(part) not in {"", "documentation", "extensionElements"}:
                    report(self.problems, part, _("Không dùng làn lồng nhau."))

    def list_in(self, lane: Element, node: str, role: str) -> None:
        """Put a node in a lane."""
        place = (lane.sourceline or 0, lane.get("id", ""), node)
        if self.role_of.setdefault(node, role) != role:
            self.twice.append(place)
        self.listed.append(place)

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
            english=english_of(element),
        )

    def read_node(self, element: Element, kind: NodeKind, within: str | None) -> None:
        """A node with what it carries; parts that change its meaning are reported."""
        key = self.new_id(element)
        if kind is NodeKind.PROCESS:
            self.read(element, key)
        else:
            kind, waits = self.read_parts(element, kind)
        for flag in _REFUSED_FLAGS:
            if element.get(flag) == "true":
                report(self.problems, element, _("Không dùng thuộc tính {flag}.").format(flag=flag))
        timed, task = kind in _TIMED, kind in TASKS
        received = kind is NodeKind.RECEIVE
        node = Node(
            id=key,
            kind=kind,
            name=_words(element),
            line=element.sourceline or 0,
            role=element.get(f"{OURS}role") if task else None,
            act=AWAITED if received else element.get(f"{OURS}act") if task else None,
            default=element.get("default"),
            attached_to=element.get("attachedToRef") if kind is NodeKind.TIMER else None,
            interrupting=timed and element.get("cancelActivity") != "false",
            waits=waits if timed else None,
            message=self.message_of(element) if received else None,
            back_to=tuple(element.get(f"{OURS}backTo", "").split()),
            within=within,
            english=english_of(element),
        )
        self.nodes.setdefault(key, node)

    def read_parts(self, element: Element, kind: NodeKind) -> tuple[NodeKind, Duration | None]:
        """What the parts of a node make of it, and how long it waits."""
        waits: Duration | None = None
        parts = list(self.meaningful(element))
        for part in parts:
            name = local(part)
            if kind is NodeKind.END and name == "terminateEventDefinition":
                kind = NodeKind.TERMINATE
            elif kind in _TIMED and name == "timerEventDefinition":
                waits = self.read_timer(element, part)
            else:
                report(self.problems, part, _("Không dùng phần tử này trong bước hay sự kiện."))
        if kind in _TIMED and not parts:
            report(self.problems, element, _("Sự kiện ở đây phải là hẹn giờ."))
        return kind, waits

    def message_of(self, element: Element) -> str:
        """The name of the message that a receive task waits for."""
        own = element.get(f"{OURS}message", "")
        name = own or self.messages.get(element.get("messageRef", ""), "")
        if name and not _MESSAGE.fullmatch(name):
            sentence = _("Tên thông điệp «{name}» phải là mã: chữ thường, số, gạch dưới.")
            report(self.problems, element, sentence.format(name=name[:LONGEST_ID]))
        return name

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
            report(self.problems, event, sentence.format(text=text[:LONGEST_ID]))
            return None

    def meaningful(self, element: Element) -> Iterator[Element]:
        """The parts of an element that say something about how it runs."""
        return (part for part in element if local(part) not in _PARTS)

    def new_id(self, element: Element) -> str:
        """The identifier of an element, reported when missing, malformed or used before."""
        key = str(element.get("id", ""))
        if not _ID.fullmatch(key) or len(key) > LONGEST_ID:
            report(self.problems, element, _("Thiếu id, hoặc id không hợp lệ."))
        elif key in self.ids:
            report(self.problems, element, _("Trùng id với phần tử khác."))
        self.ids.add(key)
        return key


def english_of(element: Element) -> str:
    """The English name of an element: `tinhso:en`, empty where none is given."""
    return " ".join(element.get(f"{OURS}en", "").split())


def _words(element: Element) -> str:
    return " ".join(element.get("name", "").split())
