"""Whether a workflow can be run to its end: structure first, then every state it can get into.

The states are those of the very engine that runs dossiers, with each gateway going each way and
each timer going off or not; so what is accepted here finishes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from tinhso.dossiers.workflow.errors import Problem
from tinhso.dossiers.workflow.graph import ENDS, GATEWAYS, TASKS, Flow, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import ClosedBecause, Sheet, Token, join_path, split_path

MAX_STATES = 5_000
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
    ends = {node.id for node in workflow.nodes.values() if node.kind in ENDS}
    living = _closure(ends, lambda node: before[node])
    return [
        problem(node, _("Từ đây không có đường nào tới kết thúc."))
        for node in workflow.nodes.values()
        if node.id not in living
    ]


def _gateway_cycles(workflow: Workflow) -> list[Problem]:
    """Gateways that lead back to themselves with no task between: work would run in circles."""

    def gateways_after(node: str) -> list[str]:
        return [
            flow.target
            for flow in workflow.outgoing(node)
            if workflow.nodes[flow.target].kind in GATEWAYS
        ]

    return [
        problem(node, _("Cổng quay lại chính nó mà không qua bước nào."))
        for node in workflow.nodes.values()
        if node.kind in GATEWAYS
        and node.id in _closure(set(gateways_after(node.id)), gateways_after)
    ]


def _unsound(workflow: Workflow) -> list[Problem]:
    """What goes wrong in some state: a join that waits for ever, a step held twice, no way out."""
    explorer = _Explorer(workflow)
    if not explorer.explore():
        start = workflow.nodes[workflow.start]
        sentence = _("Quy trình quá rắc rối: hơn {limit} trạng thái, không kiểm tra hết được.")
        return [problem(start, sentence.format(limit=MAX_STATES))]
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
        if not any(workflow.nodes[token.node].kind in TASKS for token in state)
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
    doubled: set[str] = field(default_factory=set)

    def choose(self, gateway: Node) -> Flow:
        outgoing = self.workflow.outgoing(gateway.id)
        turn = len(self.taken)
        self.taken.append(self.script[turn] if turn < len(self.script) else 0)
        self.widths.append(len(outgoing))
        return outgoing[self.taken[-1]]

    def rest(self, node: Node, key: UUID, branch: str, via: str) -> None:
        """Put a token down, and notice a second one on the same place (reminders excepted)."""
        for token in list(self.resting.values()):
            if token.node != node.id:
                continue
            if token.branch == branch and token.via == via and self.is_reminder(branch):
                self.consume(token, ClosedBecause.CANCELLED)
            elif self.collides(node, token, branch, via):
                self.doubled.add(node.id)
        key = _place(key, f"{node.id}|{branch}|{via}")
        token = Token(id=key, node=node.id, branch=branch, via=via, since=_AT)
        self.resting[key] = token
        self.created[key] = token

    def collides(self, node: Node, held: Token, branch: str, via: str) -> bool:
        """Whether two tokens may not be here at once: two reminders may, main branches may not."""
        if node.kind is NodeKind.PARALLEL:
            return held.via == via
        return not (self.is_reminder(branch) and self.is_reminder(held.branch))

    def is_reminder(self, branch: str) -> bool:
        """Whether a branch was begun by a non-interrupting timer."""
        return any(
            self.workflow.nodes[self.workflow.flows[flow].source].kind is NodeKind.TIMER
            for part in branch.split("/")
            if part
            for flow in split_path(part)[2]
        )


def _place(_origin: UUID, step: str) -> UUID:
    return uuid5(NAMESPACE_OID, step)


class _Explorer:
    """Every state that the workflow can get into, and which state follows which."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.following: dict[State, set[State]] = {}
        self.doubled: set[str] = set()

    def explore(self) -> bool:
        """Visit every state; False when there are too many. Stops at the first doubled step."""
        ahead = list(self.played(frozenset(), self.begin))
        while ahead and not self.doubled:
            state = ahead.pop()
            if state in self.following:
                continue
            if len(self.following) >= MAX_STATES:
                return False
            self.following[state] = set(self.successors(state))
            ahead.extend(self.following[state])
        return True

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

    def successors(self, state: State) -> Iterator[State]:
        """The states after each completion and each timer."""
        for token in state:
            if self.workflow.nodes[token.node].kind not in TASKS:
                continue
            yield from self.played(state, partial(self.finish, token=token))
            for timer in self.workflow.timers(token.node):
                yield from self.played(state, partial(self.ring, token=token, timer=timer))

    def played(self, state: State, act: Callable[[_Trial], None]) -> Iterator[State]:
        """The states after an act, once for each way through the gateways."""
        scripts: list[tuple[int, ...]] = [()]
        while scripts:
            script = scripts.pop()
            trial = _Trial(
                self.workflow,
                tuple(state),
                {},
                _AT,
                lambda _text, _facts: False,
                _place,
                script=script,
            )
            act(trial)
            self.doubled |= trial.doubled
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

    def ring(self, trial: _Trial, token: Token, timer: Node) -> None:
        """Let a timer go off."""
        flow = self.workflow.outgoing(timer.id)[0]
        if timer.interrupting:
            trial.consume(token, ClosedBecause.TIMED_OUT)
            trial.advance(flow, token.id, token.branch)
        else:
            split = _place(token.id, timer.id)
            trial.advance(flow, token.id, join_path(token.branch, split, (flow.id,)))
