"""What can happen to the tokens of a dossier: pure functions, no database, no clock.

Identifiers are derived from the token that was consumed, never drawn: the same acts give the same
rows by service and by bulk, and a timer fired twice collides. The callers keep the rows; timers,
work items and service acts belong to their token and end with it. A reminder (non-interrupting
timer) begins a branch of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.workflow.errors import (
    OutcomeUnknown,
    StepNotVisited,
    TimerNotSet,
    TokenNotOpen,
)
from tinhso.dossiers.workflow.graph import RESTS, TASKS, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import (
    ClosedBecause,
    Facts,
    Judge,
    Moves,
    Scope,
    Sheet,
    Token,
    join_path,
    scopes_of,
    split_path,
)

__all__ = [
    "ClosedBecause",
    "Facts",
    "Judge",
    "Moves",
    "Token",
    "apply",
    "cancel",
    "complete",
    "fire_timer",
    "send_back",
    "start",
]


def apply(tokens: Iterable[Token], moves: Moves) -> tuple[Token, ...]:
    """The tokens after the moves."""
    gone = {token.id for token in moves.consumed}
    return (*(token for token in tokens if token.id not in gone), *moves.created)


def start(workflow: Workflow, facts: Facts, *, seed: UUID, at: datetime, judge: Judge) -> Moves:
    """Begin the workflow. `seed` (the dossier's uuid) is what the first identifiers derive from."""
    sheet = Sheet(workflow, (), facts, at, judge)
    sheet.advance(workflow.outgoing(workflow.start)[0], seed, "")
    return sheet.moves()


def complete(
    workflow: Workflow,
    tokens: Collection[Token],
    token: UUID,
    outcome: str,
    facts: Facts,
    *,
    at: datetime,
    judge: Judge,
) -> Moves:
    """Finish a task with an outcome, which the gateways that follow read as `outcome`.

    Raises `TokenNotOpen` and `OutcomeUnknown`.
    """
    resting, node = _open(workflow, tokens, token)
    if node.outcomes and outcome not in node.outcomes:
        raise OutcomeUnknown(step=node.label, outcome=outcome)
    sheet = Sheet(workflow, tokens, {**facts, "outcome": outcome}, at, judge)
    sheet.consume(resting, ClosedBecause.DONE)
    sheet.advance(workflow.outgoing(node.id)[0], resting.id, resting.branch)
    return sheet.moves()


def send_back(
    workflow: Workflow,
    tokens: Collection[Token],
    token: UUID,
    to: str,
    *,
    visited: Collection[tuple[str, str]],
    at: datetime,
) -> Moves:
    """Return work to an earlier user task of the same branch (trả lại bước trước).

    `visited` holds (node, branch) of the work items that this dossier has had. A branch is left
    alone by its siblings: no step outside the token's own branch can be named, but one that its
    step declares (`back_to`); that takes every branch of the split back with it (ADR 20). Raises
    `TokenNotOpen` and `StepNotVisited`.
    """
    resting, _node = _open(workflow, tokens, token)
    target = workflow.nodes.get(to)
    branch = _way_back(workflow, resting.node, resting.branch, to, visited)
    if target is None or branch is None:
        raise StepNotVisited(step=target.label if target else to)
    sheet = Sheet(workflow, tokens, {}, at, _no_gateway)
    sheet.consume(resting, ClosedBecause.SENT_BACK)
    if branch != resting.branch:
        sheet.consume_within(_split_below(branch, resting.branch))
    sheet.rest(target, sheet.derive(resting.id, f"back:{to}"), branch, "")
    return sheet.moves()


def steps_back(
    workflow: Workflow, node: str, branch: str, *, visited: Collection[tuple[str, str]]
) -> list[str]:
    """The steps to which `send_back` may return work from a step, in the order of the file."""
    return [
        task.id
        for task in workflow.tasks()
        if _way_back(workflow, node, branch, task.id, visited) is not None
    ]


def _way_back(
    workflow: Workflow, node: str, branch: str, to: str, visited: Collection[tuple[str, str]]
) -> str | None:
    """The branch in which the earlier step opens again; None when it may not."""
    target = workflow.nodes.get(to)
    if target is None or target.kind is not NodeKind.USER or to == node:
        return None
    if (to, branch) in visited:
        return branch
    declared = to in workflow.nodes[node].back_to
    while branch and declared and not _is_reminder(workflow, branch):
        branch = branch.rpartition("/")[0]
        if (to, branch) in visited:
            return branch
    return None


def _split_below(branch: str, below: str) -> str:
    """How the path of every branch begins that left `branch` at the split on the way to `below`."""
    first = below.removeprefix(branch).lstrip("/").partition("/")[0]
    mark = "@" if "@" in first else ":"
    split = first.partition(mark)[0] + mark
    return f"{branch}/{split}" if branch else split


def _is_reminder(workflow: Workflow, branch: str) -> bool:
    """Whether the last part of a path was begun by a reminder: what it began beside goes on."""
    _parent, _split, flows = split_path(branch)
    return bool(flows) and (workflow.nodes[workflow.flows[flows[0]].source].kind is NodeKind.TIMER)


def fire_timer(
    workflow: Workflow,
    tokens: Collection[Token],
    token: UUID,
    timer: str,
    facts: Facts,
    *,
    at: datetime,
    judge: Judge,
) -> Moves:
    """Let a timer go off: an interrupting one ends its step, another begins a branch beside it.

    `token` is the scope for a timer at a sub-process. A timer on the way lets its token go on.
    Raises `TokenNotOpen` and `TimerNotSet`.
    """
    sheet = Sheet(workflow, tokens, facts, at, judge)
    alarm = workflow.nodes.get(timer)
    scope = _scope(tokens, token)
    if scope is not None:
        host, branch = scope.process, scope.parent
    else:
        resting, node = _resting(workflow, tokens, token)
        if node.kind is NodeKind.CATCH and timer == node.id:
            sheet.consume(resting, ClosedBecause.DONE)
            sheet.advance(workflow.outgoing(timer)[0], resting.id, resting.branch)
            return sheet.moves()
        host, branch = node.id, resting.branch
    if alarm is None or alarm.attached_to != host:
        raise TimerNotSet(timer=timer)
    flow = workflow.outgoing(timer)[0]
    origin = sheet.derive(token, timer)
    if not alarm.interrupting:
        sheet.advance(flow, origin, join_path(branch, origin, (flow.id,)))
        return sheet.moves()
    if scope is not None:
        sheet.consume_within(scope.path, ClosedBecause.TIMED_OUT)
    else:
        sheet.consume(resting, ClosedBecause.TIMED_OUT)
    sheet.advance(flow, origin, branch)
    return sheet.moves()


def cancel(workflow: Workflow, tokens: Collection[Token], *, at: datetime) -> Moves:
    """End everything at once: the dossier was closed by an act of its own (dừng giải quyết)."""
    sheet = Sheet(workflow, tokens, {}, at, _no_gateway)
    sheet.consume_within()
    return sheet.moves()


def _open(workflow: Workflow, tokens: Collection[Token], key: UUID) -> tuple[Token, Node]:
    token, node = _resting(workflow, tokens, key)
    if node.kind not in TASKS:
        raise TokenNotOpen(token=key)
    return token, node


def _resting(workflow: Workflow, tokens: Collection[Token], key: UUID) -> tuple[Token, Node]:
    for token in tokens:
        if token.id == key and workflow.nodes[token.node].kind in RESTS:
            return token, workflow.nodes[token.node]
    raise TokenNotOpen(token=key)


def _scope(tokens: Collection[Token], key: UUID) -> Scope | None:
    """The run of a sub-process of this identifier, as long as a token is in it."""
    for token in tokens:
        for scope in scopes_of(token.branch):
            if scope.id == key:
                return scope
    return None


def _no_gateway(condition: str, _facts: Facts) -> bool:
    raise AssertionError(condition)
