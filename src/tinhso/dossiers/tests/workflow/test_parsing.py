"""What is read from BPMN, and what is refused with its line."""

from __future__ import annotations

import pytest

from tinhso.dossiers.tests.workflow.factories import (
    both,
    bpmn,
    end,
    flow,
    line,
    service,
    start,
    task,
    timer,
    xor,
)
from tinhso.dossiers.workflow.errors import Problem, WorkflowUnsupported
from tinhso.dossiers.workflow.graph import NodeKind
from tinhso.dossiers.workflow.parsing import MAX_BYTES, parse

STRAIGHT = (start(), task("a"), end(), line("start", "a", "end"))


def problems(source: bytes, **known: object) -> list[Problem]:
    with pytest.raises(WorkflowUnsupported) as refused:
        parse(source, **known)  # type: ignore[arg-type]
    assert refused.value.status == 422
    assert str(len(refused.value.problems)) in str(refused.value)
    return list(refused.value.problems)


def elements(source: bytes, **known: object) -> set[str]:
    return {problem.element for problem in problems(source, **known)}


def test_a_straight_process_is_read() -> None:
    graph = parse(bpmn(*STRAIGHT))
    assert [node.kind for node in graph.nodes.values()] == [
        NodeKind.START,
        NodeKind.USER,
        NodeKind.END,
    ]
    assert (graph.nodes["a"].act, graph.nodes["a"].role) == ("work", "officer")
    assert graph.name == "Quy trình"


def test_lanes_are_roles() -> None:
    lanes = (
        '<laneSet><lane id="l1" name="Một cửa" tinhso:role="onestop">'
        '<flowNodeRef>a</flowNodeRef></lane><lane id="l2" name="chuyenvien">'
        "<flowNodeRef>b</flowNodeRef></lane></laneSet>"
    )
    tasks = [f'<userTask id="{key}" tinhso:act="work"/>' for key in "ab"]
    graph = parse(bpmn(lanes, start(), *tasks, end(), line("start", "a", "b", "end")))
    assert (graph.nodes["a"].role, graph.nodes["b"].role) == ("onestop", "chuyenvien")
    assert graph.lanes == {"l1": "Một cửa", "l2": "chuyenvien"}


def test_a_declared_act_gives_its_outcomes() -> None:
    graph = parse(bpmn(*STRAIGHT), acts={"work": ("done", "refused")}, roles={"officer"})
    assert graph.nodes["a"].outcomes == ("done", "refused")


def test_an_unknown_act_or_role_is_named() -> None:
    found = problems(bpmn(*STRAIGHT), acts={"decide": ()}, roles={"head"})
    assert [(problem.element, problem.type) for problem in found] == [("a", "userTask")] * 2


@pytest.mark.parametrize(
    "part",
    [
        '<subProcess id="x" triggeredByEvent="true"/>',
        '<transaction id="x"/>',
        '<inclusiveGateway id="x"/>',
        '<eventBasedGateway id="x"/>',
        '<complexGateway id="x"/>',
        '<task id="x"/>',
        '<scriptTask id="x"><script>1</script></scriptTask>',
        '<callActivity id="x"/>',
        '<intermediateThrowEvent id="x"/>',
        '<dataObject id="x"/>',
        '<dataStoreReference id="x"/>',
        '<other xmlns="urn:other" id="x"/>',
    ],
)
def test_any_other_element_is_reported_with_its_line(part: str) -> None:
    [found] = problems(bpmn(*STRAIGHT, part))
    assert (found.element, found.type) == ("x", part[1:].split(maxsplit=1)[0])
    assert found.line == 8
    assert str(found).startswith("dòng 8: ")


def test_the_list_is_complete() -> None:
    source = bpmn(
        '<startEvent id="start"><messageEventDefinition id="m"/></startEvent>',
        '<userTask id="a"><multiInstanceLoopCharacteristics id="mi"/></userTask>',
        '<businessRuleTask id="b"/>',
        end(),
        line("start", "a", "b", "end"),
    )
    assert elements(source) == {"m", "mi", "a", "b"}


