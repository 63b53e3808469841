"""Where a dossier stands, in the applicant's words: the stage, the steps done and to come, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.models import State
from tinhso.dossiers.naming import step_title
from tinhso.dossiers.pace import Pace
from tinhso.dossiers.plans.intake import RECEIPT_NODE
from tinhso.dossiers.queries import showing
from tinhso.dossiers.queries.promised import clock_of, way_in_words, way_of
from tinhso.dossiers.queries.telling import Told, decision_of, guidance_of, told_of
from tinhso.dossiers.services.interrupting import WITHDRAWABLE
from tinhso.dossiers.workflow.graph import WORKED, NodeKind
from tinhso.ui import formatting
from tinhso.ui.components import Step
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.dossiers.models import (
        ComplaintAnswer,
        Decision,
        Dossier,
        Guidance,
        Refusal,
        Result,
        SupplementRequest,
    )
    from tinhso.dossiers.queries.showing import StepLine
    from tinhso.dossiers.workflow.graph import Workflow


@dataclass(frozen=True)
class Standing:
    """What the look-up shows of one dossier."""

    position: int
    total: int
    headline: str
    next: str
    """What happens next and what the applicant has to do, in a sentence or two."""
    pace: Pace
    steps: list[Step]
    applicant: str
    competent: str
    returning: str
    asked: SupplementRequest | None
    refusal: Refusal | None
    rejection: Decision | None
    """The decision that refused what was asked for, once it is told: with the document, not before."""
    results: list[Result]
    told: list[Told]
    guidance: Guidance | None
    may_withdraw: bool
    way: str
    """How the applicant wants the result: `counter`, `post` or `online`."""
    way_in_words: str
    clock: Literal["before", "runs", "stopped", "over"]
    """Whether the time of the procedure has not begun, runs, stands still or ended: only what runs promises a day."""
    answered: list[ComplaintAnswer]


def standing_of(dossier: Dossier, *, at: datetime) -> Standing:
    """Everything that the page says, in a fixed number of queries."""
    lines = showing.steps_of(dossier, at)
    ahead = _ahead(dossier, lines)
    clock = clock_of(dossier)
    is_late = clock == "runs" and dossier.is_overdue(at)
    agencies = names_of({dossier.competent_agency_id, dossier.returning_agency_id}, day_of(at))
    returning, way = agencies.get(dossier.returning_agency_id, ""), way_of(dossier)
    steps = [*_passed(dossier, lines, is_late=is_late), *(Step(name) for name in ahead)]
    now = [number for number, step in enumerate(steps, start=1) if step.state in {"now", "late"}]
    state = State(dossier.state)
    rejection = rejection_of(dossier)
    return Standing(
        position=now[0] if now else len(steps) - len(ahead),
        total=len(steps),
        headline=_headline(state, lines, dossier.procedure_id, is_rejected=bool(rejection)),
        next=_what_follows_rejection(state) if rejection else what_is_next(state),
        pace=showing.pace(dossier, at),
        steps=steps,
        applicant=masked(dossier.applicant.name) if dossier.applicant else "",
        competent=agencies.get(dossier.competent_agency_id, ""),
        returning=returning,
        asked=_asked(dossier) if state is State.AWAITING_SUPPLEMENT else None,
        refusal=dossier.refusals.first() if state is State.REFUSED else None,
        rejection=rejection,
        results=list(dossier.results.select_related("file")) if state is State.HANDED_OVER else [],
        told=told_of(dossier),
        way=way,
        way_in_words=way_in_words(way, returning),
        clock=clock,
        guidance=guidance_of(dossier) if state is State.SUBMITTED else None,
        answered=list(dossier.complaintanswers.order_by("-at")),
        may_withdraw=state in WITHDRAWABLE and not _is_decided(lines),
    )


def rejection_of(dossier: Dossier) -> Decision | None:
    """The decision by which it was refused, when there is a result of it."""
    if dossier.state not in {State.DECIDED, State.HANDED_OVER}:
        return None
    decision = decision_of(dossier)
    return decision if decision is not None and not decision.approves else None


def _is_decided(lines: Iterable[StepLine]) -> bool:
    return any(
        line.step.act == "decide" and line.step.outcome in {"approve", "reject"}
        for line in _current(lines)
    )


def _current(lines: Iterable[StepLine]) -> list[StepLine]:
    """The steps since it was last handed over: what was done before a reopening is to be done again."""
    found: list[StepLine] = []
    for line in lines:
        found = [] if line.step.outcome == "handed_over" else [*found, line]
    return found


def masked(name: str) -> str:
    """A name of which only the first word is told: “Đinh V. R.”."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in rest)])


def _asked(dossier: Dossier) -> SupplementRequest | None:
    return dossier.supplementrequests.filter(answer=None).order_by("-at").first()


def _headline(state: State, lines: Iterable[StepLine], version: int, *, is_rejected: bool) -> str:
    if is_rejected:
        return _("Hồ sơ không được giải quyết (bị từ chối)")
    if state is State.AWAITING_SUPPLEMENT:
        return _("Chờ bạn bổ sung")
    if state is State.DECIDED:
        return _("Đã có kết quả, mời bạn nhận")
    open_names = [step_title(line.step, version) for line in lines if line.is_open]
    if state in {State.SUBMITTED, State.IN_PROCESS} and open_names:
        return " · ".join(open_names)
    return str(state.label)


