"""Reforms: the list, prepare, preview, name a receiver, carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.agencies import services
from tinhso.agencies.errors import ReformNotFound
from tinhso.agencies.models import Reform
from tinhso.agencies.pages.forms import CarryOutForm, ReceiverForm, ReformForm
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.previews import outcome, preview
from tinhso.kernel.errors import Conflict
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """The reforms, latest day first."""
    require(request.actor, AgencyPermission.READ, at=request.at)
    reforms = Reform.objects.select_related("carried_out").order_by("-on", "code")
    may_prepare = request.actor.holds(AgencyPermission.EDIT, at=request.at)
    context = {"reforms": reforms, "may_prepare": may_prepare}
    return render(request, "agencies/reforms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preparing(request: ActedRequest) -> HttpResponse:
    """Put a reform into the book."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    form = ReformForm(request.POST or None, request.FILES or None)
    refusal = None
    if form.is_valid():
        try:
            reform = services.prepare_reform(
                form.cleaned_data["reform"], actor=request.actor, at=request.at
            )
        except Conflict as refused:
            refusal = refused
        else:
            return redirect("agencies:reform", reform.uuid)
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {"form": form, "refusal": refusal}
    return render(request, "agencies/reform_preparing.html", context, status=status)


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The preview of a reform, or what was done."""
    return _shown(request, key)


@require_POST
def receiving(request: ActedRequest, key: UUID) -> HttpResponse:
    """Name who takes what is left of an agency that ends."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    form = ReceiverForm(request.POST)
    if not form.is_valid():
        return _shown(request, key, form=form)
    try:
        services.name_receiver(
            key,
            ended=form.cleaned_data["ended"],
            receiver=form.cleaned_data["receiver"],
            actor=request.actor,
            at=request.at,
            expected_version=form.cleaned_data["version"],
        )
    except Conflict as refusal:
        return _shown(request, key, refusal=refusal)
    return redirect("agencies:reform", key)


@require_POST
def carrying_out(request: ActedRequest, key: UUID) -> HttpResponse:
    """Carry the reform out as it was previewed."""
    require(request.actor, AgencyPermission.CARRY_OUT_REFORM, at=request.at)
    form = CarryOutForm(request.POST)
    if not form.is_valid():
        return _shown(request, key, form=form)
    version = form.cleaned_data["version"]
    try:
        services.carry_out_reform(key, actor=request.actor, at=request.at, expected_version=version)
    except Conflict as refusal:
        return _shown(request, key, refusal=refusal)
    messages.success(request, _("Đã thực hiện phương án sắp xếp."))
    return redirect("agencies:reform", key)


def _shown(
    request: ActedRequest,
    key: UUID,
    *,
    form: CarryOutForm | ReceiverForm | None = None,
    refusal: Conflict | None = None,
) -> HttpResponse:
    require(request.actor, AgencyPermission.READ, at=request.at)
    reform = Reform.objects.select_related("carried_out").filter(uuid=key).first()
    if reform is None:
        raise ReformNotFound
    done = getattr(reform, "carried_out", None)
    said = _open_reform(request, reform) if done is None else {"outcome": outcome(done)}
    context = {"reform": reform, "done": done, "form": form, "refusal": refusal, **said}
    status = refusal.status if refusal else 422 if form is not None else 200
    return render(request, "agencies/reform.html", context, status=status)


def _open_reform(request: ActedRequest, reform: Reform) -> dict[str, Any]:
    holds = request.actor.holds
    return {
        "preview": preview(reform),
        "may_edit": holds(AgencyPermission.EDIT, at=request.at),
        "may_carry_out": holds(AgencyPermission.CARRY_OUT_REFORM, at=request.at),
    }
