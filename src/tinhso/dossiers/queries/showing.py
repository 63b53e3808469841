"""What the pages show of one dossier: its rows with effect as a history in words, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import definitions
from tinhso.dossiers.events import TIMER_FIRED
from tinhso.dossiers.models import (
    Assignment,
    Channel,
    Dossier,
    Opinion,
    OpinionRequest,
    State,
    Step,
)
from tinhso.dossiers.naming import UNDONE, outcome_title, step_title
from tinhso.dossiers.pace import Pace, finished_pace, pace_of
from tinhso.dossiers.plans.interrupting import PAYMENT, STOPPED
from tinhso.dossiers.plans.moving import near
from tinhso.dossiers.queries.papers import confirmed
from tinhso.dossiers.queries.telling import decision_of, reopened_at
from tinhso.dossiers.workflow.graph import NodeKind
from tinhso.dossiers.workflow.moves import ClosedBecause
from tinhso.events.queries import history

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Extension, Receipt, Reopening, Resumption


TOLD_BY_ROWS = (
    "receive",
    "give_opinion",
    "answer_transfer",
    "answer_complaint",
    "decide",
    "attach_result",
)
"""Acts whose own legal row tells what happened, unless a timer ended their step; it would say it twice."""


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened (diễn biến): when, what, by whom, in whose words."""

    at: datetime
    what: StrOrPromise
    who: str = ""
    words: str = ""


@dataclass(frozen=True)
class StepLine:
    """A step as the pages show it: where it lies, who holds it, whether it is open."""

    step: Step
    agency: str
    is_open: bool
    outcome: StrOrPromise

    @property
    def is_undone(self) -> bool:
        """Whether it was closed before anybody did it."""
        return self.step.outcome in UNDONE


def people(keys: Iterable[str]) -> dict[str, str]:
    """Names of the actors by their keys; systems and visitors by what they are."""
    wanted = {key.removeprefix("user:") for key in keys if key.startswith("user:")}
    names = {f"user:{user.uuid}": user.name for user in User.objects.filter(uuid__in=wanted)}
    for key in keys:
        if key not in names:
            names[key] = {
                "visitor": _("Người nộp"),
                "party": _("Người nộp"),
                "partner": _("Hệ thống kết nối"),
            }.get(key.partition(":")[0], _("Hệ thống"))
    return names


def filed_by(dossier: Dossier) -> dict[str, str]:
    """Who filed, by the keys of those who did: the applicant, also where another portal handed the dossier over."""
    if dossier.applicant is None:
        return {}
    name = dossier.applicant.name
    through = _("%(name)s, qua %(channel)s") % {
        "name": name,
        "channel": dossier.get_channel_display(),
    }
    found = {}
    if dossier.channel == Channel.NATIONAL:  # that portal acts for the applicant alone
        keys = {row.actor for row in dossier.submissions.all()}
        found = {key: through for key in keys if key.startswith("partner:")}
    return found | {f"party:{dossier.applicant.uuid}": name}


def steps_of(dossier: Dossier, at: datetime) -> list[StepLine]:
    """The steps in their order."""
    steps = list(Step.objects.filter(dossier=dossier).select_related("person", "opinion_request"))
    names = names_of({step.agency_id for step in steps}, day_of(at))
    return [
        StepLine(
            step,
            names.get(step.agency_id, ""),
            step.closed_at is None,
            outcome_title(step),
        )
        for step in steps
    ]


def history_of(dossier: Dossier) -> list[HistoryLine]:
    """Every row with effect, the newest first."""
    lines = [
        *_intake(dossier),
        *_papers(dossier),
        *_supplements(dossier),
        *_work(dossier),
        *_ends(dossier),
        *moves_of(dossier),
        *interruptions_of(dossier),
    ]
    named = people({line.who for line in lines}) | filed_by(dossier)
    shown = [HistoryLine(line.at, line.what, named.get(line.who, ""), line.words) for line in lines]
    return sorted(shown, key=lambda line: line.at, reverse=True)


def why_that_day(dossier: Dossier) -> list[str]:
    """How the appointed time came about, line by line: at receipt, and with each act that moved it since."""
    acts: list[Receipt | Resumption | Extension | Reopening] = [
        *dossier.receipts.all(),
        *dossier.resumptions.all(),
        *dossier.extensions.all(),
        *dossier.reopenings.all(),
    ]
    return [line for act in sorted(acts, key=lambda act: act.at) for line in act.explanation]


@dataclass(frozen=True)
class Doubt:
    """What today's calendar says against an appointed time that one of before gave; it moves by acts alone."""

    bare_years: list[int]
    rest: str

    def __bool__(self) -> bool:
        return bool(self.bare_years or self.rest)


