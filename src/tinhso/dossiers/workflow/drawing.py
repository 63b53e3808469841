"""A drawing of the process with where a dossier stands: SVG with shape, word and colour.

No style attribute and no script, so that it stands in a page under the strict policy; the classes
(`workflow-…`) are coloured by the stylesheet. `explaining.step_rows` gives the same as a table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from tinhso.dossiers.workflow.elements import Element
from tinhso.dossiers.workflow.explaining import StepState, step_states
from tinhso.dossiers.workflow.graph import TASKS, Box, Layout, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Token
from tinhso.dossiers.workflow.placing import placed

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
}
_STATE_MARK = {
    StepState.DONE: "✓",
    StepState.NOW: "▶",
    StepState.NEXT: "○",
    StepState.NONE: "",
}


def draw(workflow: Workflow, tokens: Collection[Token] = (), visited: Iterable[str] = ()) -> str:
    """The process as SVG text; steps carry their state in words, as shape and as class."""
    layout = placed(workflow)
    states = step_states(workflow, tokens, visited)
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
    _text_part(svg, "title", workflow.name or _("Sơ đồ quy trình"))
    _text_part(svg, "desc", _described(workflow, states))
    _lanes(svg, workflow, layout)
    for flow in workflow.flows.values():
        _flow(svg, layout.lines[flow.id], flow.name)
    for node in workflow.nodes.values():
        _node(svg, node, layout.boxes[node.id], states)
    return etree.tostring(svg, encoding="unicode")


def _described(workflow: Workflow, states: Mapping[str, StepState]) -> str:
    return "; ".join(f"{node.label}: {states[node.id].word}" for node in workflow.tasks())


def _extent(layout: Layout) -> tuple[float, float, float, float]:
    points = [point for line in layout.lines.values() for point in line]
    for box in layout.boxes.values():
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
    for lane, name in workflow.lanes.items():
        box = layout.boxes.get(lane)
        if box is not None:
            group = _part(svg, "g", class_="workflow-lane")
            _part(
                group, "rect", x=box.x, y=box.y, width=box.width, height=box.height,
                fill="none", stroke="#b1b4b6",
            )  # fmt: skip
            _text_part(group, "text", name, x=box.x + 6, y=box.y + _LINE, font_size="12")


def _flow(svg: Element, points: tuple[tuple[float, float], ...], name: str) -> None:
    group = _part(svg, "g", class_="workflow-flow")
    _part(
        group,
        "polyline",
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in points),
        fill="none",
        stroke="#505a5f",
    )
    (x0, y0), (x1, y1) = points[-2], points[-1]
    _part(group, "path", d=_arrow_head(x0, y0, x1, y1), fill="#505a5f")
    if name:
        x, y = points[0]
        following = points[1]
        _text_part(
            group, "text", name, x=(x + following[0]) / 2, y=(y + following[1]) / 2 - 4,
            font_size="11", text_anchor="middle",
        )  # fmt: skip


def _arrow_head(x0: float, y0: float, x1: float, y1: float) -> str:
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    dx, dy = (x1 - x0) / length * 8, (y1 - y0) / length * 8
    return (
        f"M{x1:.1f},{y1:.1f} L{x1 - dx - dy / 2:.1f},{y1 - dy + dx / 2:.1f} "
        f"L{x1 - dx + dy / 2:.1f},{y1 - dy - dx / 2:.1f} Z"
    )


def _node(svg: Element, node: Node, box: Box, states: Mapping[str, StepState]) -> None:
    if node.kind in TASKS:
        _task(svg, node, box, states[node.id])
        return
    group = _part(svg, "g", class_=f"workflow-{node.kind.value}")
    x, y = box.x + box.width / 2, box.y + box.height / 2
    if node.kind in {NodeKind.EXCLUSIVE, NodeKind.PARALLEL}:
        corners = f"{x},{box.y} {box.x + box.width},{y} {x},{box.y + box.height} {box.x},{y}"
        _part(group, "polygon", points=corners, fill="#ffffff", stroke="#0b0c0c")
    else:
        thick = "3" if node.kind in {NodeKind.END, NodeKind.TERMINATE} else "1"
        shape = _part(
            group, "circle", cx=x, cy=y, r=box.width / 2, fill="#ffffff", stroke="#0b0c0c",
            stroke_width=thick,
        )  # fmt: skip
        if node.kind is NodeKind.TIMER and not node.interrupting:
            shape.set("stroke-dasharray", "4 3")
    if _MARK[node.kind]:
        _text_part(
            group, "text", _MARK[node.kind], x=x, y=y + 6, font_size="18", text_anchor="middle"
        )
    if node.name:
        _text_part(
            group, "text", node.name, x=x, y=box.y + box.height + 14, font_size="11",
            text_anchor="middle",
        )  # fmt: skip


def _task(svg: Element, node: Node, box: Box, state: StepState) -> None:
    group = _part(svg, "g", class_=f"workflow-step workflow-step--{state.value}")
    _part(
        group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, fill="#ffffff",
        stroke="#0b0c0c", stroke_width="3" if state is StepState.NOW else "1",
    )  # fmt: skip
    lines = _wrapped(node.label, int((box.width - 12) / _LETTER), int(box.height / _LINE) - 1)
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
