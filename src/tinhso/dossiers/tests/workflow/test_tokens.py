"""How tokens move: tasks, gateways, joins, timers, going back, ending."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tinhso.dossiers.tests.workflow.factories import (
    AT,
    SEED,
    both,
    bpmn,
    end,
    flow,
    judge,
    line,
    pause,
    process_within,
    receive,
    service,
    start,
    task,
    timer,
    xor,
)
from tinhso.dossiers.workflow import tokens
from tinhso.dossiers.workflow.errors import (
    OutcomeUnknown,
    StepNotVisited,
    TimerNotSet,
    TokenNotOpen,
)
from tinhso.dossiers.workflow.graph import Workflow
from tinhso.dossiers.workflow.moves import ClosedBecause, Moves, Token, scopes_of
from tinhso.dossiers.workflow.parsing import parse

LOOP = parse(
    bpmn(
        *(start(), task("receive"), task("examine"), xor("g", "g-sign"), task("sign"), end()),
        line("start", "receive", "examine", "g", "sign", "end"),
        flow("g", "examine", 'outcome = "again"'),
    ),
    acts={"work": ("done", "again")},
)
PARALLEL = parse(
    bpmn(
        *(start(), both("s"), task("a"), task("b"), task("b2"), both("j"), task("z"), end()),
        *(line("start", "s", "a", "j", "z", "end"), line("s", "b", "b2", "j")),
    )
)


class Walk:
    """A dossier without a database: its live tokens and what it has visited."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.tokens: tuple[Token, ...] = ()
        self.visited: set[tuple[str, str]] = set()
        self.last = self.take(tokens.start(workflow, {}, seed=SEED, at=AT, judge=judge))

    def take(self, moves: Moves) -> Moves:
        self.tokens = tokens.apply(self.tokens, moves)
        self.visited |= {(token.node, token.branch) for token in moves.created}
        self.last = moves
        return moves

    def at(self, node: str) -> Token:
        [found] = [token for token in self.tokens if token.node == node]
        return found

    def do(self, node: str, outcome: str = "done") -> Moves:
        key = self.at(node).id
        return self.take(
            tokens.complete(self.workflow, self.tokens, key, outcome, {}, at=AT, judge=judge)
        )

    def ring(self, node: str, timer: str) -> Moves:
        key = self.at(node).id
        return self.take(
            tokens.fire_timer(self.workflow, self.tokens, key, timer, {}, at=AT, judge=judge)
        )

    def back(self, node: str, to: str) -> Moves:
        key = self.at(node).id
        return self.take(
            tokens.send_back(self.workflow, self.tokens, key, to, visited=self.visited, at=AT)
        )

    def stands(self) -> list[str]:
        return sorted(token.node for token in self.tokens)


def test_a_task_opens_work_and_closes_it() -> None:
    walk = Walk(LOOP)
    [item] = walk.last.opened
    assert (item.node, item.role, item.act) == ("receive", "officer", "work")
    moves = walk.do("receive")
    assert [(closed.token, closed.because) for closed in moves.closed] == [
        (item.token, ClosedBecause.DONE)
    ]
    assert walk.stands() == ["examine"]
    assert not moves.finished


def test_the_gateway_reads_the_outcome() -> None:
    walk = Walk(LOOP)
    walk.do("receive")
    before = walk.at("examine").id
    walk.do("examine", "again")
    assert walk.at("examine").id != before
    walk.do("examine")
    assert walk.do("sign").finished
    assert walk.tokens == ()


def test_an_outcome_that_the_act_does_not_declare_is_refused() -> None:
    walk = Walk(LOOP)
    with pytest.raises(OutcomeUnknown):
        walk.do("receive", "perhaps")
    assert walk.stands() == ["receive"]


def test_a_token_is_completed_only_once() -> None:
    walk = Walk(LOOP)
    key = walk.at("receive").id
    walk.do("receive")
    with pytest.raises(TokenNotOpen):
        tokens.complete(LOOP, walk.tokens, key, "done", {}, at=AT, judge=judge)