def test_flows_must_meet_nodes() -> None:
    assert elements(bpmn(*STRAIGHT, flow("a", "nowhere"))) == {"a", "a-nowhere"}
    assert elements(bpmn(*STRAIGHT, task("start"))) == {"start"}


def test_a_task_has_an_act_and_a_role_and_one_way_out() -> None:
    source = bpmn(start(), '<userTask id="a"/>', end(), end("end2"), line("start", "a", "end"))
    assert [problem.element for problem in problems(source)] == ["a", "a"]
    source = bpmn(*STRAIGHT, end("end2"), flow("a", "end2"))
    assert elements(source) == {"a"}


def test_an_exclusive_gateway_has_a_default_and_conditions() -> None:
    base = (start(), task("a"), task("b"), end(), line("start", "a", "g", "end"), flow("b", "end"))
    assert elements(bpmn(*base, xor("g"), flow("g", "b", 'outcome = "x"'))) == {"g", "g-end"}
    assert elements(bpmn(*base, xor("g", "g-end"), flow("g", "b"))) == {"g-b"}
    good = bpmn(*base, xor("g", "g-end"), flow("g", "b", 'outcome  =\n "x"'))
    assert parse(good).flows["g-b"].condition == 'outcome = "x"'


def test_conditions_are_checked_by_the_language() -> None:
    source = bpmn(
        *(start(), task("a"), xor("g", "g-end"), task("b"), end(), flow("b", "end")),
        *(line("start", "a", "g", "end"), flow("g", "b", "1 +")),
    )
    found = problems(source, check_condition=lambda text: [f"not {text}"])
    assert [(problem.element, problem.sentence) for problem in found] == [("g-b", "not 1 +")]


def test_another_language_of_conditions_is_refused() -> None:
    condition = '<conditionExpression id="c" language="javascript">x</conditionExpression>'
    source = bpmn(
        *(start(), task("a"), xor("g", "g-end"), task("b"), end(), flow("b", "end")),
        line("start", "a", "g", "end"),
        f'<sequenceFlow id="f" sourceRef="g" targetRef="b">{condition}</sequenceFlow>',
    )
    assert elements(source) == {"c"}


@pytest.mark.parametrize("waits", ["", "5 days", "P", "PT", "P0D", "-P1D", "P1.5D", "R3/PT1H"])
def test_a_timer_waits_an_iso_duration(waits: str) -> None:
    source = bpmn(*STRAIGHT, timer("t", "a", waits=waits), flow("t", "end"))
    assert elements(source) == {"t"}


def test_working_time_stands_on_the_timer() -> None:
    event = (
        '<boundaryEvent id="t" attachedToRef="a">'
        '<timerEventDefinition tinhso:working="PT8H"/></boundaryEvent>'
    )
    waits = parse(bpmn(*STRAIGHT, event, flow("t", "end"))).nodes["t"].waits
    assert waits is not None
    assert (waits.seconds, waits.days, waits.working) == (8 * 3600, 0, True)
    for wrong in ("P1M", "P1DT1H", "PT30S"):
        broken = event.replace("PT8H", wrong)
        assert elements(bpmn(*STRAIGHT, broken, flow("t", "end"))) == {"t"}


def test_what_nobody_reaches_and_what_leads_nowhere_is_named() -> None:
    source = bpmn(*STRAIGHT, task("lost"), flow("lost", "end"))
    assert elements(source) == {"lost"}
    source = bpmn(
        *(start(), task("a"), xor("g", "g-end"), task("b"), task("c"), end()),
        *(line("start", "a", "g", "end"), flow("g", "b", 'outcome = "x"'), line("b", "c", "b")),
    )
    assert elements(source) == {"b", "c"}


def test_a_join_that_waits_for_ever_is_named() -> None:
    source = bpmn(
        *(start(), task("a"), xor("g", "g-b"), task("b"), task("c"), both("j"), end()),
        *(
            line("start", "a", "g", "b", "j", "end"),
            flow("g", "c", 'outcome = "x"'),
            flow("c", "j"),
        ),
    )
    assert elements(source) == {"j"}


