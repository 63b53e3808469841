"""Where a dossier stands in its workflow, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tinhso.calendars.clock import local
from tinhso.dossiers.workflow.graph import TASKS, Node, NodeKind, Workflow
from tinhso.dossiers.workflow.moves import Token, split_path


class StepState(StrEnum):
    """Where a step stands for one dossier."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    NONE = "none"

    @property
    def word(self) -> str:
        """The state in a word, for pages and drawings."""
        return {
            StepState.DONE: _("Đã qua"),
            StepState.NOW: _("Đang làm"),
            StepState.NEXT: _("Tiếp theo"),
            StepState.NONE: _("Chưa tới"),
        }[self]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the table that says the same as the drawing."""

    node: str
    name: str
    role: str
    state: StepState


def explain(
    workflow: Workflow, tokens: Collection[Token], roles: Mapping[str, str] | None = None
) -> list[str]:
    """Sentences on where the dossier stands, what is awaited and what can come next.

    `roles` gives the names by which people know the roles of the workflow.
    """
    if not tokens:
        return [_("Quy trình đã kết thúc.")]
    lines: list[str] = []
    for token in sorted(tokens, key=lambda held: (held.since, held.node, held.branch)):
        node = workflow.nodes[token.node]
        if node.kind in TASKS:
            lines.append(_standing(workflow, node, token, roles or {}))
        else:
            lines.append(_waiting(workflow, node, token, tokens))
    following = sorted({node.label for node in next_steps(workflow, tokens)})
    if following:
        lines.append(_("Có thể tới tiếp: {steps}.").format(steps=_quoted(following)))
    else:
        lines.append(_("Sau đó quy trình kết thúc."))
    return lines


def next_steps(workflow: Workflow, tokens: Collection[Token]) -> list[Node]:
    """The tasks that can come right after those where the dossier stands, in file order."""
    here = {token.node for token in tokens if workflow.nodes[token.node].kind in TASKS}
    found: set[str] = set()
    seen: set[str] = set()
    ahead = [flow.target for node in here for flow in workflow.outgoing(node)]
    while ahead:
        key = ahead.pop()
        if key in seen:
            continue
        seen.add(key)
        if workflow.nodes[key].kind in TASKS:
            found.add(key)
        else:
            ahead.extend(flow.target for flow in workflow.outgoing(key))
    return [node for node in workflow.tasks() if node.id in found - here]


def step_rows(
    workflow: Workflow, tokens: Collection[Token], visited: Iterable[str]
) -> list[StepRow]:
    """Every task with its state; `visited` holds the nodes that have had a work item."""
    states = step_states(workflow, tokens, visited)
    return [
        StepRow(node.id, node.label, node.role or "", states[node.id]) for node in workflow.tasks()
    ]


def step_states(
    workflow: Workflow, tokens: Collection[Token], visited: Iterable[str]
) -> dict[str, StepState]:
    """The state of each task; where several hold, what is being done comes first."""
    past = set(visited)
    here = {token.node for token in tokens}
    following = {node.id for node in next_steps(workflow, tokens)}
    states: dict[str, StepState] = {}
    for node in workflow.tasks():
        if node.id in here:
            states[node.id] = StepState.NOW
        elif node.id in following:
            states[node.id] = StepState.NEXT
        else:
            states[node.id] = StepState.DONE if node.id in past else StepState.NONE
    return states


def _standing(workflow: Workflow, node: Node, token: Token, roles: Mapping[str, str]) -> str:
    since = local(token.since).strftime("%H:%M %d/%m/%Y")
    if node.kind is NodeKind.SERVICE:
        line = _("Hệ thống đang thực hiện «{step}» từ {since}.").format(
            step=node.label, since=since
        )
    else:
        line = _("Đang ở bước «{step}» (vai trò {role}) từ {since}.").format(
            step=node.label, role=roles.get(node.role or "", node.role), since=since
        )
    for timer in workflow.timers(node.id):
        if timer.waits is not None:
            line += " " + _alarm(timer)
    return line


def _alarm(timer: Node) -> str:
    waits = timer.waits
    if waits is None:
        return ""
    amount = duration_words(waits.months, waits.days, waits.seconds, working=waits.working)
    if timer.interrupting:
        return _("Sau {amount} bước này tự chuyển theo «{timer}».").format(
            amount=amount, timer=timer.label
        )
    return _("Sau {amount} có thêm việc «{timer}».").format(amount=amount, timer=timer.label)


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
    """What a join waits for: the steps of the sibling branches that are still under way."""
    parent, split, _flows = split_path(token.branch)
    prefix = f"{parent}/{split}:" if parent else f"{split}:"
    awaited = {
        workflow.nodes[other.node].label
        for other in tokens
        if other.branch.startswith(prefix) and workflow.nodes[other.node].kind in TASKS
    }
    finished = workflow.nodes[workflow.flows[token.via].source].label
    if not awaited:
        return _("Nhánh qua «{step}» đã xong, đang chờ ở «{join}».").format(
            step=finished, join=node.label
        )
    return _("Nhánh qua «{step}» đã xong, đang chờ {steps}.").format(
        step=finished, steps=_quoted(sorted(awaited))
    )


def _quoted(names: list[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
