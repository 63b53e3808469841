"""Block-structured processes, generated: what the check accepts always finishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tinhso.dossiers.tests.workflow.factories import (
    AT,
    SEED,
    both,
    bpmn,
    end,
    flow,
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
from tinhso.dossiers.workflow.graph import RESTS, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Facts, Token, scopes_of
from tinhso.dossiers.workflow.parsing import parse

MANY = 400
SEARCH = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking BPMN takes minutes

Block = tuple[str, tuple["Block", ...]]

leaves: st.SearchStrategy[Block] = st.sampled_from(
    [
        ("task", ()),
        ("timed", ()),
        ("reminded", ()),
        ("service", ()),
        ("receive", ()),
        ("pause", ()),
    ]
)
blocks: st.SearchStrategy[Block] = st.recursive(
    leaves,
    lambda inner: st.tuples(
        st.sampled_from(["sequence", "choice", "parallel", "loop", "process", "left", "open"]),
        st.lists(inner, min_size=2, max_size=3).map(tuple),
    ),
    max_leaves=7,
)


PLAIN: dict[str, Callable[[str], str]] = {"service": service, "receive": receive, "pause": pause}


@dataclass
class Plan:
    """BPMN parts made of blocks, with the tasks that stand around each parallel block."""

    parts: list[str] = field(default_factory=list)
    count: int = 0
    parallel: list[tuple[str, list[str], str]] = field(default_factory=list)

    def key(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def step(self, after: str, *, via: str = "") -> str:
        key = self.key("t")
        self.parts += [task(key), flow(after, key, via)]
        return key

    def add(self, block: Block, after: str) -> str:
        """Append a block after a node; the node it ends at."""
        kind, inner = block
        if kind in PLAIN:
            key = self.key("s")
            self.parts += [PLAIN[kind](key), flow(after, key)]
            return key
        if kind in {"task", "timed", "reminded"}:
            return self.leaf(kind, after)
        if kind == "sequence":
            for part in inner:
                after = self.add(part, after)
            return after
        if kind in {"process", "left", "open"}:
            return self.process(kind, inner, after)
        made = {"choice": self.choice, "parallel": self.fork, "loop": self.loop}
        return made[kind](inner, after)

    def process(self, kind: str, inner: tuple[Block, ...], after: str) -> str:
        """A sub-process: its blocks in a row, or beside one another with ends of their own."""
        key = self.key("p")
        around, self.parts = self.parts, []
        first = self.key("start")
        self.parts.append(start(first))
        if kind == "open":
            split = self.key("a")
            self.parts += [both(split), flow(first, split)]
            for part in inner:
                ending = self.key("end")
                self.parts += [end(ending), flow(self.add(part, self.step(split)), ending)]
        else:
            last = first
            for part in inner:
                last = self.add(part, last)
            ending = self.key("end")
            self.parts += [end(ending), flow(last, ending)]
        around += [process_within(key, *self.parts), flow(after, key)]
        self.parts = around
        if kind == "process":
            return key
        return self.alarmed(key, self.key("alarm"), interrupting=kind == "left")

    def leaf(self, kind: str, after: str) -> str:
        key = self.step(after)
        if kind == "task":
            return key
        return self.alarmed(key, self.key("alarm"), interrupting=kind == "timed")

    def alarmed(self, key: str, alarm: str, *, interrupting: bool) -> str:
        """A timer at a step or sub-process; the node at which both ways meet."""
        self.parts.append(timer(alarm, key, interrupting=interrupting))
        late = self.step(alarm)
        if not interrupting:
            ending = self.key("end")
            self.parts += [end(ending), flow(late, ending)]
            return key
        merge = self.key("m")
        self.parts += [xor(merge), flow(key, merge), flow(late, merge)]
        return merge

    def choice(self, inner: tuple[Block, ...], after: str) -> str:
        gate, merge = self.key("g"), self.key("m")
        self.parts += [xor(gate, f"{gate}-default"), xor(merge), flow(after, gate)]
        self.parts.append(flow(gate, merge, key=f"{gate}-default"))
        for part in inner:
            last = self.add(part, self.step(gate, via="maybe"))
            self.parts.append(flow(last, merge))
        return merge

    def fork(self, inner: tuple[Block, ...], after: str) -> str:
        before, split, join = self.step(after), self.key("a"), self.key("j")
        self.parts += [both(split), both(join), flow(before, split)]
        firsts = []
        for part in inner:
            firsts.append(self.step(split))
            self.parts.append(flow(self.add(part, firsts[-1]), join))
        last = self.step(join)
        self.parallel.append((before, firsts, last))
        return last

    def loop(self, inner: tuple[Block, ...], after: str) -> str:
        merge, gate = self.key("m"), self.key("g")
        self.parts += [xor(merge), flow(after, merge)]
        last = merge
        for part in inner:
            last = self.add(part, last)
        last = self.step(last)
        out = self.key("m")
        self.parts += [xor(gate, f"{gate}-out"), xor(out), flow(last, gate)]
        self.parts += [flow(gate, merge, "maybe"), flow(gate, out, key=f"{gate}-out")]
        return out


def process(block: Block) -> tuple[Workflow, Plan]:
    plan = Plan()
    plan.parts += [start(), end()]
    plan.parts.append(flow(plan.add(block, "start"), "end"))
    return parse(bpmn(*plan.parts)), plan


def walk(graph: Workflow, random: Random) -> Counter[str]:
    """Run to the end by chance; how often each task was opened."""
    steps = 0

    def judge(_condition: str, _facts: Facts) -> bool:
        return steps < MANY and random.random() < 0.4

    opened: Counter[str] = Counter()
    rung: set[tuple[object, str]] = set()
    moves = tokens.start(graph, {}, seed=SEED, at=AT, judge=judge)
    live: tuple[Token, ...] = tokens.apply((), moves)
    seen = {token.id for token in live}
    opened.update(token.node for token in moves.created)
    while not moves.finished:
        token = random.choice([held for held in live if graph.nodes[held.node].kind in RESTS])
        alarms = [(token.id, alarm.id) for alarm in graph.timers(token.node)]
        for scope in scopes_of(token.branch):
            alarms += [(scope.id, alarm.id) for alarm in graph.timers(scope.process)]
        alarms = [alarm for alarm in alarms if alarm not in rung]
        if graph.nodes[token.node].kind is NodeKind.CATCH:
            moves = tokens.fire_timer(graph, live, token.id, token.node, {}, at=AT, judge=judge)
        elif alarms and random.random() < 0.3:
            alarm = random.choice(alarms)
            rung.add(alarm)
            moves = tokens.fire_timer(graph, live, *alarm, {}, at=AT, judge=judge)
        else:
            moves = tokens.complete(graph, live, token.id, "done", {}, at=AT, judge=judge)
        scopes = {scope.id for held in live for scope in scopes_of(held.branch)}
        live = tokens.apply(live, moves)
        assert not seen & {made.id for made in moves.created}
        seen |= {made.id for made in moves.created}
        assert {item.token for item in moves.opened} <= {held.id for held in live}
        assert moves.finished == (not live)
        left = {scope.id for held in live for scope in scopes_of(held.branch)}
        assert set(moves.ended) == scopes - left
        opened.update(made.node for made in moves.created)
        steps += 1
        assert steps < 20 * MANY
    return opened


@settings(max_examples=300, deadline=None, phases=SEARCH)
@given(block=blocks, seed=st.integers(0, 2**32))
@pytest.mark.slow
def test_every_generated_process_finishes_and_joins_fire_once(block: Block, seed: int) -> None:
    graph, plan = process(block)
    opened = walk(graph, Random(seed))  # noqa: S311 - a walk, not a secret
    interrupted = any(
        alarm.interrupting and graph.nodes[alarm.attached_to].kind is NodeKind.PROCESS
        for alarm in graph.nodes.values()
        if alarm.attached_to
    )
    for before, firsts, last in plan.parallel:
        [begun] = {opened[first] for first in firsts}
        assert opened[last] <= begun <= opened[before]
        assert interrupted or opened[last] == opened[before]