def test_a_join_of_branches_of_two_splits_is_named() -> None:
    source = bpmn(
        *(start(), both("s"), task("a"), both("s2"), task("b"), task("c"), both("j"), end()),
        *(line("start", "s", "a", "j", "end"), line("s", "s2", "b", "j"), line("s2", "c", "end")),
    )
    assert elements(source) == {"j"}


def test_branches_merged_without_a_join_are_named() -> None:
    source = bpmn(
        *(start(), both("s"), task("a"), task("b"), task("c"), end()),
        *(line("start", "s", "a", "c", "end"), line("s", "b", "c")),
    )
    assert elements(source) == {"c"}


def test_a_split_that_leads_back_to_itself_is_named() -> None:
    source = bpmn(
        *(start(), task("a"), both("s"), task("b"), end(), line("start", "a", "s", "b", "end")),
        flow("s", "a"),
    )
    assert elements(source) == {"a"}


def test_gateways_in_a_circle_are_named() -> None:
    source = bpmn(
        *(start(), xor("g", "g-h"), xor("h", "h-end"), end(), line("start", "g", "h", "end")),
        flow("h", "g", 'outcome = "x"'),
    )
    with pytest.raises(WorkflowUnsupported):
        parse(source)


def test_a_reminder_in_a_loop_is_sound() -> None:
    parse(
        bpmn(
            *(start(), task("a"), xor("g", "g-end"), end(), end("end2"), service("remind")),
            timer("t", "a", interrupting=False),
            *(line("start", "a", "g", "end"), flow("g", "a", 'outcome = "again"')),
            line("t", "remind", "end2"),
        )
    )


def test_two_joins_may_gather_three_branches() -> None:
    parse(
        bpmn(
            *(start(), both("s"), task("a"), task("b"), task("c"), both("j"), both("k"), end()),
            *(line("start", "s", "a", "j", "k", "end"), line("s", "b", "j"), line("s", "c", "k")),
        )
    )


@pytest.mark.slow
def test_too_many_states_are_refused_not_waited_for() -> None:
    parts = [start(), both("s"), both("j"), end(), flow("start", "s"), flow("j", "end")]
    for branch in range(14):
        parts += [task(f"t{branch}"), line("s", f"t{branch}", "j")]
    parse(bpmn(*parts))
    parts += [task("x"), '<endEvent id="stop"><terminateEventDefinition/></endEvent>']
    assert elements(bpmn(*parts, line("s", "x", "stop"))) == {"start"}


def test_a_reminder_may_not_run_into_the_main_line() -> None:
    source = bpmn(
        *(start(), task("a"), task("b"), end(), line("start", "a", "b", "end")),
        *(timer("t", "a", interrupting=False), flow("t", "b")),
    )
    assert elements(source) == {"b"}


def test_a_fault_in_a_reminder_is_found() -> None:
    source = bpmn(
        *(start(), task("a"), task("b"), task("c"), both("j"), end(), end("end2")),
        *(timer("t", "a", interrupting=False), xor("g", "g-b"), line("start", "a", "end")),
        *(line("t", "g", "b", "j", "end2"), flow("g", "c", 'outcome = "x"'), flow("c", "j")),
    )
    assert elements(source) == {"j"}


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not xml",
        b"<a><b></a>",
        b"<html/>",
        b'<!DOCTYPE d [<!ENTITY x "y">]><definitions/>',
        b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>',
        b"<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>",
        b" " * (MAX_BYTES + 1),
        b"<a>" * 300 + b"</a>" * 300,
    ],
)
def test_no_file_gives_a_traceback(source: bytes) -> None:
    assert problems(source)


def test_one_pool_is_a_frame_and_partners_are_refused() -> None:
    pool = '<collaboration id="c"><participant id="own" processRef="p"/>{}</collaboration>'
    parse(bpmn(*STRAIGHT, before=pool.format("")))
    partner = '<participant id="other" processRef="q"/><messageFlow id="m"/>'
    assert elements(bpmn(*STRAIGHT, before=pool.format(partner))) == {"other", "m"}
    assert elements(bpmn(*STRAIGHT, after='<process id="second"/>')) == {"second"}
