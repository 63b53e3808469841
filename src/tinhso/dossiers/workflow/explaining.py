"""Where a dossier stands in its workflow, in words: a sentence or two for each token."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tinhso.dossiers.workflow import tokens as moving
from tinhso.dossiers.workflow.graph import RESTS, TASKS, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Facts, Judge, Token, scopes_of, split_path
from tinhso.dossiers.workflow.trail import Past, StepState, next_steps, step_states
from tinhso.ui.formatting import moment


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the table that says the same as the drawing."""

    node: str
    name: str
    role: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is awaited at a step: the agency, the person if one holds it, until when."""

    agency: str
    person: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Known:
    """What the sentences may say beside the workflow itself.

    `roles` and `outcomes` are names by code, `holders` by token, `rings_at` when an alarm goes off,
    by (token or scope, timer). With `facts` and `judge` it is foreseen where each outcome leads.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[UUID, Holder] = field(default_factory=dict)
    rings_at: Mapping[tuple[UUID, str], datetime] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    judge: Judge | None = None


def explain(workflow: Workflow, tokens: Collection[Token], known: Known | None = None) -> list[str]:
    """Sentences on where the dossier stands, who is awaited, and what follows from it."""
    if not tokens:
        return [_("Quy trình đã kết thúc.")]
    said = known or Known()
    lines: list[str] = []
    for token in sorted(tokens, key=lambda held: (held.since, held.node, held.branch)):
        node = workflow.nodes[token.node]
        if node.kind in RESTS:
            parts = [_standing(node, token, said), *_alarms(workflow, node, token, said)]
            if said.judge is not None and node.kind in TASKS:
                parts += _foreseen(workflow, tokens, token, said, said.judge)
            lines.append(" ".join(parts))
        else:
            lines.append(_waiting(workflow, node, token, tokens))
    if said.judge is not None:
        return lines  # the sentences of each step have said what follows
    following = sorted({node.label for node in next_steps(workflow, tokens)})
    if following:
        lines.append(_("Có thể tới tiếp: {steps}.").format(steps=_quoted(following)))
    else:
        lines.append(_("Sau đó quy trình kết thúc."))
    return lines


def step_rows(workflow: Workflow, tokens: Collection[Token], past: Past) -> list[StepRow]:
    """Every step with its state."""
    states = step_states(workflow, tokens, past)
    return [
        StepRow(node.id, node.label, node.role or "", states[node.id])
        for node in workflow.nodes.values()
        if node.id in states
    ]


def _standing(node: Node, token: Token, known: Known) -> str:
    since = moment(token.since)
    if node.kind is NodeKind.SERVICE:
        return _("Hệ thống đang thực hiện «{step}» từ {since}.").format(
            step=node.label, since=since
        )
    if node.kind is NodeKind.CATCH:
        return _("Đang tạm chờ ở «{step}» từ {since}.").format(step=node.label, since=since)
    role = known.roles.get(node.role or "", node.role or "")
    holder = known.holders.get(token.id, Holder(""))
    who = ", ".join(part for part in (role, holder.agency, holder.person) if part)
    if node.kind is NodeKind.RECEIVE:
        line = _("Đang chờ trả lời từ bên ngoài ở bước «{step}» ({who} ghi nhận) từ {since}")
    elif holder.agency:
        line = _("Đang ở bước «{step}», chờ {who} từ {since}")
    else:
        line = _("Đang ở bước «{step}» (vai trò {who}) từ {since}")
    line = line.format(step=node.label, who=who, since=since)
    if holder.due_at is not None:
        line += _(", hạn {until}").format(until=moment(holder.due_at))
    return f"{line}."


def _alarms(workflow: Workflow, node: Node, token: Token, known: Known) -> list[str]:
    """What the timers at a step will do, and those of the sub-processes around it."""
    if node.kind is NodeKind.CATCH:
        rings_at = known.rings_at.get((token.id, node.id))
        if rings_at:
            return [_("Đi tiếp lúc {moment}.").format(moment=moment(rings_at))]
        return [_("Đi tiếp sau {amount}.").format(amount=_amount(node))]
    standing = [(token.id, timer) for timer in workflow.timers(node.id)]
    for scope in scopes_of(token.branch):
        standing += [(scope.id, timer) for timer in workflow.timers(scope.process)]
    return [_alarm(timer, known.rings_at.get((key, timer.id))) for key, timer in standing]


