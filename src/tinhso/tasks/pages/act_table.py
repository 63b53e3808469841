"""The acts on a task, one table: the word of the address, who may, when, what is asked, what is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tinhso.calendars.clock import day_of
from tinhso.tasks import services
from tinhso.tasks.models import State
from tinhso.tasks.models.tasks import OPEN, UNFINISHED
from tinhso.tasks.pages import forms as own
from tinhso.tasks.pages import offering
from tinhso.tasks.permissions import TaskPermission as Right
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.ties import KINDS, TieKind

if TYPE_CHECKING:
    from tinhso.kernel.permissions import Permission


@dataclass(frozen=True)
class ActPage:
    """One act as a page: `side` says whether the lead or the giver does it; `done` is said when it was done.

    `offer` fills the choices of the form; where it finds none there is nothing to do, and the act is not offered.
    `is_minor` acts stand together behind one button.
    """

    slug: str
    label: StrOrPromise
    side: Literal["lead", "giver"]
    right: Permission
    states: tuple[State, ...]
    form: type[forms.Form]
    call: Callable[..., Any]
    done: StrOrPromise
    kind: str = ""
    needs_request: bool | None = None
    offer: offering.Offer | None = None
    is_minor: bool = False


def _evidence(key: UUID, *, upload: Any, value: str, note: str, **given: Any) -> object:
    shown = Shown(upload, upload.name if upload else "", value, note)
    return services.give_evidence(key, shown, **given)


def _answer(key: UUID, *, answer: str, **given: Any) -> object:
    return services.decide_extension(key, grants=answer == "yes", **given)


PROOF = ActPage(
    slug="bao-theo-so-lieu",
    label=_("Báo hoàn thành với bằng chứng này"),
    side="lead",
    right=Right.REPORT,
    states=(State.ACCEPTED,),
    form=own.WordsForm,
    call=services.propose_by_ties,
    done=_("Đã báo hoàn thành, kèm số liệu của hệ thống."),
    kind="primary",
    offer=offering.reached,
)
"""Offered where what the task is tied to is reached."""
ACTS = (
    ActPage(
        slug="nhan",
        label=_("Nhận nhiệm vụ"),
        side="lead",
        right=Right.ACCEPT,
        states=(State.ISSUED,),
        form=own.WordsForm,
        call=services.accept,
        done=_("Đã nhận nhiệm vụ."),
        kind="primary",
    ),
    ActPage(
        slug="tra-lai",
        label=_("Trả lại"),
        side="lead",
        right=Right.ACCEPT,
        states=(State.ISSUED, State.ACCEPTED),
        form=own.ReasonForm,
        call=services.return_task,
        done=_("Đã trả lại, kèm lý do."),
    ),
    ActPage(
        slug="bao-cao",
        label=_("Báo cáo tiến độ"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.ReportForm,
        call=services.report_progress,
        done=_("Đã ghi tiến độ."),
    ),
    ActPage(
        slug="minh-chung",
        label=_("Nộp minh chứng"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED, State.PROPOSED),
        form=own.EvidenceForm,
        call=_evidence,
        done=_("Đã nộp minh chứng."),
    ),
    ActPage(
        slug="xin-gia-han",
        label=_("Xin gia hạn"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.ExtensionForm,
        call=services.ask_extension,
        done=_("Đã gửi đề nghị gia hạn."),
        needs_request=False,
    ),
    ActPage(
        slug="de-nghi-hoan-thanh",
        label=_("Đề nghị xác nhận hoàn thành"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.WordsForm,
        call=services.propose_completion,
        done=_("Đã đề nghị xác nhận hoàn thành."),
        kind="primary",
    ),
    ActPage(
        slug="gia-han",
        label=_("Quyết định gia hạn"),
        side="giver",
        right=Right.DECIDE,
        states=OPEN,
        form=own.ExtensionAnswerForm,
        call=_answer,
        done=_("Đã trả lời đề nghị gia hạn."),
        kind="primary",
        needs_request=True,
    ),
    ActPage(
        slug="giao-lai",
        label=_("Giao lại"),
        side="giver",
        right=Right.DECIDE,
        states=OPEN,
        form=own.GivingForm,
        call=services.give,
        done=_("Đã giao lại."),
        offer=offering.leads,
    ),
    ActPage(
        slug="xac-nhan",
        label=_("Xác nhận hoàn thành"),
        side="giver",
        right=Right.CONFIRM,
        states=(State.PROPOSED,),
        form=own.WordsForm,
        call=services.confirm_completion,
        done=_("Đã xác nhận hoàn thành."),
        kind="primary",
    ),
    ActPage(
        slug="lam-tiep",
        label=_("Yêu cầu làm tiếp"),
        side="giver",
        right=Right.CONFIRM,
        states=(State.PROPOSED, State.DONE),
        form=own.ReasonForm,
        call=services.reopen,
        done=_("Đã yêu cầu làm tiếp."),
    ),
    ActPage(
        slug="huy",
        label=_("Hủy nhiệm vụ"),
        side="giver",
        right=Right.DECIDE,
        states=OPEN,
        form=own.ReasonForm,
        call=services.cancel,
        done=_("Đã hủy nhiệm vụ."),
        kind="danger",
        is_minor=True,
    ),
    ActPage(
        slug="chia-viec",
        label=_("Chia việc"),
        side="lead",
        right=Right.SPLIT,
        states=(State.ACCEPTED,),
        form=own.SharingForm,
        call=services.share_out,
        done=_("Đã chia việc cho các đơn vị."),
        offer=offering.units,
    ),
    ActPage(
        slug="phan-cong",
        label=_("Phân công người thực hiện"),
        side="lead",
        right=Right.ACCEPT,
        states=UNFINISHED,
        form=own.PersonForm,
        call=services.assign,
        done=_("Đã phân công."),
        offer=offering.workers,
        is_minor=True,
    ),
    ActPage(
        slug="phoi-hop",
        label=_("Đặt phần phối hợp"),
        side="lead",
        right=Right.SPLIT,
        states=(State.ACCEPTED,),
        form=own.PartForm,
        call=services.set_part,
        done=_("Đã đặt phần phối hợp."),
        offer=offering.parts,
        is_minor=True,
    ),
    ActPage(
        slug="cho-viec",
        label=_("Chờ nhiệm vụ khác"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.WaitingForm,
        call=services.wait_for,
        done=_("Đã ghi nhiệm vụ phải chờ."),
        offer=offering.to_wait,
        is_minor=True,
    ),
    ActPage(
        slug="thoi-cho",
        label=_("Thôi chờ nhiệm vụ khác"),
        side="lead",
        right=Right.REPORT,
        states=(State.ACCEPTED,),
        form=own.WaitingNoMoreForm,
        call=services.wait_no_more,
        done=_("Đã bỏ nhiệm vụ phải chờ."),
        offer=offering.waited_for,
        is_minor=True,
    ),
    ActPage(
        slug="ban-giao",
        label=_("Bàn giao theo dõi"),
        side="giver",
        right=Right.CONFIRM,
        states=OPEN,
        form=own.PersonForm,
        call=services.hand_over,
        done=_("Đã bàn giao theo dõi."),
        offer=offering.followers,
        is_minor=True,
    ),
    ActPage(
        slug="bo-gan",
        label=_("Thôi gắn với số liệu, hồ sơ"),
        side="giver",
        right=Right.CONFIRM,
        states=OPEN,
        form=own.UntyingForm,
        call=services.untie,
        done=_("Đã thôi gắn."),
        offer=offering.tied,
        is_minor=True,
    ),
    PROOF,
)


def _tie_page(code: str, kind: TieKind) -> ActPage:
    def call(key: UUID, *, actor: Any, at: Any, **typed: Any) -> object:
        facts = {name: "" if value is None else str(value) for name, value in typed.items()}
        return services.tie(key, kind=code, facts=facts, actor=actor, at=at)

    return ActPage(
        slug=kind.slug,
        label=kind.label,
        side="giver",
        right=Right.CONFIRM,
        states=OPEN,
        form=kind.form,
        call=call,
        done=_("Đã gắn; số liệu được đối chiếu từ nay."),
        offer=lambda request, task: kind.begin(task, day_of(request.at)),
        is_minor=True,
    )


def all_acts() -> tuple[ActPage, ...]:
    """The acts of the table, and tying a task to each kind of thing that is counted."""
    return (*ACTS, *(_tie_page(code, kind) for code, kind in KINDS.items()))
