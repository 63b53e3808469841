"""The acts on a report, one table: the word of the address, who may, when, what is asked, what is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.indicators.models.reports import WRITABLE, Report
from tinhso.indicators.models.reports import ReportState as State
from tinhso.indicators.reports import services
from tinhso.indicators.reports.errors import ReportUnknown
from tinhso.indicators.reports.pages.forms import ConfirmingForm, NothingForm, ReasonForm
from tinhso.indicators.reports.permissions import ReportPermission as Right
from tinhso.indicators.reports.queries import level_of
from tinhso.indicators.reports.services import Signing
from tinhso.indicators.reports.wording import signer_of
from tinhso.kernel.permissions import require
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.permissions import Permission
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class ActPage:
    """One act as a page; one that `asks` nothing is a button of the report's page and needs no page of its own."""

    slug: str
    label: StrOrPromise
    side: Literal["own", "receiver"]
    right: Permission
    states: tuple[State, ...]
    call: Callable[..., Any]
    done: StrOrPromise
    form: type[forms.Form] = NothingForm
    kind: str = ""
    hint: StrOrPromise = ""

    @property
    def asks(self) -> bool:
        """Whether something must be typed first."""
        return self.form is not NothingForm


def _confirm(key: UUID, *, number: str, capacity: str, post: str, **given: Any) -> object:
    return services.confirm(key, signing=Signing(number, capacity, post), **given)


ACTS = (
    ActPage(
        slug="lap",
        label=_("Lập báo cáo"),
        side="own",
        right=Right.WRITE,
        states=(State.DUE,),
        call=services.open_report,
        done=_("Đã lập báo cáo. Số liệu và câu đề xuất được điền sẵn; xem và xử lý từng câu."),
        kind="primary",
    ),
    ActPage(
        slug="lay-lai",
        label=_("Lấy lại số liệu"),
        side="own",
        right=Right.WRITE,
        states=WRITABLE,
        call=services.recount,
        done=_("Đã lấy lại số liệu và câu đề xuất; phần đã sửa được giữ nguyên."),
    ),
    ActPage(
        slug="xac-nhan",
        label=_("Xác nhận báo cáo"),
        side="own",
        right=Right.CONFIRM,
        states=WRITABLE,
        call=_confirm,
        done=_("Đã xác nhận. Báo cáo chờ gửi."),
        form=ConfirmingForm,
        kind="primary",
        hint=_("Sau khi xác nhận, nội dung không sửa được nữa trừ khi mở lại."),
    ),
    ActPage(
        slug="gui",
        label=_("Gửi báo cáo"),
        side="own",
        right=Right.WRITE,
        states=(State.CONFIRMED,),
        call=services.submit,
        done=_("Đã gửi báo cáo."),
        kind="primary",
    ),
    ActPage(
        slug="sua-tiep",
        label=_("Mở lại để sửa"),
        side="own",
        right=Right.WRITE,
        states=(State.CONFIRMED,),
        call=services.reopen,
        done=_("Đã mở lại. Thủ trưởng cần xác nhận lại trước khi gửi."),
        form=ReasonForm,
    ),
    ActPage(
        slug="nhan",
        label=_("Nhận báo cáo"),
        side="receiver",
        right=Right.RECEIVE,
        states=(State.SUBMITTED,),
        call=services.receive,
        done=_("Đã nhận báo cáo."),
        kind="primary",
    ),
    ActPage(
        slug="tra-lai",
        label=_("Trả lại"),
        side="receiver",
        right=Right.RECEIVE,
        states=(State.SUBMITTED, State.RECEIVED),
        call=services.return_report,
        done=_("Đã trả lại, kèm lý do."),
        form=ReasonForm,
        hint=_(
            "Đơn vị thấy nguyên văn lý do. Bản đã gửi vẫn được giữ; đơn vị gửi lại thành bản mới."
        ),
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}
GATHER = _("Tổng hợp")
"""What opening the report of a level that gathers is called."""


def acts_open(request: ActedRequest, report: Report) -> list[tuple[ActPage, StrOrPromise]]:
    """The acts that the reader may do to the report as it stands, each with its label."""
    gathers = bool(level_of(report).gathers)
    return [
        (act, GATHER if gathers and act.slug == "lap" else act.label)
        for act in ACTS
        if report.state in act.states
        and request.actor.holds(act.right, agency=_agency(act, report, request), at=request.at)
    ]


def _agency(act: ActPage, report: Report, request: ActedRequest) -> int:
    agency = report.agency_id if act.side == "own" else report.receiver_id
    return heir(agency, day_of(request.at))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs, if anything; then do it and go back to the report."""
    report = Report.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    page = BY_SLUG.get(slug)
    if page is None:
        raise ReportUnknown
    require(request.actor, page.right, agency=_agency(page, report, request), at=request.at)
    form = page.form(request.POST if request.method == "POST" else None, initial=_known(report))
    found = tried(request, page, form, key)
    if found.is_done:
        return redirect("reports:report", key)
    context = {"report": report, "act": page, "form": form, "refusal": found.refusal}
    return render(request, "indicators/reports/act.html", context, status=found.status)


def _known(report: Report) -> dict[str, Any]:
    """What the form of an act begins with."""
    capacity, post = signer_of(Agency.objects.get(pk=report.agency_id).kind)
    before = report.signing
    return {
        "expected": report.version,
        "capacity": before.get("capacity", capacity),
        "post": before.get("post", post),
        "number": before.get("number", ""),
    }