def doubt_of(dossier: Dossier) -> Doubt | None:
    """Years till then without any holiday yet, or why nobody works on that day; nothing once it is finished."""
    received, due = dossier.received_at, dossier.due_at
    if received is None or due is None or not State(dossier.state).is_open:
        return None
    calendar, day = working_calendar(dossier.competent_agency_id), day_of(due)
    rest = "" if calendar.is_working_day(day) else calendar.note_on(day)
    return Doubt(calendar.years_without_holidays(day_of(received), day), rest)


def _intake(dossier: Dossier) -> list[HistoryLine]:
    lines = [
        HistoryLine(
            row.at, _("Nộp bổ sung") if row.answered_request_id else _("Nộp hồ sơ"), row.actor
        )
        for row in dossier.submissions.all()
    ]
    lines += [
        HistoryLine(row.at, _("Tiếp nhận"), row.actor, dossier.number or "")
        for row in dossier.receipts.all()
    ]
    lines += [
        HistoryLine(row.at, _("Từ chối tiếp nhận"), row.actor, row.reason)
        for row in dossier.refusals.all()
    ]
    return lines


def _papers(dossier: Dossier) -> list[HistoryLine]:
    acts = confirmed(dossier, definitions.of_version(dossier.procedure_id))
    return [
        HistoryLine(at, _("Xác nhận giấy tờ"), who, "; ".join(seen))
        for (at, who), seen in acts.items()
    ]


def _supplements(dossier: Dossier) -> list[HistoryLine]:
    lines = [
        HistoryLine(row.at, _("Yêu cầu bổ sung"), row.actor, "; ".join([*row.items, row.reason]))
        for row in dossier.supplementrequests.all()
    ]
    lines += [
        HistoryLine(row.at, _("Dừng xử lý"), row.actor, row.reason) for row in dossier.stops.all()
    ]
    lines += [
        HistoryLine(row.at, _("Tính tiếp thời hạn"), row.actor, row.note)
        for row in dossier.resumptions.all()
    ]
    return lines


def _work(dossier: Dossier) -> list[HistoryLine]:
    told = Q(act__in=TOLD_BY_ROWS) & (Q(token=None) | ~Q(outcome=ClosedBecause.TIMED_OUT.value))
    lines = [
        HistoryLine(
            step.closed_at,
            f"{step_title(step, dossier.procedure_id)}: {outcome_title(step)}",
            step.closed_by or "",
            step.note,
        )
        for step in dossier.steps.filter(closed_at__isnull=False).exclude(told)
        if step.closed_at
    ]
    lines += [
        _assignment(row, step_title(row.step, dossier.procedure_id))
        for row in dossier.assignments.select_related("person", "step")
    ]
    lines += [
        HistoryLine(asked.at, _("Lấy ý kiến"), asked.actor, asked.question)
        for asked in OpinionRequest.objects.filter(dossier=dossier)
    ]
    ends = [ClosedBecause.CANCELLED.value, ClosedBecause.TIMED_OUT.value]
    unanswered = dossier.steps.filter(act="give_opinion", outcome__in=ends)
    lines += [
        HistoryLine(step.closed_at, outcome_title(step), "", step.opinion_request.question)
        for step in unanswered.filter(token=None).select_related("opinion_request")
        if step.closed_at
    ]
    lines += [
        HistoryLine(
            said.at,
            _opinion(said),
            said.actor,
            said.content,
        )
        for said in Opinion.objects.filter(dossier=dossier)
    ]
    return [*lines, *_unheard(dossier), *_timers(dossier)]


def _unheard(dossier: Dossier) -> list[HistoryLine]:
    """Whose opinion an act did not wait for (không chờ ý kiến)."""
    acts = history(dossier.uuid).filter(payload__has_key="unheard")
    return [
        HistoryLine(
            one.at,
            _("Làm tiếp, không chờ ý kiến của %(who)s")
            % {"who": "; ".join(names_of(one.payload["unheard"], day_of(one.at)).values())},
            one.actor,
        )
        for one in acts
    ]


def _timers(dossier: Dossier) -> list[HistoryLine]:
    """Timers that went off beside steps or between them; of one that ended a step the line of the step tells."""
    nodes = definitions.of_version(dossier.procedure_id).workflow.nodes
    fired = history(dossier.uuid).filter(kind=TIMER_FIRED.code)
    found = [(one, nodes.get(str(one.payload["node"]))) for one in fired]
    return [
        HistoryLine(one.at, _("Hết thời gian chờ: %(what)s") % {"what": node.label}, one.actor)
        for one, node in found
        if node is not None and (node.kind is NodeKind.CATCH or not node.interrupting)
    ]