def what_is_next(state: State) -> str:
    """What happens next and what to do, for every state, in the language of the page."""
    return {
        State.SUBMITTED: _(
            "Nơi tiếp nhận sẽ kiểm tra giấy tờ rồi báo ngày hẹn trả. Bạn chưa phải làm gì."
        ),
        State.REFUSED: _(
            "Hồ sơ này đã kết thúc. Xem lý do, chuẩn bị lại giấy tờ rồi nộp hồ sơ mới nếu bạn vẫn cần."
        ),
        State.IN_PROCESS: _(
            "Cơ quan đang giải quyết và sẽ báo khi cần gì thêm hoặc có kết quả. Bạn chưa phải làm gì."
        ),
        State.AWAITING_SUPPLEMENT: _(
            "Bạn bổ sung giấy tờ nêu dưới đây, cơ quan mới giải quyết tiếp được."
        ),
        State.DECIDED: _("Bạn nhận kết quả, hồ sơ kết thúc khi bạn đã nhận."),
        State.HANDED_OVER: _("Hồ sơ đã xong. Giữ kết quả; nếu thấy sai, báo nơi trả kết quả."),
        State.STOPPED: _(
            "Hồ sơ không được giải quyết tiếp. Xem lý do; bạn có thể nộp hồ sơ mới khi đủ giấy tờ."
        ),
        State.AWAITING_PAYMENT: _(
            "Bạn nộp khoản tiền nêu dưới đây rồi gửi chứng từ cho nơi tiếp nhận, cơ quan mới làm tiếp."
        ),
        State.SUSPENDED: _(
            "Cơ quan sẽ làm tiếp và báo ngày hẹn mới khi lý do tạm dừng không còn. Bạn chưa phải làm gì."
        ),
        State.WITHDRAWN: _("Hồ sơ đã kết thúc theo yêu cầu của bạn. Khi cần, bạn nộp hồ sơ mới."),
        State.CANCELLED: _(
            "Lần tiếp nhận này không còn giá trị. Hỏi nơi tiếp nhận hoặc nộp hồ sơ mới."
        ),
    }[state]


def _what_follows_rejection(state: State) -> str:
    if state is State.DECIDED:
        return _(
            "Bạn nhận văn bản từ chối; xem lý do dưới đây. Không đồng ý thì bạn khiếu nại được."
        )
    return _(
        "Văn bản từ chối đã được trả. Đủ điều kiện thì bạn nộp hồ sơ mới; không đồng ý thì khiếu nại được."
    )


def _passed(dossier: Dossier, lines: Iterable[StepLine], *, is_late: bool) -> list[Step]:
    """What is done, in the order in which it was, then what is open; supplements stand between the steps."""
    version = dossier.procedure_id
    handed_in = Step(
        _("Nộp hồ sơ"),
        f"{moment(dossier.submitted_at)} · {dossier.get_channel_display()}",
        "done",
    )
    done = [
        (line.step.closed_at, _line(line, version, is_late=False))
        for line in lines
        if line.step.closed_at is not None
    ] + _supplements(dossier)
    return [
        handed_in,
        *(step for _at, step in sorted(done, key=lambda dated: dated[0])),
        *(_line(line, version, is_late=is_late) for line in lines if line.is_open),
    ]


def _supplements(dossier: Dossier) -> list[tuple[datetime, Step]]:
    """Each time that something was asked for, and each answer."""
    asked = [(row.at, _("Được yêu cầu bổ sung")) for row in dossier.supplementrequests.all()]
    answers = dossier.submissions.filter(answered_request__isnull=False)
    answered = [(row.at, _("Đã bổ sung")) for row in answers]
    return [(at, Step(what, moment(at), "done")) for at, what in asked + answered]


def _line(line: StepLine, version: int, *, is_late: bool) -> Step:
    name = step_title(line.step, version)
    if line.step.closed_at is not None and line.is_undone:
        return Step(
            name, f"{moment(line.step.closed_at)} · {line.agency} · {line.outcome}", "undone"
        )
    if line.step.closed_at is not None:
        return Step(name, f"{moment(line.step.closed_at)} · {line.agency}", "done")
    since = _("Từ %(time)s · %(agency)s") % {
        "time": formatting.day(line.step.opened_at),
        "agency": line.agency,
    }
    return Step(name, since, "late" if is_late else "now")


def _ahead(dossier: Dossier, lines: list[StepLine]) -> list[str]:
    """Names of the steps to be expected after those that are open; opinions and transfers stand beside the workflow."""
    workflow = definitions.of_version(dossier.procedure_id).workflow
    here = [line.step.node for line in lines if line.is_open]
    begin = [workflow.start if node == RECEIPT_NODE else node for node in here]
    begin = [node for node in begin if node in workflow.nodes]
    passed = {line.step.node for line in _current(lines)}
    return [workflow.nodes[node].label for node in expected(workflow, begin) if node not in passed]


def expected(workflow: Workflow, begin: Iterable[str]) -> list[str]:
    """The people's tasks that follow on the usual way: the default flow of a choice, all branches of a fork."""
    found: list[str] = []
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        node = workflow.nodes[waiting.pop(0)]
        if node.id in seen:
            continue
        seen.add(node.id)
        flows = tuple(workflow.onward(node.id))
        if node.kind is NodeKind.EXCLUSIVE:
            flows = tuple(flow for flow in flows if flow.id == node.default) or flows[:1]
        for flow in flows:
            if workflow.nodes[flow.target].kind in WORKED and flow.target not in found:
                found.append(flow.target)
            waiting.append(flow.target)
    return found
