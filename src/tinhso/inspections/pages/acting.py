"""The acts on an inspection, one table: the word of the address, who may, when, what is asked, what is called."""

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

from tinhso.agencies.queries import heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.inspections import services
from tinhso.inspections.errors import InspectionUnknown, NotInTeam
from tinhso.inspections.models import HINDERING, Inspection, State
from tinhso.inspections.pages import forms as own
from tinhso.inspections.pages.sending import held, went
from tinhso.inspections.permissions import InspectionPermission as Right
from tinhso.inspections.queries.sheets import sheets
from tinhso.inspections.queries.sittings import sitting_of
from tinhso.inspections.remedies import is_remedied
from tinhso.inspections.services.acting import is_in_team
from tinhso.inspections.services.hindering import AFTER_SEALING
from tinhso.kernel.permissions import require
from tinhso.tasks import obstacle_kinds
from tinhso.tasks.permissions import TaskPermission
from tinhso.ui.choosing import choices_of
from tinhso.ui.trying import tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.permissions import Permission
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class ActPage:
    """One act as a page; `side` says who does it, `help` what follows; a hidden one is a button beside its thing.

    What is typed into a kept one outlives a cut network: sent again in the same words it is done once.
    """

    slug: str
    label: StrOrPromise
    side: Literal["team", "unit", "planner"]
    right: Permission
    states: tuple[State, ...]
    form: type[forms.Form]
    call: Callable[..., Any]
    done: StrOrPromise
    kind: str = ""
    help: StrOrPromise = ""
    is_hidden: bool = False
    is_kept: bool = False


def _drop(key: UUID, *, finding: int | None, ordinal: int | None, **given: Any) -> None:
    if finding is not None:
        services.drop_finding(key, finding, **given)
    else:
        services.drop_recommendation(key, ordinal or 0, **given)


