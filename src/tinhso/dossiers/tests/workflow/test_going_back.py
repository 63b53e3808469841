"""Sending back in generated processes: never into another branch, and the work still finishes."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.dossiers.tests.workflow.factories import (
    AT,
    SEED,
    both,
    bpmn,
    end,
    flow,
    line,
    process_within,
    start,
    task,
    timer,
)
from tinhso.dossiers.tests.workflow.test_soundness import (
    MANY,
    SEARCH,
    Block,
    blocks,
    process,
)
from tinhso.dossiers.tests.workflow.test_tokens import Walk
from tinhso.dossiers.workflow import tokens
from tinhso.dossiers.workflow.errors import StepNotVisited, WorkflowUnsupported
from tinhso.dossiers.workflow.graph import RESTS, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import ClosedBecause, Facts, Token
from tinhso.dossiers.workflow.parsing import parse


def go_back(
    graph: Workflow, live: tuple[Token, ...], token: Token, visited: set[tuple[str, str]]
) -> tuple[Token, ...]:
    """Send back to every step at once: those of the branch move one token, others are refused."""
    for node, branch in sorted(visited):
        allowed = (
            (node, token.branch) in visited
            and node != token.node
            and graph.nodes[node].kind is NodeKind.USER
        )
        if not allowed:
            with pytest.raises(StepNotVisited):
                tokens.send_back(graph, live, token.id, node, visited=visited, at=AT)
            continue
        moves = tokens.send_back(graph, live, token.id, node, visited=visited, at=AT)
        assert [gone.id for gone in moves.consumed] == [token.id]
        assert [(made.node, made.branch) for made in moves.created] == [(node, token.branch)]
        if branch == token.branch:
            return tokens.apply(live, moves)
    return live


@pytest.mark.slow
@settings(max_examples=100, deadline=None, phases=SEARCH)
@given(block=blocks, seed=st.integers(0, 2**32))
def test_work_that_goes_back_reaches_its_end_all_the_same(block: Block, seed: int) -> None:
    graph, _plan = process(block)
    random = Random(seed)  # noqa: S311 - a walk, not a secret
    steps = 0

    def judge(_condition: str, _facts: Facts) -> bool:
        return steps < MANY and random.random() < 0.4

    moves = tokens.start(graph, {}, seed=SEED, at=AT, judge=judge)
    live = tokens.apply((), moves)
    visited = {(token.node, token.branch) for token in moves.created}
    while live:
        token = random.choice([held for held in live if graph.nodes[held.node].kind in RESTS])
        kind = graph.nodes[token.node].kind
        if kind is NodeKind.CATCH:
            moves = tokens.fire_timer(graph, live, token.id, token.node, {}, at=AT, judge=judge)
        elif kind is NodeKind.USER and steps < MANY and random.random() < 0.2:
            live = go_back(graph, live, token, visited)
            steps += 1
            continue
        else:
            moves = tokens.complete(graph, live, token.id, "done", {}, at=AT, judge=judge)
        live = tokens.apply(live, moves)
        visited |= {
            (made.node, made.branch)
            for made in moves.created
            if graph.nodes[made.node].kind in RESTS
        }
        steps += 1
        assert steps < 20 * MANY


def declared(step: str, back_to: str) -> str:
    """A task from which work may go back before the split."""
    return task(step).replace("/>", f' tinhso:backTo="{back_to}"/>')


FORK = (
    *(start(), task("first"), both("s"), declared("a", "first"), task("b"), both("j"), task("z")),
    *(end(), line("start", "first", "s", "a", "j", "z", "end"), line("s", "b", "j")),
)


def test_before_the_split_work_goes_back_only_where_the_step_declares_it() -> None:
    walk = Walk(parse(bpmn(*FORK)))
    walk.do("first")
    for node, ways in (("a", ["first"]), ("b", [])):
        branch = walk.at(node).branch
        assert tokens.steps_back(walk.workflow, node, branch, visited=walk.visited) == ways
    with pytest.raises(StepNotVisited):
        walk.back("b", "first")
    moves = walk.back("a", "first")
    assert walk.stands() == ["first"]
    assert {closed.node: closed.because for closed in moves.closed} == {
        "a": ClosedBecause.SENT_BACK,
        "b": ClosedBecause.CANCELLED,
    }
    assert walk.at("first").branch == ""


def test_every_branch_of_the_split_is_withdrawn_also_one_that_waits_at_the_join() -> None:
    walk = Walk(parse(bpmn(*FORK)))
    walk.do("first")
    walk.do("b")
    assert walk.stands() == ["a", "j"]
    walk.back("a", "first")
    assert walk.stands() == ["first"]
    for node in ("first", "a", "b", "z"):
        walk.do(node)
    assert walk.tokens == ()


def test_a_step_that_was_not_visited_stays_refused_although_it_is_declared() -> None:
    forked = [part.replace('backTo="first"', 'backTo="first z"') for part in FORK]
    walk = Walk(parse(bpmn(*forked)))
    walk.do("first")
    with pytest.raises(StepNotVisited):
        walk.back("a", "z")
    assert walk.stands() == ["a", "b"]


def test_a_reminder_cannot_take_back_what_it_stands_beside() -> None:
    graph = parse(
        bpmn(
            *(start(), task("first"), task("a"), end(), end("end2")),
            *(timer("t", "a", interrupting=False), declared("late", "first")),
            *(line("start", "first", "a", "end"), line("t", "late", "end2")),
        )
    )
    walk = Walk(graph)
    walk.do("first")
    walk.ring("a", "t")
    with pytest.raises(StepNotVisited):
        walk.back("late", "first")
    assert walk.stands() == ["a", "late"]


def test_out_of_a_sub_process_work_goes_back_only_where_the_step_declares_it() -> None:
    inner = (start("i"), task("a"), declared("b", "first"), end("o"), line("i", "a", "b", "o"))
    graph = parse(
        bpmn(
            *(start(), task("first"), process_within("sub", *inner), task("z"), end()),
            line("start", "first", "sub", "z", "end"),
        )
    )
    walk = Walk(graph)
    walk.do("first")
    with pytest.raises(StepNotVisited):
        walk.back("a", "first")
    walk.do("a")
    assert walk.back("b", "a").ended == ()
    walk.do("a")
    [ended] = walk.back("b", "first").ended
    assert ended
    assert walk.stands() == ["first"]


def test_what_is_declared_must_be_a_user_task() -> None:
    for wrong in ("nowhere", "s"):
        source = bpmn(*(part.replace('backTo="first"', f'backTo="{wrong}"') for part in FORK))
        with pytest.raises(WorkflowUnsupported) as refused:
            parse(source)
        assert [problem.element for problem in refused.value.problems] == ["a"]


def test_a_loop_makes_a_new_split_whose_earlier_round_does_not_count() -> None:
    graph = parse(
        bpmn(
            *(start(), task("first"), both("s"), task("a"), task("a2"), task("b"), both("j")),
            *(task("z"), end(), line("start", "first", "s", "a", "a2", "j", "z", "end")),
            flow("s", "b"),
            flow("b", "j"),
        )
    )
    walk = Walk(graph)
    for node in ("first", "a", "a2", "b"):
        walk.do(node)
    walk.back("z", "first")
    walk.do("first")
    with pytest.raises(StepNotVisited):
        walk.back("a", "a2")
    assert walk.stands() == ["a", "b"]
