"""Tokens, what an act does to them, and the work sheet on which moves are worked out.

A token (thẻ bước) rests at a task or timer, or waits at a parallel join for its siblings. `branch`
says where it lives: a path of parts, empty on the trunk. A part `<id of the split>:<flows>` is a
parallel branch; two tokens are siblings when they differ only in the flows of the last part; a join
merges siblings and drops the part once all flows of its split are in. A part `<id>@<sub-process>` is
one run of a sub-process, its scope; it is over when no token is left in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from tinhso.dossiers.workflow.durations import Duration
from tinhso.dossiers.workflow.graph import ENDS, RESTS, WORKED, Flow, Node, NodeKind, Workflow

Facts = Mapping[str, Any]
Judge = Callable[[str, Facts], bool]
Derive = Callable[[UUID, str], UUID]


class ClosedBecause(StrEnum):
    """Why a work item is no longer open."""

    DONE = "done"
    SENT_BACK = "sent_back"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Token:
    """Where a dossier stands: at a task, or waiting at a join; `via` is the flow it came by."""

    id: UUID
    node: str
    branch: str
    via: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A step to be done (việc cần làm) by a role, through an act."""

    token: UUID
    node: str
    role: str
    act: str


@dataclass(frozen=True, slots=True)
class ClosedItem:
    """A step that is no longer to be done."""

    token: UUID
    node: str
    because: ClosedBecause


@dataclass(frozen=True, slots=True)
class Timer:
    """An alarm (hẹn giờ) set while its token rests; it ends with the token.

    At a sub-process `token` is the scope, and the alarm ends with it.
    """

    token: UUID
    timer: str
    waits: Duration
    interrupting: bool