def test_the_same_acts_give_the_same_identifiers() -> None:
    one, other = Walk(LOOP), Walk(LOOP)
    for walk in (one, other):
        walk.do("receive")
        walk.do("examine", "again")
    assert one.tokens == other.tokens


def test_a_join_waits_for_all_its_branches() -> None:
    walk = Walk(PARALLEL)
    assert walk.stands() == ["a", "b"]
    assert walk.do("a").opened == ()
    assert walk.stands() == ["b", "j"]
    walk.do("b")
    moves = walk.do("b2")
    assert [item.node for item in moves.opened] == ["z"]
    assert walk.at("z").branch == ""
    assert len(moves.consumed) == 2


def test_a_waiting_token_is_no_work() -> None:
    walk = Walk(PARALLEL)
    walk.do("a")
    with pytest.raises(TokenNotOpen):
        walk.do("j")


def test_work_goes_back_only_to_a_step_of_its_own_branch() -> None:
    walk = Walk(PARALLEL)
    walk.do("b")
    with pytest.raises(StepNotVisited):
        walk.back("b2", "a")
    with pytest.raises(StepNotVisited):
        walk.back("b2", "z")
    with pytest.raises(StepNotVisited):
        walk.back("b2", "nowhere")
    assert walk.stands() == ["a", "b2"]
    moves = walk.back("b2", "b")
    assert [closed.because for closed in moves.closed] == [ClosedBecause.SENT_BACK]
    assert walk.stands() == ["a", "b"]
    for node in ("a", "b", "b2", "z"):
        walk.do(node)
    assert walk.tokens == ()


def test_after_a_join_work_does_not_go_back_into_a_branch() -> None:
    walk = Walk(PARALLEL)
    for node in ("a", "b", "b2"):
        walk.do(node)
    with pytest.raises(StepNotVisited):
        walk.back("z", "a")


def with_timer(*, interrupting: bool) -> Workflow:
    return parse(
        bpmn(
            *(start(), task("a"), end(), service("remind"), end("end2"), line("start", "a", "end")),
            timer("t", "a", interrupting=interrupting),
            line("t", "remind", "end2"),
        )
    )


def test_an_interrupting_timer_ends_its_task() -> None:
    walk = Walk(with_timer(interrupting=True))
    [alarm] = walk.last.timers
    assert (alarm.timer, alarm.token) == ("t", walk.at("a").id)
    assert alarm.waits.days == 5
    moves = walk.ring("a", "t")
    assert [closed.because for closed in moves.closed] == [ClosedBecause.TIMED_OUT]
    assert [act.act for act in moves.service_acts] == ["notify"]
    assert walk.do("remind").finished


def test_a_reminder_leaves_its_task_open() -> None:
    walk = Walk(with_timer(interrupting=False))
    moves = walk.ring("a", "t")
    assert (moves.consumed, moves.closed) == ((), ())
    assert walk.stands() == ["a", "remind"]
    walk.do("a")
    assert walk.stands() == ["remind"]
    assert walk.do("remind").finished


def test_a_reminder_that_goes_off_twice_gives_the_same_token() -> None:
    walk = Walk(with_timer(interrupting=False))
    key = walk.at("a").id
    held = walk.tokens
    one, two = (
        tokens.fire_timer(walk.workflow, held, key, "t", {}, at=AT, judge=judge) for _ in range(2)
    )
    assert one.created == two.created


def test_a_timer_of_another_step_is_refused() -> None:
    walk = Walk(LOOP)
    with pytest.raises(TimerNotSet):
        walk.ring("receive", "t")
    with pytest.raises(TokenNotOpen):
        tokens.fire_timer(LOOP, walk.tokens, uuid4(), "t", {}, at=AT, judge=judge)


