"""`/tasks`: what was given to whom, and every act of lead and giver, once per `Idempotency-Key`."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from ninja import File, Path, Query, Router, UploadedFile
from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import agency_named
from tinhso.accounts.api.carrying import Act, carrier, offer
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import paging, services
from tinhso.tasks.api import sent, serialising
from tinhso.tasks.api.shown import ShownTasks, ShownTaskWhole
from tinhso.tasks.models import State, Task
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.carrying import Shown

router = Router(tags=["tasks"])
ANSWERS = {200: ShownTaskWhole, **ACT_REFUSALS}


class AskedTasks(BaseModel):
    """Which tasks, and after which the page begins."""

    role: Annotated[
        Literal["given", "led", "part"] | None,
        Field(description="What the token's agencies have to do with it; any when absent."),
    ] = None
    state: State | None = None
    due_to: Annotated[date | None, Field(description="Due on this day or before.")] = None
    late: Annotated[bool, Field(description="Only those whose day has passed.")] = False
    cursor: Annotated[UUID | None, Field(description="`next` of the page before.")] = None


@router.get(
    "",
    response={200: ShownTasks, **REFUSALS},
    url_name="api-tasks",
    summary="Tasks, page by page",
)
def find(request: PartnerRequest, asked: Query[AskedTasks]) -> ShownTasks:
    """Tasks that the token's agencies gave, lead or have a part in, the newest first, fifty a page."""
    wanted = paging.Wanted(asked.role, asked.state, asked.due_to, asked.late)
    page = paging.tasks(request.actor, wanted, at=request.at, cursor=asked.cursor)
    return serialising.tasks(*page, day_of(request.at))


@router.get(
    "/{uuid:key}",
    response={200: ShownTaskWhole, **REFUSALS},
    url_name="api-task",
    summary="One task",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownTaskWhole:
    """The words of the notice, who leads and who helps, what was shown and done."""
    require(request.actor, TaskPermission.READ, at=request.at)
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownTaskWhole:
    """The task as it stands now."""
    visible = Task.objects.visible_to(request.actor, at=request.at).select_related("notice")
    return serialising.task_whole(visible.get_or_refuse(key), request.at)


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/evidence",
    response=ANSWERS,
    url_name="api-task-evidence",
    summary="Show that it was done",
)
def show_evidence(
    request: PartnerRequest, key: Path[UUID], body: sent.SentEvidence
) -> ShownTaskWhole:
    """A link, or the number of a dossier or document (nộp minh chứng)."""
    shown = Shown(value=body.value, note=body.note)
    return carry_out(request, key, services.give_evidence, shown)


@router.post(
    "/{uuid:key}/evidence/file",
    response=ANSWERS,
    url_name="api-task-evidence-file",
    summary="Show that it was done, by a file",
)
def show_file(request: PartnerRequest, key: Path[UUID], file: File[UploadedFile]) -> ShownTaskWhole:
    """A file of at most 20 MB (nộp minh chứng)."""
    shown = Shown(upload=file, filename=file.name or "")
    return carry_out(request, key, services.give_evidence, shown, file=file)


@router.post(
    "/{uuid:key}/giving",
    response=ANSWERS,
    url_name="api-task-giving",
    summary="Give it again",
)
def give(request: PartnerRequest, key: Path[UUID], body: sent.SentGiving) -> ShownTaskWhole:
    """Give a task that came back, or that nobody took, to an agency (giao lại)."""
    Task.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, TaskPermission.DECIDE, at=request.at)
    lead = agency_named(body.lead, day_of(request.at)).pk
    return carry_out(request, key, services.give, lead=lead, words=body.words)


@router.post(
    "/{uuid:key}/ties",
    response=ANSWERS,
    url_name="api-task-ties",
    summary="Tie it to what is counted",
)
def tie(request: PartnerRequest, key: Path[UUID], body: sent.SentTie) -> ShownTaskWhole:
    """Say which figure or which dossiers show it to be done (gắn với số liệu, hồ sơ)."""
    return carry_out(request, key, services.tie, kind=body.kind, facts=body.facts)


