"""Every reference held to what it names, and every node to its number of flows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.dossiers.workflow.errors import Problem
from tinhso.dossiers.workflow.graph import ENDS, HOSTS, TASKS, Flow, Node, NodeKind

if TYPE_CHECKING:
    from tinhso.dossiers.workflow.elements import Reader

_LEAVING: dict[NodeKind, tuple[int, int | None]] = {
    NodeKind.START: (1, 1),
    NodeKind.END: (0, 0),
    NodeKind.TERMINATE: (0, 0),
    NodeKind.USER: (1, 1),
    NodeKind.SERVICE: (1, 1),
    NodeKind.RECEIVE: (1, 1),
    NodeKind.PROCESS: (1, 1),
    NodeKind.EXCLUSIVE: (1, None),
    NodeKind.PARALLEL: (1, None),
    NodeKind.TIMER: (1, 1),
    NodeKind.CATCH: (1, 1),
}
"""How many flows may leave a node: least and most (None: any number)."""


def resolve(reader: Reader) -> None:
    """Check what has been read as a whole, and give every task the role of its lane."""
    leaving: dict[str, list[Flow]] = {node: [] for node in reader.nodes}
    arriving: dict[str, list[Flow]] = {node: [] for node in reader.nodes}
    for flow in reader.flows.values():
        _check_flow(reader, flow)
        leaving.setdefault(flow.source, []).append(flow)
        arriving.setdefault(flow.target, []).append(flow)
    for node in list(reader.nodes.values()):
        _check_node(reader, node, leaving[node.id], arriving[node.id])
        if node.kind in TASKS and node.role is None:
            reader.nodes[node.id] = replace(node, role=_role_of(reader, node))
    _check_lanes(reader)
    _check_messages(reader)
    _check_ends(reader, None)
    for node in reader.nodes.values():
        if node.kind is NodeKind.PROCESS:
            _check_ends(reader, node)


def at_node(node: Node, sentence: str) -> Problem:
    """A problem at a node."""
    return Problem(node.line, node.id, node.kind.value, sentence)


def at_flow(flow: Flow, sentence: str) -> Problem:
    """A problem at a flow."""
    return Problem(flow.line, flow.id, "sequenceFlow", sentence)


def _check_flow(reader: Reader, flow: Flow) -> None:
    for end in (flow.source, flow.target):
        if end not in reader.nodes and end not in reader.unsupported:
            sentence = _("Luồng nối tới «{end}» không có.").format(end=end)
            reader.problems.append(at_flow(flow, sentence))
    inside = {reader.nodes[end].within for end in (flow.source, flow.target) if end in reader.nodes}
    if len(inside) > 1:
        sentence = _("Luồng không được đi qua khung của quy trình con.")
        reader.problems.append(at_flow(flow, sentence))


def _role_of(reader: Reader, node: Node) -> str | None:
    """The lane of a node, else that of the sub-process around it."""
    around: Node | None = node
    while around is not None:
        if around.id in reader.role_of:
            return reader.role_of[around.id]
        around = reader.nodes.get(around.within) if around.within else None
    return None


def _check_node(reader: Reader, node: Node, leaving: list[Flow], arriving: list[Flow]) -> None:
    """A node's own rules: number of flows, default and conditions, the place of a timer."""

    def report(sentence: str) -> None:
        reader.problems.append(at_node(node, sentence))

    least, most = _LEAVING[node.kind]
    if len(leaving) < least:
        report(_("Không có luồng đi ra."))
    if most is not None and len(leaving) > most:
        report(_("Có nhiều luồng đi ra; hãy dùng cổng để rẽ nhánh."))
    if arriving and node.kind in {NodeKind.START, NodeKind.TIMER}:
        report(_("Không được có luồng đi vào."))
    if node.kind is NodeKind.EXCLUSIVE and len(leaving) > 1:
        _check_exclusive(reader, node, leaving)
    else:
        for flow in leaving:
            if flow.condition is not None:
                sentence = _("Điều kiện chỉ đặt ở luồng ra của cổng loại trừ.")
                reader.problems.append(at_flow(flow, sentence))
    _check_references(reader, node)


def _check_references(reader: Reader, node: Node) -> None:
    """What a node names stands where it has to."""
    if node.kind is NodeKind.TIMER and node.attached_to not in reader.unsupported:
        host = reader.nodes.get(node.attached_to or "")
        if host is None or host.kind not in HOSTS or host.within != node.within:
            sentence = _("Hẹn giờ phải gắn vào một bước hay quy trình con ở cùng mức.")
            reader.problems.append(at_node(node, sentence))
    for step in node.back_to:
        target = reader.nodes.get(step)
        if target is None or target.kind is not NodeKind.USER:
            sentence = _("tinhso:backTo nêu «{step}» không phải là userTask.").format(step=step)
            reader.problems.append(at_node(node, sentence))


def _check_exclusive(reader: Reader, node: Node, leaving: list[Flow]) -> None:
    """A default is among the flows that leave; every other flow has its condition."""
    if node.default not in {flow.id for flow in leaving}:
        reader.problems.append(at_node(node, _("Cổng loại trừ thiếu luồng mặc định (default).")))
    for flow in leaving:
        if flow.condition is None and flow.id != node.default:
            reader.problems.append(at_flow(flow, _("Luồng ra của cổng loại trừ thiếu điều kiện.")))
        elif flow.condition is not None and flow.id == node.default:
            reader.problems.append(at_flow(flow, _("Luồng mặc định không mang điều kiện.")))


def _check_lanes(reader: Reader) -> None:
    """What a lane lists is there; a node stands in one lane."""
    for line, lane, listed in reader.listed:
        if listed not in reader.nodes and listed not in reader.unsupported:
            sentence = _("Làn nêu «{node}» không có trong quy trình.").format(node=listed)
            reader.problems.append(Problem(line, lane, "lane", sentence))
    for line, lane, listed in reader.twice:
        sentence = _("«{node}» đã nằm trong làn khác.").format(node=listed)
        reader.problems.append(Problem(line, lane, "lane", sentence))


def _check_messages(reader: Reader) -> None:
    """A receive task names its message, and no other waits for the same."""
    known: set[str] = set()
    for node in reader.nodes.values():
        if node.kind is not NodeKind.RECEIVE:
            continue
        if not node.message:
            sentence = _("Bước chờ thiếu tên thông điệp (tinhso:message hoặc messageRef).")
            reader.problems.append(at_node(node, sentence))
        elif node.message in known:
            sentence = _("Đã có bước khác chờ thông điệp «{message}».")
            reader.problems.append(at_node(node, sentence.format(message=node.message)))
        known.add(node.message or "")


def _check_ends(reader: Reader, process: Node | None) -> None:
    """A process, or sub-process, has one beginning and at least one end."""
    within = process.id if process else None
    inside = [node for node in reader.nodes.values() if node.within == within]
    line, key = (process.line, process.id) if process else (0, "")
    starts = [node for node in inside if node.kind is NodeKind.START]
    if not starts:
        reader.problems.append(
            Problem(line, key, "startEvent", _("Quy trình không có sự kiện bắt đầu."))
        )
    for node in starts[1:]:
        reader.problems.append(at_node(node, _("Quy trình chỉ có một sự kiện bắt đầu.")))
    if not any(node.kind in ENDS for node in inside):
        reader.problems.append(
            Problem(line, key, "endEvent", _("Quy trình không có sự kiện kết thúc."))
        )
