"""Read a workflow from BPMN 2.0: the subset that is run here, and a list of everything else.

The subset, with the attributes of our own namespace, is tabled in docs/architecture/workflow.md.
Nothing is guessed: an element that is not in it is a `Problem` with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from lxml import etree

from tinhso.dossiers.workflow.checking import problems_of
from tinhso.dossiers.workflow.drawn import layout_of
from tinhso.dossiers.workflow.elements import BPMN, Element, Reader, english_of, local, report
from tinhso.dossiers.workflow.errors import Problem, WorkflowUnsupported
from tinhso.dossiers.workflow.graph import TASKS, WORKED, Node, Workflow, workflow
from tinhso.dossiers.workflow.resolving import at_node, resolve

__all__ = ["CheckCondition", "Workflow", "parse"]

MAX_BYTES = 1_000_000
MAX_NODES = 500
LONGEST_REASON = 200
DIAGRAM = "BPMNDiagram"

CheckCondition = Callable[[str], Sequence[str]]


def parse(
    source: bytes,
    *,
    acts: Mapping[str, Sequence[str]] | None = None,
    roles: Collection[str] | None = None,
    check_condition: CheckCondition | None = None,
) -> Workflow:
    """Read and check a BPMN file.

    `acts` gives the outcomes that each registered act declares, `roles` the codes of known roles;
    None leaves them unchecked. `check_condition` returns what is wrong with the text of a
    condition, in sentences. Raises `WorkflowUnsupported` with the complete list of problems.
    """
    root = _root(source)
    reader = Reader()
    process = _process(root, reader)
    if process is None:
        raise WorkflowUnsupported(reader.problems)
    reader.read(process)
    resolve(reader)
    nodes = [_with_outcomes(node, acts) for node in reader.nodes.values()]
    problems = [
        *reader.problems,
        *_unknown(nodes, acts, roles),
        *_conditions(reader, check_condition),
    ]
    if len(nodes) > MAX_NODES:
        sentence = _("Quy trình có hơn {limit} phần tử.").format(limit=MAX_NODES)
        problems.append(
            Problem(process.sourceline or 0, process.get("id", ""), "process", sentence)
        )
    if problems:
        raise WorkflowUnsupported(problems)
    graph = workflow(
        id=process.get("id", ""),
        name=process.get("name", ""),
        nodes=nodes,
        flows=reader.flows.values(),
        lanes=reader.lane_names,
        english={**reader.lane_english, process.get("id", ""): english_of(process)},
        layout=layout_of(root),
    )
    unsound = problems_of(graph)
    if unsound:
        raise WorkflowUnsupported(unsound)
    return graph


def _root(source: bytes) -> Element:
    """The XML document, with no entity resolved, no network, no huge tree; UTF-8 alone."""
    if len(source) > MAX_BYTES:
        raise _unread("xml", _("Tệp lớn hơn {limit} byte.").format(limit=MAX_BYTES))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unread("xml", _("Tệp phải là XML mã hóa UTF-8.")) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _unread("DOCTYPE", _("Không nhận khai báo DOCTYPE."))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as broken:
        reason = " ".join(str(broken.msg).split())[:LONGEST_REASON]
        line = broken.lineno or 1
        sentence = _(
            "XML viết sai ở đây: mỗi thẻ mở phải có thẻ đóng cùng tên, giá trị thuộc tính trong nháy."
            " Bộ đọc XML báo: {reason}"
        )
        raise _unread("xml", sentence.format(reason=reason), line) from None


def _unread(what: str, sentence: str, line: int = 1) -> WorkflowUnsupported:
    return WorkflowUnsupported([Problem(line, "", what, sentence)])


def _process(root: Element, reader: Reader) -> Element | None:
    """The one process of the file; every other element of the top level is reported."""
    if root.tag != f"{BPMN}definitions":
        report(reader.problems, root, _("Phần tử gốc phải là definitions của BPMN 2.0."))
        return None
    processes: list[Element] = []
    for child in root:
        name = local(child)
        if name == "process":
            processes.append(child)
        elif name == "message":
            reader.messages[child.get("id", "")] = child.get("name", "")
        elif name == "collaboration":
            _collaboration(child, reader)
        elif name not in {"", "documentation", "extensionElements", "category", DIAGRAM}:
            report(reader.problems, child, _("Không dùng phần tử này."))
    for extra in processes[1:]:
        reader.refuse(extra, _("Một tệp chỉ mô tả một quy trình."))
    if not processes:
        report(reader.problems, root, _("Không có quy trình (process) nào."))
        return None
    return processes[0]


def _collaboration(collaboration: Element, reader: Reader) -> None:
    """A single pool that frames the process is allowed; partners and messages are not."""
    pools = 0
    for child in collaboration:
        name = local(child)
        if name == "participant" and child.get("processRef"):
            pools += 1
            if pools > 1:
                report(reader.problems, child, _("Chỉ một bên tham gia có quy trình."))
        elif name not in {"", "documentation", "extensionElements"}:
            report(reader.problems, child, _("Không dùng bên ngoài hay luồng thông điệp."))


def _with_outcomes(node: Node, acts: Mapping[str, Sequence[str]] | None) -> Node:
    if acts is None or node.act is None:
        return node
    return replace(node, outcomes=tuple(acts.get(node.act, ())))


def _unknown(
    nodes: list[Node], acts: Mapping[str, Sequence[str]] | None, roles: Collection[str] | None
) -> list[Problem]:
    """Tasks without an act or role, or with one that nobody declared."""
    found: list[Problem] = []
    for node in nodes:
        if node.kind not in TASKS:
            continue
        if not node.act:
            found.append(at_node(node, _("Bước thiếu tinhso:act (việc phải làm).")))
        elif acts is not None and node.act not in acts:
            found.append(at_node(node, _("Không có việc nào tên «{act}».").format(act=node.act)))
        if node.kind in WORKED and not node.role:
            found.append(at_node(node, _("Bước không nằm trong làn (vai trò) nào.")))
        elif roles is not None and node.role and node.role not in roles:
            found.append(
                at_node(node, _("Không có vai trò nào tên «{role}».").format(role=node.role))
            )
    return found


def _conditions(reader: Reader, check: CheckCondition | None) -> list[Problem]:
    if check is None:
        return []
    return [
        Problem(flow.line, flow.id, "conditionExpression", sentence)
        for flow in reader.flows.values()
        if flow.condition is not None
        for sentence in check(flow.condition)
    ]
