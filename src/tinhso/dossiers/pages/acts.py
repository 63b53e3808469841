"""One page for each act on a dossier: its form, its service, its words; a refusal keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.dossiers import definitions, services
from tinhso.dossiers.errors import StepNotFound
from tinhso.dossiers.fees import unpaid
from tinhso.dossiers.files import store_result
from tinhso.dossiers.models import Dossier, State, Step
from tinhso.dossiers.pages import forms, interrupting, result_forms
from tinhso.dossiers.pages.act import Act, place_of
from tinhso.dossiers.pages.barring import barred
from tinhso.dossiers.pages.fees import fees_of
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.queries.telling import opinion_refused, supplement_refused
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.kernel.errors import DomainError, NotFound
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.payments.errors import FeeUnpaid

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

FIND = "find"
"""The button that narrows a long list."""
WORKING = frozenset({State.IN_PROCESS})
DOSSIER_ACTS = {
    act.slug: act
    for act in (
        Act(
            "tiep-nhan",
            _("Tiếp nhận hồ sơ"),
            _("Đã tiếp nhận hồ sơ."),
            Right.RECEIVE,
            forms.ReceiveForm,
            services.receive,
            states=frozenset({State.SUBMITTED}),
            kind="primary",
        ),
        Act(
            "tu-choi",
            _("Từ chối tiếp nhận"),
            _("Đã từ chối tiếp nhận."),
            Right.REFUSE,
            forms.ReasonForm,
            services.refuse,
            states=frozenset({State.SUBMITTED}),
            kind="danger",
        ),
        Act(
            "yeu-cau-bo-sung",
            _("Yêu cầu bổ sung"),
            _("Đã gửi yêu cầu bổ sung."),
            Right.REQUEST_SUPPLEMENT,
            forms.SupplementForm,
            services.request_supplement,
            states=frozenset({State.SUBMITTED, State.IN_PROCESS}),
            refused=supplement_refused,
        ),
        Act(
            "dung-xu-ly",
            _("Dừng xử lý"),
            _("Đã dừng xử lý hồ sơ."),
            Right.STOP,
            forms.ReasonForm,
            services.stop,
            states=frozenset({State.AWAITING_SUPPLEMENT}),
            kind="danger",
        ),
        Act(
            "lay-y-kien",
            _("Lấy ý kiến"),
            _("Đã gửi lấy ý kiến."),
            Right.ASK_OPINION,
            forms.AskOpinionForm,
            services.ask_opinion,
            states=WORKING,
            refused=opinion_refused,
        ),
        *interrupting.ON_DOSSIER,
    )
}
STEP_ACTS = {
    act.slug: act
    for act in (
        Act(
            "chuyen-buoc",
            _("Chuyển bước"),
            _("Đã chuyển bước."),
            Right.FORWARD,
            forms.ForwardForm,
            services.forward,
            at_steps=frozenset({"forward"}),
            kind="primary",
        ),
        Act(
            "cho-y-kien",
            _("Cho ý kiến"),
            _("Đã gửi ý kiến."),
            Right.GIVE_OPINION,
            forms.OpinionForm,
            services.give_opinion,
            at_steps=frozenset({"give_opinion"}),
            kind="primary",
        ),
        Act(
            "quyet-dinh",
            _("Quyết định"),
            _("Đã ghi quyết định."),
            Right.DECIDE,
            forms.DecideForm,
            services.decide,
            at_steps=frozenset({"decide"}),
            kind="primary",
        ),
        Act(
            "ket-qua",
            _("Nhập kết quả"),
            _("Đã lưu kết quả."),
            Right.ATTACH_RESULT,
            result_forms.ResultForm,
            services.attach_result,
            at_steps=frozenset({"attach_result"}),
            kind="primary",
        ),
        Act(
            "tra-ket-qua",
            _("Trả kết quả"),
            _("Đã trả kết quả."),
            Right.HAND_OVER,
            result_forms.HandOverForm,
            services.hand_over,
            at_steps=frozenset({"hand_over"}),
            refused=lambda dossier, _at: unpaid(dossier.uuid),
            kind="primary",
        ),
        Act(
            "ghi-tra-loi",
            _("Ghi nhận trả lời"),
            _("Đã ghi nhận trả lời."),
            Right.RECORD_ANSWER,
            forms.AnswerForm,
            services.record_answer,
            at_steps=frozenset({"record_answer"}),
            kind="primary",
        ),
        Act(
            "tra-lai",
            _("Trả lại bước trước"),
            _("Đã trả lại."),
            None,
            forms.SendBackForm,
            services.send_back,
            at_steps=frozenset({"forward", "decide"}),
        ),
        Act(
            "phan-cong",
            _("Phân công"),
            _("Đã phân công."),
            Right.ASSIGN,
            forms.AssignForm,
            services.assign,
            at_steps=frozenset(
                {
                    "receive",
                    "forward",
                    "give_opinion",
                    "decide",
                    "attach_result",
                    "hand_over",
                    "record_answer",
                    "answer_transfer",
                    "answer_complaint",
                }
            ),
        ),
        *interrupting.AT_STEP,
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def on_dossier(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """An act on the whole dossier."""
    dossier = Dossier.objects.in_office(request.actor, at=request.at).get_or_refuse(key)
    return _page(request, dossier, _known(DOSSIER_ACTS, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def on_step(request: ActedRequest, key: UUID, step: UUID, slug: str) -> HttpResponse:
    """An act at one of its open steps."""
    dossier = Dossier.objects.in_office(request.actor, at=request.at).get_or_refuse(key)
    found = Step.objects.filter(dossier=dossier, pk=step).first()
    if found is None:
        raise StepNotFound
    return _page(request, dossier, _known(STEP_ACTS, slug), found)


@require_POST
def take(request: ActedRequest, key: UUID, step: UUID) -> HttpResponse:
    """Take a step in one click, from the queue or the dossier."""
    services.take(
        key,
        step,
        actor=request.actor,
        at=request.at,
        expected_version=read_number(request.POST.get("version", "")),
    )
    messages.success(request, _("Đã nhận xử lý."))
    return redirect("dossiers:dossier", key)


def _known(acts: dict[str, Act], slug: str) -> Act:
    act = acts.get(slug)
    if act is None:
        raise NotFound
    return act


def _require(request: ActedRequest, dossier: Dossier, act: Act, step: Step | None) -> None:
    """Show the form to nobody who may not do the act; the service requires the right again."""
    right = act.right or (RIGHT_AT[step.act] if step is not None else None)
    place = place_of(act, dossier, request.at) if step is None else step.agency_id
    if right is not None:
        require(request.actor, right, agency=place, at=request.at)


def _page(request: ActedRequest, dossier: Dossier, act: Act, step: Step | None) -> HttpResponse:
    _require(request, dossier, act, step)
    definition = definitions.of_version(dossier.procedure_id)
    is_sent = request.method == "POST" and request.POST.get("then") != FIND
    form = act.form(
        request.POST if is_sent else None,
        request.FILES or None,
        initial=None if is_sent else request.POST.dict(),
        dossier=dossier,
        definition=definition,
        step=step,
        at=request.at,
    )
    refusal: DomainError | None = None
    before = None if is_sent else barred(act, dossier, step, request.actor, request.at)
    if before is not None:
        form.impossible = str(before)
    if is_sent and form.is_valid():
        try:
            _do(request, dossier, act, step, form)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, str(act.done))
            return redirect("dossiers:dossier", dossier.uuid)
    why = refusal or before
    status = why.status if why else 422 if form.errors else 200
    context = {
        "dossier": dossier,
        "act": act,
        "form": form,
        "step": step,
        "refusal": refusal,
        "definition": definition,
        "may_take": isinstance(why, FeeUnpaid)
        and fees_of(dossier, definition, request.actor, request.at).may_take,
    }
    return render(request, "dossiers/act.html", context, status=status)


def _do(
    request: ActedRequest, dossier: Dossier, act: Act, step: Step | None, form: forms.ActForm
) -> None:
    facts: dict[str, Any] = {
        "actor": request.actor,
        "at": request.at,
        "expected_version": read_number(request.POST.get("version", "")),
    }
    if isinstance(form, result_forms.FileForm) and step is not None:
        # The service requires it again; here so that nobody else can fill the disk.
        require(request.actor, RIGHT_AT[step.act], agency=step.agency_id, at=request.at)
        file = store_result(
            request.FILES.get("file"), dossier=dossier, actor=request.actor, at=request.at
        )
        act.service(dossier.uuid, step.pk, **form.with_file(file), **facts)
        return
    keys = (dossier.uuid,) if step is None else (dossier.uuid, step.pk)
    act.service(*keys, **form.facts(), **facts)