@router.post(
    "/{uuid:key}/shares",
    response=ANSWERS,
    url_name="api-task-shares",
    summary="Divide it among units",
)
def share_out(request: PartnerRequest, key: Path[UUID], body: sent.SentShares) -> ShownTaskWhole:
    """Give units below the lead a share each (chia việc), due no later than the whole."""
    require(request.actor, TaskPermission.SPLIT, at=request.at)
    units = [agency_named(one, day_of(request.at)).pk for one in body.units]
    act = partial(services.share_out, units=units, text=body.text)
    return carry_out(request, key, act, deadline_on=body.deadline_on)


@router.post(
    "/{uuid:key}/part",
    response=ANSWERS,
    url_name="api-task-part",
    summary="Set the part of a coordinator",
)
def set_part(request: PartnerRequest, key: Path[UUID], body: sent.SentPart) -> ShownTaskWhole:
    """Say what a coordinator does and by when (đặt phần phối hợp)."""
    require(request.actor, TaskPermission.SPLIT, at=request.at)
    agency = agency_named(body.agency, day_of(request.at)).pk
    act = partial(services.set_part, agency=agency, what=body.what)
    return carry_out(request, key, act, deadline_on=body.deadline_on)


@router.post(
    "/{uuid:key}/assignment",
    response=ANSWERS,
    url_name="api-task-assignment",
    summary="Name who carries it out",
)
def assign(request: PartnerRequest, key: Path[UUID], body: sent.SentPerson) -> ShownTaskWhole:
    """An officer of the lead does it (phân công người thực hiện)."""
    require(request.actor, TaskPermission.ACCEPT, at=request.at)
    return carry_out(request, key, services.assign, person=_person(body), words=body.words)


@router.post(
    "/{uuid:key}/handing-over",
    response=ANSWERS,
    url_name="api-task-handing-over",
    summary="Let another follow it",
)
def hand_over(request: PartnerRequest, key: Path[UUID], body: sent.SentPerson) -> ShownTaskWhole:
    """Another officer of the agency that gave it follows it (bàn giao theo dõi)."""
    require(request.actor, TaskPermission.CONFIRM, at=request.at)
    return carry_out(request, key, services.hand_over, person=_person(body), words=body.words)


def _person(body: sent.SentPerson) -> int:
    """The key of the account; 0 of none, which no service takes."""
    return User.objects.filter(uuid=body.person).values_list("pk", flat=True).first() or 0


ACTS: tuple[Act, ...] = (
    ("acceptance", "Accept", "The lead takes the task (nhận nhiệm vụ).", services.accept, sent.SentWords),
    ("return", "Give it back", "The lead gives it back (trả lại), with the reason.",
     services.return_task, sent.SentTaskReason),
    ("progress", "Report progress", "Say how far it is (báo cáo tiến độ).",
     services.report_progress, sent.SentProgress),
    ("extension-request", "Ask for more time", "Ask for a later day (đề nghị gia hạn); one request waits at a time.",
     services.ask_extension, sent.SentLaterDay),
    ("extension-decision", "Decide on more time", "Who gave the task answers the request (quyết định gia hạn).",
     services.decide_extension, sent.SentExtensionDecision),
    ("completion", "Say that it is done", "Ask for confirmation (đề nghị xác nhận hoàn thành); something shows it.",
     services.propose_completion, sent.SentWords),
    ("completion-by-ties", "Say that it is done, as the figures show",
     "Ask for confirmation with what the system counts as evidence; all that the task is tied to is reached.",
     services.propose_by_ties, sent.SentWords),
    ("waiting", "Wait for another task", "It cannot be done before another (chờ nhiệm vụ khác), with the reason.",
     services.wait_for, sent.SentWaiting),
    ("waiting-no-more", "Wait no more", "It need not wait for that other any more (thôi chờ).",
     services.wait_no_more, sent.SentBlocker),
    ("confirmation", "Confirm", "Who gave the task confirms that it is done (xác nhận hoàn thành).",
     services.confirm_completion, sent.SentWords),
    ("reopening", "Reopen", "It is not done (yêu cầu làm tiếp), with the reason.",
     services.reopen, sent.SentTaskReason),
    ("cancellation", "Cancel", "It is not wanted any more (hủy nhiệm vụ), with the reason.",
     services.cancel, sent.SentTaskReason),
)  # fmt: skip

offer(router, ACTS, carry_out, thing="task", answers=ANSWERS)