def _alarm(timer: Node, rings_at: datetime | None) -> str:
    if rings_at:
        when = _("Đến {moment}").format(moment=moment(rings_at))
    else:
        when = _("Sau {amount}").format(amount=_amount(timer))
    if timer.interrupting:
        return _("{when} bước này tự chuyển theo «{timer}».").format(when=when, timer=timer.label)
    return _("{when} có thêm việc «{timer}».").format(when=when, timer=timer.label)


def _amount(timer: Node) -> str:
    waits = timer.waits
    if waits is None:
        return ""
    return duration_words(waits.months, waits.days, waits.seconds, working=waits.working)


def _foreseen(
    workflow: Workflow, tokens: Collection[Token], token: Token, known: Known, judge: Judge
) -> list[str]:
    """What follows from each outcome, by playing it; outcomes that lead to the same are one."""
    node = workflow.nodes[token.node]
    leads: dict[str, list[str]] = {}
    for outcome in node.outcomes or ("",):
        moves = moving.complete(
            workflow, tokens, token.id, outcome, known.facts, at=token.since, judge=judge
        )
        leads.setdefault(_where(workflow, moves), []).append(known.outcomes.get(outcome, outcome))
    if len(leads) == 1:
        return [_("Xong bước này thì {where}.").format(where=next(iter(leads)))]
    return [
        _("Nếu {outcomes} thì {where}.").format(outcomes=_quoted(outcomes), where=where)
        for where, outcomes in leads.items()
    ]


def _where(workflow: Workflow, moves: moving.Moves) -> str:
    steps = [workflow.nodes[made.node] for made in moves.created]
    names = sorted({node.label for node in steps if node.kind in RESTS})
    if names:
        return _("sang {steps}").format(steps=_quoted(names))
    if steps:
        return _("chờ các nhánh khác ở «{join}»").format(join=steps[0].label)
    if moves.finished:
        return _("quy trình kết thúc")
    return _("nhánh này kết thúc")


def duration_words(months: int, days: int, seconds: int, *, working: bool) -> str:
    """A waiting time in words: “2 ngày 4 giờ làm việc”."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        f"{amount} {unit}"
        for amount, unit in (
            (months, pgettext("khoảng thời gian", "tháng")),
            (days, pgettext("khoảng thời gian", "ngày")),
            (hours, pgettext("khoảng thời gian", "giờ")),
            (minutes, pgettext("khoảng thời gian", "phút")),
            (rest, pgettext("khoảng thời gian", "giây")),
        )
        if amount
    ]
    words = " ".join(parts)
    return _("{time} làm việc").format(time=words) if working else words


def _waiting(workflow: Workflow, node: Node, token: Token, tokens: Collection[Token]) -> str:
    """What a join waits for: the steps of the sibling branches, and how many are in."""
    parent, split, _flows = split_path(token.branch)
    prefix = f"{parent}/{split}:" if parent else f"{split}:"
    beside = [other for other in tokens if other.branch.startswith(prefix)]
    awaited = {
        workflow.nodes[other.node].label
        for other in beside
        if workflow.nodes[other.node].kind in RESTS
    }
    finished = workflow.nodes[workflow.flows[token.via].source].label
    arrived = sum(1 for other in beside if other.node == node.id)
    count = _("{arrived} trên {all} nhánh đã xong").format(
        arrived=arrived, all=len(workflow.incoming(node.id))
    )
    if not awaited:
        return _("Nhánh qua «{step}» đã xong, đang chờ ở «{join}» ({count}).").format(
            step=finished, join=node.label, count=count
        )
    return _("Nhánh qua «{step}» đã xong, đang chờ {steps} ({count}).").format(
        step=finished, steps=_quoted(sorted(awaited)), count=count
    )


def _quoted(names: list[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
