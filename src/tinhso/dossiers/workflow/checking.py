"""Whether a workflow can be run to its end: structure first, then every state it can get into.

The states are those of the very engine that runs dossiers, with each gateway going each way and
each timer going off or not; so what is accepted here finishes there. Three things keep the states
few, and none of them hides a fault. Tokens at tasks do not disturb each other, so that the order of
parallel work does not matter and one token moves at a time (not so with a terminate event, where
every order is tried). A reminder lives apart from the branch beside which it began, so that it is
explored alone. And a step belongs to one branch: reached from two, it is refused at once. What has too many
states, or too many ways through gateways in one go, is refused rather than waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from tinhso.dossiers.workflow.errors import Problem
from tinhso.dossiers.workflow.graph import ENDS, GATEWAYS, RESTS, Flow, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import (
    ClosedBecause,
    Facts,
    Scope,
    Sheet,
    Token,
    join_path,
    scopes_of,
    split_path,
)

MAX_STATES = 5_000
MAX_WAYS = 500
_AT = datetime(2000, 1, 1, tzinfo=UTC)

State = frozenset[Token]


def problems_of(workflow: Workflow) -> list[Problem]:
    """Everything that keeps this workflow from running to its end; empty when it is sound."""
    found = [*_unreachable(workflow), *_dead_ends(workflow), *_gateway_cycles(workflow)]
    return found or _unsound(workflow)


def problem(node: Node, sentence: str) -> Problem:
    """A problem at a node."""
    return Problem(node.line, node.id, node.kind.value, sentence)


def _closure(first: set[str], following: Callable[[str], list[str]]) -> set[str]:
    seen, ahead = set(first), list(first)
    while ahead:
        for after in following(ahead.pop()):
            if after not in seen:
                seen.add(after)
                ahead.append(after)
    return seen


def _unreachable(workflow: Workflow) -> list[Problem]:
    reached = _closure({workflow.start}, workflow.successors)
    return [
        problem(node, _("Không có đường nào từ bắt đầu đi tới đây."))
        for node in workflow.nodes.values()
        if node.id not in reached
    ]


def _dead_ends(workflow: Workflow) -> list[Problem]:
    before: dict[str, list[str]] = {node: [] for node in workflow.nodes}
    for node in workflow.nodes:
        for after in workflow.successors(node):
            before[after].append(node)
    ends = {
        node.id for node in workflow.nodes.values() if node.kind in ENDS and node.within is None
    }
    living = _closure(ends, lambda node: before[node])
    return [
        problem(node, _("Từ đây không có đường nào tới kết thúc."))
        for node in workflow.nodes.values()
        if node.id not in living
    ]


def _gateway_cycles(workflow: Workflow) -> list[Problem]:
    """Gateways that lead back to themselves with no task between: work would run in circles."""

    def passed_after(node: str) -> list[str]:
        return [
            flow.target
            for flow in workflow.onward(node)
            if workflow.nodes[flow.target].kind not in RESTS
        ]

    return [
        problem(node, _("Cổng quay lại chính nó mà không qua bước nào."))
        for node in workflow.nodes.values()
        if node.kind in GATEWAYS and node.id in _closure(set(passed_after(node.id)), passed_after)
    ]


def _unsound(workflow: Workflow) -> list[Problem]:
    """What goes wrong in some state: a join that waits for ever, a step held twice, no way out."""
    explorer = _Explorer(workflow)
    if not explorer.explore():
        start = workflow.nodes[workflow.start]
        sentence = _("Quy trình quá rắc rối: hơn {limit} trạng thái, không kiểm tra hết được.")
        limit = MAX_WAYS if explorer.is_tangled else MAX_STATES
        return [problem(start, sentence.format(limit=limit))]
    found = [
        problem(workflow.nodes[node], _("Hai nhánh song song cùng tới đây mà chưa được gộp."))
        for node in sorted(explorer.doubled)
    ]
    if found:
        return found
    stuck = explorer.stuck()
    joins = {
        token.node
        for state in stuck
        if not any(workflow.nodes[token.node].kind in RESTS for token in state)
        for token in state
    }
    if joins:
        sentence = _(
            "Cổng gộp có thể chờ mãi: có nhánh không bao giờ tới, hoặc không cùng cổng tách."
        )
        return [problem(workflow.nodes[node], sentence) for node in sorted(joins)]
    if stuck:
        return [
            problem(workflow.nodes[workflow.start], _("Có lúc hồ sơ không thể đi tới kết thúc."))
        ]
    return []


@dataclass(slots=True)
class _Trial(Sheet):
    """A work sheet whose gateways follow a script and whose identifiers say only the place."""

    script: tuple[int, ...] = ()
    taken: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def choose(self, gateway: Node) -> Flow:
        outgoing = self.workflow.outgoing(gateway.id)
        turn = len(self.taken)
        self.taken.append(self.script[turn] if turn < len(self.script) else 0)
        self.widths.append(len(outgoing))
        return outgoing[self.taken[-1]]

    def rest(self, node: Node, key: UUID, branch: str, via: str) -> None:
        """Put a token down under an identifier that says where it is and nothing else."""
        key = _place(key, f"{node.id}|{branch}|{via}")
        token = Token(id=key, node=node.id, branch=branch, via=via, since=_AT)
        self.resting[key] = token
        self.created[key] = token


def _place(_origin: UUID, step: str) -> UUID:
    return uuid5(NAMESPACE_OID, step)


class _Explorer:
    """The states that the workflow can get into, and which state follows which."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.following: dict[State, set[State]] = {}
        self.branch_of: dict[tuple[str, str], tuple[bool, str]] = {}
        self.doubled: set[str] = set()
        self.is_tangled = False
        kinds = {node.kind for node in workflow.nodes.values()}
        self.in_every_order = NodeKind.TERMINATE in kinds

    def explore(self) -> bool:
        """Visit every state; False when there are too many.

        Ends at the first step reached in two branches: a split that leads back to itself would
        make ever longer branches.
        """
        ahead = list(self.played(frozenset(), self.begin))
        while ahead and not self.doubled:
            state = ahead.pop()
            if state in self.following:
                continue
            if len(self.following) >= MAX_STATES:
                return False
            self.following[state] = set()
            for token in self.movable(state):
                after, beside = self.successors(state, token)
                self.following[state].update(after)
                ahead += after
                ahead += beside
            if self.is_tangled:
                return False
        return True

    def movable(self, state: State) -> list[Token]:
        """The tokens that are moved on: one is enough unless some end ends them all."""
        active = sorted(
            (token for token in state if self.workflow.nodes[token.node].kind in RESTS),
            key=lambda token: (token.node, token.branch, token.via),
        )
        for token in state:
            self.note(token)
        return active if self.in_every_order else active[:1]

    def note(self, token: Token) -> None:
        """Remember in which branch a place was reached; how a reminder began does not count."""
        first, _slash, rest = token.branch.partition("/")
        is_reminder = bool(first) and self.begins_reminder(first)
        kind = self.workflow.nodes[token.node].kind
        place = (token.node, token.via if kind is NodeKind.PARALLEL else "")
        branch = (True, rest) if is_reminder else (False, token.branch)
        if self.branch_of.setdefault(place, branch) != branch:
            self.doubled.add(token.node)

    def begins_reminder(self, part: str) -> bool:
        """Whether a part of a path was begun by a non-interrupting timer."""
        flows = split_path(part)[2]
        if not flows:
            return False
        source = self.workflow.flows[flows[0]].source
        return self.workflow.nodes[source].kind is NodeKind.TIMER

    def stuck(self) -> list[State]:
        """The states from which no sequence of acts ends the workflow."""
        before: dict[State, list[State]] = {}
        for state, following in self.following.items():
            for after in following:
                before.setdefault(after, []).append(state)
        done: State = frozenset()
        living, ahead = {done}, [done]
        while ahead:
            for state in before.get(ahead.pop(), ()):
                if state not in living:
                    living.add(state)
                    ahead.append(state)
        return [state for state in self.following if state not in living]

    def successors(self, state: State, token: Token) -> tuple[list[State], list[State]]:
        """The states after a token's completion or time-out; and those of the reminders alone."""
        after = list(self.played(state, partial(self.finish, token=token)))
        beside: list[State] = []
        standing: list[tuple[Scope | None, Node]] = [
            (None, timer) for timer in self.workflow.timers(token.node)
        ]
        for around in scopes_of(token.branch):
            standing += [(around, timer) for timer in self.workflow.timers(around.process)]
        for scope, timer in standing:
            if not timer.interrupting:
                beside += self.played(frozenset(), partial(self.remind, timer=timer))
            elif scope is not None:
                after += self.played(state, partial(self.leave, scope=scope, timer=timer))
            else:
                after += self.played(state, partial(self.time_out, token=token, timer=timer))
        return after, beside

    def played(self, state: State, act: Callable[[_Trial], None]) -> Iterator[State]:
        """The states after an act, once for each way through the gateways."""
        scripts: list[tuple[int, ...]] = [()]
        ways = 0
        while scripts:
            ways += 1
            if ways > MAX_WAYS:
                self.is_tangled = True
                return
            script = scripts.pop()
            trial = _Trial(
                self.workflow, tuple(state), {}, _AT, _no_condition, _place, script=script
            )
            act(trial)
            for turn in range(len(script), len(trial.taken)):
                kept = tuple(trial.taken[:turn])
                scripts.extend((*kept, other) for other in range(1, trial.widths[turn]))
            yield frozenset(trial.resting.values())

    def begin(self, trial: _Trial) -> None:
        """Start."""
        trial.advance(self.workflow.outgoing(self.workflow.start)[0], NAMESPACE_OID, "")

    def finish(self, trial: _Trial, token: Token) -> None:
        """Complete a task."""
        trial.consume(token, ClosedBecause.DONE)
        trial.advance(self.workflow.outgoing(token.node)[0], token.id, token.branch)

    def time_out(self, trial: _Trial, token: Token, timer: Node) -> None:
        """Let an interrupting timer go off."""
        trial.consume(token, ClosedBecause.TIMED_OUT)
        trial.advance(self.workflow.outgoing(timer.id)[0], token.id, token.branch)

    def leave(self, trial: _Trial, scope: Scope, timer: Node) -> None:
        """Let an interrupting timer at a sub-process go off."""
        trial.consume_within(scope.path, ClosedBecause.TIMED_OUT)
        trial.advance(self.workflow.outgoing(timer.id)[0], scope.id, scope.parent)

    def remind(self, trial: _Trial, timer: Node) -> None:
        """Let a reminder begin, alone."""
        flow = self.workflow.outgoing(timer.id)[0]
        split = _place(NAMESPACE_OID, timer.id)
        trial.advance(flow, split, join_path("", split, (flow.id,)))


def _no_condition(_text: str, _facts: Facts) -> bool:
    return False