def test_a_terminate_event_ends_every_branch() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    walk = Walk(
        parse(
            bpmn(
                *(start(), both("s"), task("a"), task("b"), stop, end(), line("start", "s", "a")),
                *(flow("a", "stop"), line("s", "b", "end")),
            )
        )
    )
    moves = walk.do("a")
    assert moves.finished
    assert {closed.node: closed.because for closed in moves.closed} == {
        "a": ClosedBecause.DONE,
        "b": ClosedBecause.CANCELLED,
    }


def test_cancelling_closes_everything() -> None:
    walk = Walk(PARALLEL)
    walk.do("a")
    moves = walk.take(tokens.cancel(PARALLEL, walk.tokens, at=AT))
    assert moves.finished
    assert [closed.node for closed in moves.closed] == ["b"]
    assert walk.tokens == ()


def test_a_receive_task_is_work_that_waits_for_an_answer() -> None:
    graph = parse(bpmn(start(), receive("r", "tra_loi"), end(), line("start", "r", "end")))
    walk = Walk(graph)
    [item] = walk.last.opened
    assert (item.node, item.act) == ("r", "record_answer")
    assert graph.receiver("tra_loi") is graph.nodes["r"]
    assert graph.receiver("khac") is None
    assert walk.do("r").finished


def test_a_timer_on_the_way_holds_its_token_and_is_no_work() -> None:
    walk = Walk(parse(bpmn(start(), pause("w"), task("a"), end(), line("start", "w", "a", "end"))))
    assert walk.last.opened == ()
    assert [(alarm.timer, alarm.token) for alarm in walk.last.timers] == [("w", walk.at("w").id)]
    with pytest.raises(TokenNotOpen):
        walk.do("w")
    with pytest.raises(TimerNotSet):
        walk.ring("w", "a")
    walk.ring("w", "w")
    assert walk.stands() == ["a"]


OPEN = parse(
    bpmn(
        *(start(), task("first"), task("z"), end(), line("start", "first", "sub", "z", "end")),
        process_within(
            "sub",
            *(start("i"), both("s"), task("a"), task("b"), end("o"), end("o2"), line("i", "s")),
            *(line("s", "a", "o"), line("s", "b", "o2")),
        ),
        *(timer("t", "sub"), task("late"), end("end2"), line("t", "late", "end2")),
    )
)


def test_a_sub_process_is_left_once_when_nothing_in_it_is_under_way() -> None:
    walk = Walk(OPEN)
    moves = walk.do("first")
    assert walk.stands() == ["a", "b"]
    [alarm] = moves.timers
    assert {scope.id for scope in scopes_of(walk.at("a").branch)} == {alarm.token}
    walk.do("b")
    assert walk.stands() == ["a"]
    moves = walk.do("a")
    assert (walk.stands(), moves.ended, walk.at("z").branch) == (["z"], (alarm.token,), "")


def test_a_timer_at_a_sub_process_ends_everything_in_it() -> None:
    walk = Walk(OPEN)
    [alarm] = walk.do("first").timers
    moves = walk.take(
        tokens.fire_timer(OPEN, walk.tokens, alarm.token, "t", {}, at=AT, judge=judge)
    )
    assert walk.stands() == ["late"]
    assert {closed.because for closed in moves.closed} == {ClosedBecause.TIMED_OUT}
    assert moves.ended == (alarm.token,)
    with pytest.raises(TokenNotOpen):
        tokens.fire_timer(OPEN, walk.tokens, alarm.token, "t", {}, at=AT, judge=judge)


def test_a_terminate_event_in_a_sub_process_ends_that_one_only() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    inner = (start("i"), both("s"), task("a"), task("b"), stop, end("o"), line("i", "s", "a"))
    walk = Walk(
        parse(
            bpmn(
                *(start(), both("t"), task("c"), both("j"), task("z"), end(), line("start", "t")),
                process_within("sub", *inner, flow("a", "stop"), line("s", "b", "o")),
                *(line("t", "sub", "j", "z", "end"), line("t", "c", "j")),
            )
        )
    )
    walk.do("a")
    assert walk.stands() == ["c", "j"]
    walk.do("c")
    assert walk.stands() == ["z"]
