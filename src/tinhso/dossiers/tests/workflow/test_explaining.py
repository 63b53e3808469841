"""Where a dossier stands, in words and as a drawing that say the same."""

from __future__ import annotations

from lxml import etree

from tinhso.dossiers.tests.workflow.factories import (
    AT,
    bpmn,
    end,
    judge,
    line,
    pause,
    process_within,
    receive,
    start,
    task,
    timer,
    xor,
)
from tinhso.dossiers.tests.workflow.test_tokens import LOOP, PARALLEL, Walk
from tinhso.dossiers.workflow.drawing import draw
from tinhso.dossiers.workflow.explaining import (
    Holder,
    Known,
    duration_words,
    explain,
    step_rows,
)
from tinhso.dossiers.workflow.parsing import parse
from tinhso.dossiers.workflow.trail import Past, StepState, flows_passed, step_states

SVG = "{http://www.w3.org/2000/svg}"


def test_it_says_where_work_stands_and_what_can_come_next() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    assert explain(LOOP, walk.tokens) == [
        "Đang ở bước «examine» (vai trò officer) từ 08:00, 05/10/2026.",
        "Có thể tới tiếp: «sign».",
    ]


def test_it_says_which_branch_is_awaited() -> None:
    walk = Walk(PARALLEL)
    walk.do("a")
    assert explain(PARALLEL, walk.tokens)[1] == (
        "Nhánh qua «a» đã xong, đang chờ «b» (1 trên 2 nhánh đã xong)."
    )


def test_it_says_who_is_awaited_until_when_and_what_follows() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    known = Known(
        roles={"officer": "Công chức xử lý"},
        outcomes={"done": "Đủ điều kiện", "again": "Làm lại"},
        holders={walk.at("examine").id: Holder("Sở Y tế", "Hùng", AT)},
        judge=judge,
    )
    assert explain(LOOP, walk.tokens, known)[0] == (
        "Đang ở bước «examine», chờ Công chức xử lý, Sở Y tế, Hùng từ 08:00, 05/10/2026, "
        "hạn 08:00, 05/10/2026. Nếu «Đủ điều kiện» thì sang «sign». "
        "Nếu «Làm lại» thì sang «examine»."
    )


def test_it_says_that_an_outcome_waits_at_a_join_or_ends() -> None:
    walk = Walk(PARALLEL)
    said = explain(PARALLEL, walk.tokens, Known(judge=judge))
    assert said[0].endswith("Xong bước này thì chờ các nhánh khác ở «j».")
    for node in ("a", "b", "b2"):
        walk.do(node)
    said = explain(PARALLEL, walk.tokens, Known(judge=judge))
    assert said[0].endswith("Xong bước này thì quy trình kết thúc.")


ANSWERED = parse(
    bpmn(
        *(start(), receive("wait"), pause("rest", waits="P2D"), end()),
        process_within("sub", start("i"), task("a"), end("o"), line("i", "a", "o")),
        *(timer("t", "sub"), task("late"), end("end2"), line("t", "late", "end2")),
        line("start", "wait", "rest", "sub", "end"),
    )
)


def test_it_says_that_an_answer_or_a_day_is_awaited() -> None:
    walk = Walk(ANSWERED)
    assert explain(ANSWERED, walk.tokens)[0] == (
        "Đang chờ trả lời từ bên ngoài ở bước «wait» (officer ghi nhận) từ 08:00, 05/10/2026."
    )
    walk.do("wait")
    [token] = walk.tokens
    assert explain(ANSWERED, walk.tokens)[0].endswith("Đi tiếp sau 2 ngày.")
    known = Known(rings_at={(token.id, "rest"): AT})
    assert explain(ANSWERED, walk.tokens, known)[0].endswith("Đi tiếp lúc 08:00, 05/10/2026.")


def test_the_timer_around_a_sub_process_is_told_of_inside() -> None:
    walk = Walk(ANSWERED)
    walk.do("wait")
    walk.ring("rest", "rest")
    assert "«t»" in explain(ANSWERED, walk.tokens)[0]


def test_the_way_that_was_taken_is_marked() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    past = Past(frozenset({"receive", "examine"}), frozenset({"receive"}))
    assert flows_passed(LOOP, walk.tokens, past) == {"start-receive", "receive-examine"}
    walk.do("examine")
    past = Past(frozenset({"receive", "examine", "sign"}), frozenset({"receive", "examine"}))
    passed = flows_passed(LOOP, walk.tokens, past)
    assert {"examine-g", "g-sign"} <= passed
    assert "sign-end" not in passed
    walk.do("sign")
    past = Past(past.visited, past.visited)
    assert "sign-end" in flows_passed(LOOP, walk.tokens, past)
    assert 'workflow-flow--passed"' in draw(LOOP, walk.tokens, past)
    assert flows_passed(LOOP, (), Past()) == set()


def test_a_timer_that_did_not_go_off_is_no_way_that_was_taken() -> None:
    graph = parse(
        bpmn(
            *(start(), task("a"), timer("t", "a"), xor("m"), task("z"), end()),
            *(line("start", "a", "m", "z", "end"), line("t", "m")),
        )
    )
    walk = Walk(graph)
    walk.do("a")
    visited = frozenset({"a", "z"})
    assert "t-m" not in flows_passed(graph, walk.tokens, Past(visited, frozenset({"a"})))
    late = Past(visited, frozenset(), frozenset({"a"}))
    passed = flows_passed(graph, walk.tokens, late)
    assert "t-m" in passed
    assert "a-m" not in passed


def test_every_kind_of_element_is_drawn_without_a_drawing_of_its_own() -> None:
    walk = Walk(ANSWERED)
    walk.do("wait")
    svg = draw(ANSWERED, walk.tokens, Past(frozenset({"wait"}), frozenset({"wait"})))
    assert "▶ Đang chờ" in svg
    assert "workflow-frame" in svg
    walk.ring("rest", "rest")
    states = step_states(ANSWERED, walk.tokens, Past(frozenset({"wait", "a"}), frozenset({"wait"})))
    assert states["sub"] is states["a"] is StepState.NOW
    assert states["rest"] is StepState.DONE


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
    past = Past(frozenset({"receive", "examine"}), frozenset({"receive"}))
    rows = step_rows(LOOP, walk.tokens, past)
    assert [(row.node, row.state) for row in rows] == [
        ("receive", StepState.DONE),
        ("examine", StepState.NOW),
        ("sign", StepState.NEXT),
    ]
    svg = etree.fromstring(draw(LOOP, walk.tokens, past))
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