@dataclass(frozen=True, slots=True)
class ServiceAct:
    """An act that the system runs itself and then completes the token with its outcome."""

    token: UUID
    node: str
    act: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What an act does to the tokens of a dossier; `finished` when none is left.

    `ended` are the scopes of sub-processes that are over: their alarms go.
    """

    consumed: tuple[Token, ...]
    created: tuple[Token, ...]
    opened: tuple[WorkItem, ...]
    closed: tuple[ClosedItem, ...]
    timers: tuple[Timer, ...]
    service_acts: tuple[ServiceAct, ...]
    ended: tuple[UUID, ...]
    finished: bool


def join_path(branch: str, split: UUID, flows: Iterable[str]) -> str:
    """The path of a branch that begins at a split."""
    part = f"{split}:{'+'.join(sorted(flows))}"
    return f"{branch}/{part}" if branch else part


def split_path(branch: str) -> tuple[str, str, tuple[str, ...]]:
    """The parent path, the split, and the flows of the last part of a path."""
    parent, _slash, last = branch.rpartition("/")
    split, _colon, flows = last.partition(":")
    return parent, split, tuple(flows.split("+")) if flows else ()


@dataclass(frozen=True, slots=True)
class Scope:
    """One run of a sub-process: its identifier, which it is, the path into it and around it."""

    id: UUID
    process: str
    path: str
    parent: str

    def holds(self, branch: str) -> bool:
        """Whether a branch lies in it."""
        return branch == self.path or branch.startswith(f"{self.path}/")


def scope_path(branch: str, scope: UUID, process: str) -> str:
    """The path of what runs in a sub-process."""
    part = f"{scope}@{process}"
    return f"{branch}/{part}" if branch else part


def scopes_of(branch: str) -> list[Scope]:
    """The runs of sub-processes that a branch lies in, the outermost first."""
    found: list[Scope] = []
    parts = branch.split("/")
    for index, part in enumerate(parts):
        key, mark, process = part.partition("@")
        if mark:
            path, parent = "/".join(parts[: index + 1]), "/".join(parts[:index])
            found.append(Scope(UUID(key), process, path, parent))
    return found


@dataclass(slots=True)
class Sheet:
    """The work sheet of one act: what was consumed and created so far."""

    workflow: Workflow
    before: Collection[Token]
    facts: Facts
    at: datetime
    judge: Judge
    derive: Derive = uuid5
    resting: dict[UUID, Token] = field(default_factory=dict)
    created: dict[UUID, Token] = field(default_factory=dict)
    consumed: list[Token] = field(default_factory=list)
    closed: list[ClosedItem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.resting = {token.id: token for token in self.before}

    def consume(self, token: Token, because: ClosedBecause) -> None:
        """Take a token away and close its item; one created in this very act leaves no trace."""
        del self.resting[token.id]
        if self.created.pop(token.id, None) is None:
            self.consumed.append(token)
            if self.workflow.nodes[token.node].kind in WORKED:
                self.closed.append(ClosedItem(token.id, token.node, because))

    def consume_within(
        self, path: str = "", because: ClosedBecause = ClosedBecause.CANCELLED
    ) -> None:
        """Take every token away, or every one whose branch begins with a path."""
        for token in list(self.resting.values()):
            if token.branch.startswith(path):
                self.consume(token, because)

    def rest(self, node: Node, key: UUID, branch: str, via: str) -> None:
        """Put a token down."""
        token = Token(id=key, node=node.id, branch=branch, via=via, since=self.at)
        self.resting[key] = token
        self.created[key] = token

    def advance(self, flow: Flow, origin: UUID, branch: str) -> None:
        """Move along a flow, through gateways and sub-processes, until everything rests."""
        ahead = [(flow, origin, branch)]
        while ahead:
            flow, origin, branch = ahead.pop()
            node = self.workflow.nodes[flow.target]
            if node.kind in RESTS:
                self.rest(node, self.derive(origin, flow.id), branch, flow.id)
            elif node.kind is NodeKind.EXCLUSIVE:
                ahead.append((self.choose(node), origin, branch))
            elif node.kind is NodeKind.PARALLEL:
                ahead.extend(reversed(self.through(node, flow, origin, branch)))
            elif node.kind is NodeKind.PROCESS:
                scope = self.derive(origin, node.id)
                inner = self.workflow.outgoing(self.workflow.start_of(node.id))[0]
                ahead.append((inner, scope, scope_path(branch, scope, node.id)))
            elif node.kind in ENDS:
                self.end(node, origin, branch, ahead)

    def end(
        self, node: Node, origin: UUID, branch: str, ahead: list[tuple[Flow, UUID, str]]
    ) -> None:
        """End a token, or all around it; a sub-process is left when nothing in it is under way."""
        scopes = scopes_of(branch)
        scope = scopes[-1] if scopes and scopes[-1].process == node.within else None
        if node.kind is NodeKind.TERMINATE:
            self.consume_within(scope.path if scope else "")
            ahead[:] = [held for held in ahead if scope and not scope.holds(held[2])]
        if scope is None:
            return
        under_way = [held[2] for held in ahead] + [held.branch for held in self.resting.values()]
        if not any(scope.holds(other) for other in under_way):
            outside = self.workflow.outgoing(scope.process)[0]
            ahead.append((outside, self.derive(origin, scope.process), scope.parent))

    def choose(self, gateway: Node) -> Flow:
        """The first flow whose condition holds, else the default."""
        outgoing = self.workflow.outgoing(gateway.id)
        for flow in outgoing:
            if flow.condition is not None and self.judge(flow.condition, self.facts):
                return flow
        return self.workflow.flows[gateway.default] if gateway.default else outgoing[0]

    def through(
        self, gateway: Node, flow: Flow, origin: UUID, branch: str
    ) -> list[tuple[Flow, UUID, str]]:
        """Join, then split: the flows that are taken on, none while siblings are awaited."""
        if len(self.workflow.incoming(gateway.id)) > 1:
            joined = self.join(gateway, flow, origin, branch)
            if joined is None:
                self.rest(gateway, self.derive(origin, flow.id), branch, flow.id)
                return []
            origin, branch = joined
        outgoing = self.workflow.outgoing(gateway.id)
        if len(outgoing) == 1:
            return [(outgoing[0], origin, branch)]
        split = self.derive(origin, gateway.id)
        return [
            (out, self.derive(split, out.id), join_path(branch, split, (out.id,)))
            for out in outgoing
        ]

    def join(self, gateway: Node, flow: Flow, origin: UUID, branch: str) -> tuple[UUID, str] | None:
        """Merge the arriving token with its waiting siblings; None while one is missing."""
        parent, split, flows = split_path(branch)
        siblings: dict[str, Token] = {}
        for token in self.resting.values():
            if token.node == gateway.id and split_path(token.branch)[:2] == (parent, split):
                siblings.setdefault(token.via, token)
        awaited = {incoming.id for incoming in self.workflow.incoming(gateway.id)} - {flow.id}
        if not flows or not awaited <= siblings.keys():
            return None
        merged = set(flows)
        for via in sorted(awaited):
            token = siblings[via]
            merged.update(split_path(token.branch)[2])
            origin = self.derive(origin, str(token.id))
            self.consume(token, ClosedBecause.DONE)
        every = {out.id for out in self.workflow.outgoing(self.workflow.flows[flows[0]].source)}
        if merged == every:
            return origin, parent
        return origin, join_path(parent, UUID(split), merged)

    def moves(self) -> Moves:
        """What the sheet amounts to."""
        opened: list[WorkItem] = []
        timers: list[Timer] = []
        service_acts: list[ServiceAct] = []
        for token in self.created.values():
            node = self.workflow.nodes[token.node]
            if node.kind in WORKED:
                opened.append(WorkItem(token.id, node.id, node.role or "", node.act or ""))
            elif node.kind is NodeKind.SERVICE:
                service_acts.append(ServiceAct(token.id, node.id, node.act or ""))
            alarms = [node] if node.kind is NodeKind.CATCH else self.workflow.timers(node.id)
            timers.extend(_set(token.id, alarm) for alarm in alarms)
        before = {scope.id: scope for held in self.before for scope in scopes_of(held.branch)}
        after = {
            scope.id: scope for held in self.resting.values() for scope in scopes_of(held.branch)
        }
        for scope in after.values():
            if scope.id not in before:
                timers.extend(
                    _set(scope.id, alarm) for alarm in self.workflow.timers(scope.process)
                )
        return Moves(
            consumed=tuple(self.consumed),
            created=tuple(self.created.values()),
            opened=tuple(opened),
            closed=tuple(self.closed),
            timers=tuple(timers),
            service_acts=tuple(service_acts),
            ended=tuple(key for key in before if key not in after),
            finished=not self.resting,
        )


def _set(token: UUID, alarm: Node) -> Timer:
    assert alarm.waits is not None  # noqa: S101 - a timer without a time is refused when read
    return Timer(token, alarm.id, alarm.waits, alarm.interrupting)
