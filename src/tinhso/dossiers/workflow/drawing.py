"""A drawing of the process with where a dossier stands: SVG with shape, word and colour.

No style attribute and no script, so that it stands in a page under the strict policy; the classes
(`workflow-…`) are coloured by the stylesheet. `explaining.step_rows` gives the same as a table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from tinhso.dossiers.workflow.elements import Element
from tinhso.dossiers.workflow.graph import GATEWAYS, HOSTS, Box, Layout, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Token
from tinhso.dossiers.workflow.placing import placed
from tinhso.dossiers.workflow.trail import Past, StepState, flows_passed, step_states

_SVG = "http://www.w3.org/2000/svg"
_NAMESPACES: Any = {None: _SVG}  # the stubs know no default namespace
_MARGIN = 24.0
_LINE = 16.0
_LETTER = 7.0  # average width of a letter at 13 px
_MARK = {
    NodeKind.START: "",
    NodeKind.END: "",
    NodeKind.TERMINATE: "●",
    NodeKind.EXCLUSIVE: "×",
    NodeKind.PARALLEL: "+",
    NodeKind.TIMER: "◷",
    NodeKind.CATCH: "◷",
}
_TASK_MARK = {
    NodeKind.USER: "",
    NodeKind.SERVICE: "⚙ ",
    NodeKind.RECEIVE: "✉ ",
    NodeKind.PROCESS: "⊞ ",
}
_STATE_MARK = {
    StepState.DONE: "✓",
    StepState.NOW: "▶",
    StepState.NEXT: "○",
    StepState.NONE: "",
}


def draw(workflow: Workflow, tokens: Collection[Token] = (), past: Past | None = None) -> str:
    """The process as SVG text; steps carry their state in words, as shape and as class.

    The way that the dossier has come is drawn stronger (`workflow-flow--passed`).
    """
    past = past or Past()
    layout = placed(workflow)
    states = step_states(workflow, tokens, past)
    passed = flows_passed(workflow, tokens, past)
    left, top, width, height = _extent(layout)
    svg = etree.Element(
        f"{{{_SVG}}}svg",
        nsmap=_NAMESPACES,
        attrib={
            "viewBox": f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "role": "img",
            "class": "workflow",
        },
    )
    _text_part(svg, "title", workflow.label or _("Sơ đồ quy trình"))
    _text_part(svg, "desc", _described(workflow, states))
    _lanes(svg, workflow, layout)
    for process, box in layout.frames.items():
        _frame(svg, workflow.nodes[process].label, box)
    for node in workflow.nodes.values():
        if node.kind is NodeKind.PROCESS and node.id not in layout.frames:
            _frame(svg, node.label, layout.boxes[node.id])
    for flow in workflow.flows.values():
        _flow(svg, layout.lines[flow.id], flow.label, passed=flow.id in passed)
    waiting = {token.node for token in tokens}
    for node in workflow.nodes.values():
        box = layout.boxes[node.id]
        if node.kind in HOSTS and (node.kind is not NodeKind.PROCESS or node.id in layout.frames):
            _task(svg, node, box, states[node.id])
        elif node.kind is not NodeKind.PROCESS:
            _event(svg, node, box, is_here=node.id in waiting)
    return etree.tostring(svg, encoding="unicode")


def _described(workflow: Workflow, states: Mapping[str, StepState]) -> str:
    return "; ".join(
        f"{workflow.nodes[node].label}: {state.word}" for node, state in states.items()
    )


def _extent(layout: Layout) -> tuple[float, float, float, float]:
    points = [point for line in layout.lines.values() for point in line]
    for box in (*layout.boxes.values(), *layout.frames.values()):
        points += [(box.x, box.y), (box.x + box.width, box.y + box.height + _LINE)]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    return left - _MARGIN, top - _MARGIN, right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN


def _part(parent: Element, tag: str, **attributes: str | float) -> Element:
    """An SVG element; `class_` is the class, an underscore stands for a hyphen."""
    return etree.SubElement(
        parent,
        f"{{{_SVG}}}{tag}",
        attrib={
            name.rstrip("_").replace("_", "-"): (
                value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
            )
            for name, value in attributes.items()
        },
    )


def _text_part(parent: Element, tag: str, text: str, **attributes: str | float) -> None:
    _part(parent, tag, **attributes).text = text


def _lanes(svg: Element, workflow: Workflow, layout: Layout) -> None:
    for lane in workflow.lanes:
        box = layout.boxes.get(lane)
        if box is not None:
            group = _part(svg, "g", class_="workflow-lane")
            _part(
                group, "rect", x=box.x, y=box.y, width=box.width, height=box.height,
                fill="none", stroke="#b1b4b6",
            )  # fmt: skip
            _text_part(
                group,
                "text",
                workflow.lane_label(lane),
                x=box.x + 6,
                y=box.y + _LINE,
                font_size="12",
            )


def _frame(svg: Element, name: str, box: Box) -> None:
    """The frame around what a sub-process holds."""
    group = _part(svg, "g", class_="workflow-frame")
    _part(
        group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=10,
        fill="none", stroke="#505a5f", stroke_dasharray="6 4",
    )  # fmt: skip
    _text_part(group, "text", f"⊞ {name}", x=box.x + 10, y=box.y + _LINE + 4, font_size="12")


def _flow(
    svg: Element, points: tuple[tuple[float, float], ...], name: str, *, passed: bool
) -> None:
    group = _part(svg, "g", class_="workflow-flow" + " workflow-flow--passed" * passed)
    colour = "#12447a" if passed else "#505a5f"
    _part(
        group,
        "polyline",
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in points),
        fill="none",
        stroke=colour,
        stroke_width="3" if passed else "1",
    )
    (x0, y0), (x1, y1) = points[-2], points[-1]
    _part(group, "path", d=_arrow_head(x0, y0, x1, y1), fill=colour)
    if name:
        (x0, y0), (x1, y1) = _place_of_name(points)
        _text_part(
            group, "text", name, x=(x0 + x1) / 2, y=(y0 + y1) / 2 - 4, font_size="11",
            text_anchor="middle",
        )  # fmt: skip


def _place_of_name(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """The longest level part of a line after its first bend, where no other line from there runs."""
    parts = list(pairwise(points))
    level = [(one, other) for one, other in parts[1:] if one[1] == other[1]]
    return max(level or parts[:1], key=lambda part: abs(part[1][0] - part[0][0]))


def _arrow_head(x0: float, y0: float, x1: float, y1: float) -> str:
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    dx, dy = (x1 - x0) / length * 8, (y1 - y0) / length * 8
    return (
        f"M{x1:.1f},{y1:.1f} L{x1 - dx - dy / 2:.1f},{y1 - dy + dx / 2:.1f} "
        f"L{x1 - dx + dy / 2:.1f},{y1 - dy - dx / 2:.1f} Z"
    )


def _event(svg: Element, node: Node, box: Box, *, is_here: bool) -> None:
    """An event or gateway; one where the dossier waits says so."""
    here = " workflow-step--now" if is_here else ""
    group = _part(svg, "g", class_=f"workflow-{node.kind.value}{here}")
    x, y = box.x + box.width / 2, box.y + box.height / 2
    if node.kind in GATEWAYS:
        corners = f"{x},{box.y} {box.x + box.width},{y} {x},{box.y + box.height} {box.x},{y}"
        shape = _part(group, "polygon", points=corners, fill="#ffffff", stroke="#0b0c0c")
    else:
        shape = _part(
            group, "circle", cx=x, cy=y, r=box.width / 2, fill="#ffffff", stroke="#0b0c0c"
        )
        if node.kind is NodeKind.TIMER and not node.interrupting:
            shape.set("stroke-dasharray", "4 3")
    if is_here or node.kind in {NodeKind.END, NodeKind.TERMINATE}:
        shape.set("stroke-width", "3")
    if _MARK[node.kind]:
        _text_part(
            group, "text", _MARK[node.kind], x=x, y=y + 6, font_size="18", text_anchor="middle"
        )
    said = [node.label] if node.name else []
    if is_here:
        said.append(f"▶ {_('Đang chờ')}")
    for index, line in enumerate(said):
        _text_part(
            group, "text", line, x=x, y=box.y + box.height + 14 + index * 14, font_size="11",
            text_anchor="middle",
        )  # fmt: skip


def _task(svg: Element, node: Node, box: Box, state: StepState) -> None:
    group = _part(svg, "g", class_=f"workflow-step workflow-step--{state.value}")
    _part(
        group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, fill="#ffffff",
        stroke="#0b0c0c", stroke_width="3" if state is StepState.NOW else "1",
    )  # fmt: skip
    label = f"{_TASK_MARK[node.kind]}{node.label}"
    lines = _wrapped(label, int((box.width - 12) / _LETTER), int(box.height / _LINE) - 1)
    lines.append(f"{_STATE_MARK[state]} {state.word}".strip())
    first = box.y + box.height / 2 - (len(lines) - 1) * _LINE / 2 + 5
    for index, line in enumerate(lines):
        last = index == len(lines) - 1
        _text_part(
            group, "text", line, x=box.x + box.width / 2, y=first + index * _LINE,
            font_size="12" if last else "13", text_anchor="middle",
            font_weight="bold" if last and state is StepState.NOW else "normal",
        )  # fmt: skip


def _wrapped(text: str, letters: int, most: int) -> list[str]:
    """The text in lines of at most so many letters; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    most = max(most, 1)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [line if len(line) <= letters else f"{line[: max(letters - 1, 1)]}…" for line in lines]