ACTS = (
    ActPage(
        slug="nhan-dinh",
        label=_("Thêm nhận định"),
        side="team",
        right=Right.HOLD,
        states=(State.OPEN,),
        form=own.FindingForm,
        call=services.find,
        is_kept=True,
        done=_("Đã ghi nhận định."),
        help=_("Nhận định đứng trong biên bản; đơn vị xem khi đoàn chốt."),
    ),
    ActPage(
        slug="kien-nghi",
        label=_("Thêm kiến nghị"),
        side="team",
        right=Right.HOLD,
        states=(State.OPEN,),
        form=own.RecommendationForm,
        call=services.recommend,
        is_kept=True,
        done=_("Đã ghi kiến nghị."),
        help=_(
            "Khi kết luận, mỗi kiến nghị thành một nhiệm vụ của đơn vị. Viết một việc, bắt đầu bằng động từ."
        ),
    ),
    ActPage(
        slug="bo",
        label=_("Bỏ"),
        side="team",
        right=Right.HOLD,
        states=(State.OPEN,),
        form=own.DroppingForm,
        call=_drop,
        done=_("Đã bỏ khỏi biên bản."),
        is_hidden=True,
    ),
    ActPage(
        slug="cap-nhat",
        label=_("Cập nhật số liệu điền sẵn"),
        side="team",
        right=Right.HOLD,
        states=(State.OPEN,),
        form=own.NothingForm,
        call=services.prepare,
        done=_("Đã điền lại số liệu mới nhất."),
        help=_(
            "Hệ thống tính lại số liệu, việc quá hạn, vướng mắc đến lúc này; ghi chép giữ nguyên."
        ),
    ),
    ActPage(
        slug="chot-bien-ban",
        label=_("Chốt biên bản"),
        side="team",
        right=Right.HOLD,
        states=(State.OPEN,),
        form=own.WordsForm,
        call=services.seal,
        done=_("Đã chốt, chờ đơn vị thông qua."),
        kind="primary",
        help=_(
            "Sau khi chốt, phiếu không ghi thêm được. Đơn vị thông qua, hoặc đề nghị sửa thì phiếu mở lại."
        ),
    ),
    ActPage(
        slug="thong-qua",
        label=_("Thông qua biên bản"),
        side="unit",
        right=Right.AGREE,
        states=(State.SEALED,),
        form=own.WordsForm,
        call=services.agree,
        done=_("Đã thông qua biên bản."),
        kind="primary",
        help=_(
            "Thông qua là đồng ý với đúng nội dung đang chốt. Ý kiến ghi ở đây đứng trong biên bản."
        ),
    ),
    ActPage(
        slug="tra-bien-ban",
        label=_("Đề nghị sửa biên bản"),
        side="unit",
        right=Right.AGREE,
        states=(State.SEALED,),
        form=own.ReasonForm,
        call=services.return_minutes,
        done=_("Đã trả biên bản cho đoàn kiểm tra."),
        help=_("Biên bản trở lại đoàn kiểm tra; nêu rõ chỗ cần sửa."),
    ),
    ActPage(
        slug="vuong-mac",
        label=_("Báo vướng mắc"),
        side="unit",
        right=TaskPermission.RAISE_OBSTACLE,
        states=AFTER_SEALING,
        form=own.HinderingForm,
        call=services.raise_finding,
        done=_("Đã báo vướng mắc đến nơi giải quyết."),
        help=_("Điều đoàn nhận định mà đơn vị không tự gỡ được; nơi có thẩm quyền trả lời."),
        is_hidden=True,
    ),
    ActPage(
        slug="ket-luan",
        label=_("Kết luận, giao khắc phục"),
        side="planner",
        right=Right.CONCLUDE,
        states=(State.AGREED,),
        form=own.ConcludingForm,
        call=services.conclude,
        done=_("Đã kết luận; mỗi kiến nghị là một nhiệm vụ của đơn vị."),
        kind="primary",
        help=_("Mỗi kiến nghị dưới đây được giao ngay thành một nhiệm vụ của đơn vị."),
    ),
    ActPage(
        slug="kiem-tra-lai",
        label=_("Kiểm tra lại"),
        side="team",
        right=Right.HOLD,
        states=(State.CONCLUDED,),
        form=own.RecheckForm,
        call=services.recheck,
        is_kept=True,
        done=_("Đã ghi kết quả kiểm tra lại."),
        help=_("Ghi điều đoàn thấy tại chỗ; đã khắc phục thì kiến nghị được coi là xong."),
    ),
    ActPage(
        slug="ket-thuc",
        label=_("Kết thúc cuộc kiểm tra"),
        side="planner",
        right=Right.CONCLUDE,
        states=(State.CONCLUDED,),
        form=own.WordsForm,
        call=services.close,
        done=_("Đã kết thúc cuộc kiểm tra."),
        help=_("Chỉ kết thúc được khi mọi kiến nghị đã khắc phục."),
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


def acts_open(request: ActedRequest, inspection: Inspection) -> list[ActPage]:
    """The acts that the reader may do to the inspection as it stands."""
    return [
        act for act in ACTS if inspection.state in act.states and _may(act, inspection, request)
    ]


def _may(act: ActPage, inspection: Inspection, request: ActedRequest) -> bool:
    if act.side == "team":
        return is_in_team(inspection.plan, request.actor, at=request.at)
    agency = inspection.unit_id if act.side == "unit" else inspection.plan.agency_id
    here = heir(agency, day_of(request.at))
    return request.actor.holds(act.right, agency=here, at=request.at)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask what the act needs; then do it and go back to the inspection."""
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    page = BY_SLUG.get(slug)
    if page is None:
        raise InspectionUnknown
    _require(page, inspection, request)
    form = _form(request, page, inspection)
    found = tried(request, page, form, key)
    if found.is_done:
        return went(request, redirect("inspections:inspection", key))
    context = {"act": page, "form": form, "refusal": found.refusal}
    answer = _page(request, inspection, context, found.status)
    return held(answer) if form.is_bound and page.is_kept else answer


def _require(page: ActPage, inspection: Inspection, request: ActedRequest) -> None:
    if _may(page, inspection, request):
        return
    require(request.actor, page.right, at=request.at)
    if page.side == "team":
        raise NotInTeam
    agency = inspection.unit_id if page.side == "unit" else inspection.plan.agency_id
    require(request.actor, page.right, agency=heir(agency, day_of(request.at)), at=request.at)


def _form(request: ActedRequest, page: ActPage, inspection: Inspection) -> forms.Form:
    chosen = {
        "ordinal": request.GET.get("kien-nghi", ""),
        "finding": request.GET.get("nhan-dinh", ""),
    }
    form = page.form(request.POST if request.method == "POST" else None, initial=chosen)
    if page.slug == "kiem-tra-lai":
        asked = inspection.recommendations.filter(is_dropped=False).order_by("ordinal")
        choices_of(form, "ordinal", [(one.ordinal, one.text) for one in asked])
    if page.slug == "vuong-mac":
        kinds = obstacle_kinds.on(day_of(request.at))
        standing = inspection.findings.filter(is_dropped=False, kind__in=HINDERING)
        choices_of(form, "finding", [(one.pk, one.text) for one in standing.order_by("pk")])
        choices_of(form, "about", [(kind.code, kind.label) for kind in kinds])
    return form


def _page(
    request: ActedRequest, inspection: Inspection, context: dict[str, Any], status: int
) -> HttpResponse:
    unit = names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id]
    shown = {"inspection": inspection, "unit": unit, **_warned(inspection, context), **context}
    return render(request, "inspections/act.html", shown, status=status)


def _warned(inspection: Inspection, context: dict[str, Any]) -> dict[str, Any]:
    """What is worth knowing before an act: criteria without a note, texts not put together, what becomes a task."""
    slug = context["act"].slug
    asked = inspection.recommendations.filter(is_dropped=False).select_related("task")
    if slug == "ket-luan":
        return {"asked": list(asked.order_by("ordinal"))}
    if slug == "ket-thuc":
        return {"asked": [one for one in asked.order_by("ordinal") if not is_remedied(one)]}
    if slug != "chot-bien-ban":
        return {}
    found, sitting = sheets(inspection), sitting_of(inspection)
    return {
        "needs_sitting": sitting is None or not sitting.is_whole(),
        "blank": sum(sheet.note is None for sheet in found),
        "apart": [sheet for sheet in found if sheet.asides],
        "lacks": not asked.exists(),
    }
