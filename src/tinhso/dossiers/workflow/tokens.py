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
from tinhso.dossiers.workflow.graph import TASKS, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import (
    ClosedBecause,
    Facts,
    Judge,
    Moves,
    Sheet,
    Token,
    join_path,
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
    alone by its siblings: no step outside the token's own branch can be named. Raises
    `TokenNotOpen` and `StepNotVisited`.
    """
    resting, _node = _open(workflow, tokens, token)
    target = workflow.nodes.get(to)
    if (
        target is None
        or target.kind is not NodeKind.USER
        or to == resting.node
        or (to, resting.branch) not in visited
    ):
        raise StepNotVisited(step=target.label if target else to)
    sheet = Sheet(workflow, tokens, {}, at, _no_gateway)
    sheet.consume(resting, ClosedBecause.SENT_BACK)
    sheet.rest(target, sheet.derive(resting.id, f"back:{to}"), resting.branch, "")
    return sheet.moves()


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
    """Let a timer go off: an interrupting one ends its task, another begins a branch beside it.

    Raises `TokenNotOpen` and `TimerNotSet`.
    """
    resting, node = _open(workflow, tokens, token)
    alarm = workflow.nodes.get(timer)
    if alarm is None or alarm.attached_to != node.id:
        raise TimerNotSet(timer=timer)
    flow = workflow.outgoing(timer)[0]
    sheet = Sheet(workflow, tokens, facts, at, judge)
    origin = sheet.derive(resting.id, timer)
    if alarm.interrupting:
        sheet.consume(resting, ClosedBecause.TIMED_OUT)
        sheet.advance(flow, origin, resting.branch)
    else:
        sheet.advance(flow, origin, join_path(resting.branch, origin, (flow.id,)))
    return sheet.moves()


def cancel(workflow: Workflow, tokens: Collection[Token], *, at: datetime) -> Moves:
    """End everything at once: the dossier was closed by an act of its own (dừng giải quyết)."""
    sheet = Sheet(workflow, tokens, {}, at, _no_gateway)
    sheet.consume_all()
    return sheet.moves()


def _open(workflow: Workflow, tokens: Collection[Token], key: UUID) -> tuple[Token, Node]:
    for token in tokens:
        if token.id == key and workflow.nodes[token.node].kind in TASKS:
            return token, workflow.nodes[token.node]
    raise TokenNotOpen(token=key)


def _no_gateway(condition: str, _facts: Facts) -> bool:
    raise AssertionError(condition)