def _opinion(said: Opinion) -> StrOrPromise:
    if said.is_silence:
        return _("Ý kiến: coi như đồng ý, vì không trả lời trong hạn")
    return _("Ý kiến: đồng ý") if said.agrees else _("Ý kiến: không đồng ý")


def _assignment(row: Assignment, step: str) -> HistoryLine:
    if row.person is not None and row.actor == f"user:{row.person.uuid}":
        return HistoryLine(row.at, _("Nhận xử lý: %(step)s") % {"step": step}, row.actor)
    given = row.person.name if row.person else _("chưa giao cho ai")
    return HistoryLine(row.at, _("Phân công: %(step)s") % {"step": step}, row.actor, given)


def _ends(dossier: Dossier) -> list[HistoryLine]:
    lines = [
        HistoryLine(
            row.at,
            _("Đồng ý giải quyết") if row.approves else _("Từ chối giải quyết"),
            row.actor,
            row.reason,
        )
        for row in dossier.decisions.all()
    ]
    lines += [
        HistoryLine(row.at, _("Có kết quả"), row.actor, f"{row.title} {row.document_number}")
        for row in dossier.results.all()
    ]
    return lines


def moves_of(dossier: Dossier) -> list[HistoryLine]:
    """When the dossier went to the successor of its agency, or to the new holder of its field."""
    return [
        HistoryLine(row.at, _("Chuyển cơ quan"), row.actor, row.reason)
        for row in dossier.transfers.all()
    ]


def interruptions_of(dossier: Dossier) -> list[HistoryLine]:
    """What happened beside the workflow (ADR 22)."""
    named: list[tuple[str, Iterable[Any]]] = [
        (_("Xin lỗi và gia hạn"), dossier.extensions.all()),
        (_("Tạm dừng giải quyết"), dossier.suspensions.filter(kind=STOPPED)),
        (_("Yêu cầu nghĩa vụ tài chính"), dossier.suspensions.filter(kind=PAYMENT)),
        (_("Rút hồ sơ"), dossier.withdrawals.all()),
        (_("Hủy tiếp nhận nhầm"), dossier.receiptcancellations.all()),
        (_("Đề nghị chuyển cơ quan giải quyết"), dossier.transferrequests.all()),
    ]
    lines = [
        HistoryLine(row.at, what, row.actor, row.reason) for what, rows in named for row in rows
    ]
    lines += [
        HistoryLine(row.at, _("Mở lại hồ sơ"), row.actor, f"{row.decision_number}. {row.reason}")
        for row in dossier.reopenings.all()
    ]
    lines += [
        HistoryLine(
            row.at,
            _("Nhận giải quyết hồ sơ chuyển") if row.accepts else _("Không nhận hồ sơ chuyển"),
            row.actor,
            row.reason,
        )
        for row in dossier.transferanswers.all()
    ]
    return [*lines, *_voices(dossier)]


def _voices(dossier: Dossier) -> list[HistoryLine]:
    """What the applicant said, and what they were told."""
    lines = [
        HistoryLine(row.at, _("Khiếu nại"), row.actor, row.content)
        for row in dossier.complaints.all()
    ]
    lines += [
        HistoryLine(row.at, _("Trả lời khiếu nại"), row.actor, row.content)
        for row in dossier.complaintanswers.all()
    ]
    lines += [
        HistoryLine(row.at, _("Đánh giá: %(n)s trên 5") % {"n": row.score}, row.actor, row.words)
        for row in dossier.ratings.all()
    ]
    lines += [
        HistoryLine(row.at, _("Hướng dẫn người nộp"), row.actor, row.content)
        for row in dossier.guidances.all()
    ]
    return lines


def pace(dossier: Dossier, at: datetime) -> Pace:
    """How the dossier stands against its appointed time."""
    calendar = working_calendar()
    state = State(dossier.state)
    if state in {State.REFUSED, State.STOPPED, State.WITHDRAWN, State.CANCELLED}:
        return Pace("done", str(state.label))
    if dossier.finished_at is not None:
        decision = None if dossier.is_imported else decision_of(dossier)
        return finished_pace(
            due_at=dossier.due_at,
            finished_at=dossier.finished_at,
            calendar=calendar,
            is_refused=decision is not None and not decision.approves,
        )
    if dossier.is_imported:
        return Pace("plain", _("Nhật ký không ghi ngày xong"))
    near_at = None
    if dossier.due_at is not None and dossier.received_at is not None:
        since = reopened_at(dossier) or dossier.received_at
        near_at = near(calendar, since, dossier.due_at)
    if state.is_standing_still:
        return Pace("wait", str(state.label))
    return pace_of(
        due_at=dossier.due_at,
        near_at=near_at,
        is_paused=state is State.AWAITING_SUPPLEMENT,
        at=at,
        calendar=calendar,
    )
