"""Where a dossier stands, in words and as a drawing that say the same."""

from __future__ import annotations

from lxml import etree

from tinhso.dossiers.tests.workflow.factories import (
    bpmn,
    end,
    line,
    start,
    task,
    timer,
)
from tinhso.dossiers.tests.workflow.test_tokens import LOOP, PARALLEL, Walk
from tinhso.dossiers.workflow.drawing import draw
from tinhso.dossiers.workflow.explaining import (
    StepState,
    duration_words,
    explain,
    step_rows,
)
from tinhso.dossiers.workflow.parsing import parse

SVG = "{http://www.w3.org/2000/svg}"


def test_it_says_where_work_stands_and_what_can_come_next() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    assert explain(LOOP, walk.tokens) == [
        "Đang ở bước «examine» (vai trò officer) từ 08:00 05/10/2026.",
        "Có thể tới tiếp: «sign».",
    ]


def test_it_says_which_branch_is_awaited() -> None:
    walk = Walk(PARALLEL)
    walk.do("a")
    assert explain(PARALLEL, walk.tokens)[1] == "Nhánh qua «a» đã xong, đang chờ «b»."


def test_it_says_that_it_has_ended() -> None:
    assert explain(LOOP, ()) == ["Quy trình đã kết thúc."]


def test_it_says_what_a_timer_will_do() -> None:
    graph = parse(
        bpmn(
            *(start(), task("a"), task("late", name="Nhắc việc"), end(), end("end2")),
            *(timer("t", "a", waits="P1DT2H", interrupting=False), line("start", "a", "end")),
            line("t", "late", "end2"),
        )
    )
    assert "Sau 1 ngày 2 giờ có thêm việc «t»." in explain(graph, Walk(graph).tokens)[0]
    assert duration_words(0, 2, 0, working=True) == "2 ngày làm việc"


def test_the_table_and_the_drawing_say_the_same() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    visited = {node for node, _branch in walk.visited}
    rows = step_rows(LOOP, walk.tokens, visited)
    assert [(row.node, row.state) for row in rows] == [
        ("receive", StepState.DONE),
        ("examine", StepState.NOW),
        ("sign", StepState.NEXT),
    ]
    svg = etree.fromstring(draw(LOOP, walk.tokens, visited))
    groups = [group for group in svg.iter(f"{SVG}g") if "workflow-step" in group.get("class", "")]
    assert [group.get("class", "").rpartition("--")[2] for group in groups] == [
        row.state.value for row in rows
    ]
    for group, row in zip(groups, rows, strict=True):
        assert row.state.word in "".join(str(text) for text in group.itertext())


def test_a_drawing_needs_no_style_and_escapes_names() -> None:
    graph = parse(bpmn(start(), task("a", name="&lt;script&gt;"), end(), line("start", "a", "end")))
    text = draw(graph)
    assert "style=" not in text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_authors_drawing_is_kept() -> None:
    shapes = "".join(
        f'<di:BPMNShape bpmnElement="{key}"><dc:Bounds x="{x}" y="70" width="90" height="50"/>'
        "</di:BPMNShape>"
        for key, x in (("start", 10), ("a", 210), ("end", 410))
    )
    edges = "".join(
        f'<di:BPMNEdge bpmnElement="{key}"><dd:waypoint x="1" y="95"/><dd:waypoint x="2" y="95"/>'
        "</di:BPMNEdge>"
        for key in ("start-a", "a-end")
    )
    plane = f'<di:BPMNPlane bpmnElement="p">{shapes}{edges}</di:BPMNPlane>'
    diagram = (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        f'xmlns:dd="http://www.omg.org/spec/DD/20100524/DI">{plane}</di:BPMNDiagram>'
    )
    parts = (start(), task("a"), end(), line("start", "a", "end"))
    assert 'x="210" y="70"' in draw(parse(bpmn(*parts, after=diagram)))
    assert 'x="210" y="70"' not in draw(parse(bpmn(*parts, after=diagram.replace("210", "nan"))))
