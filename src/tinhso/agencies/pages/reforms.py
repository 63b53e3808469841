"""Reforms: the list, the preview, a receiver named, carried out, discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.agencies import services
from tinhso.agencies.errors import ReformNotFound
from tinhso.agencies.models import Reform
from tinhso.agencies.pages.forms import CarryOutForm, DiscardForm, ReceiversForm
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.previews import outcome, preview
from tinhso.agencies.reform_documents import from_json, to_yaml
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of
from tinhso.kernel.errors import Conflict
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """The reforms, latest day first."""
    require(request.actor, AgencyPermission.READ, at=request.at)
    reforms = Reform.objects.select_related("carried_out", "discarded").order_by("-on", "code")
    may_prepare = request.actor.holds(AgencyPermission.EDIT, at=request.at)
    context = {"reforms": reforms, "may_prepare": may_prepare}
    return render(request, "agencies/reforms.html", context)


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The preview of a reform, or what was done."""
    return _shown(request, key)


@require_POST
def receiving(request: ActedRequest, key: UUID) -> HttpResponse:
    """Name who takes what is left of agencies that end."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    form = ReceiversForm(request.POST)
    if not form.is_valid():
        return _shown(request, key, form=form)
    try:
        services.name_receivers(
            key,
            form.cleaned_data["receivers"],
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


@require_POST
def discarding(request: ActedRequest, key: UUID) -> HttpResponse:
    """Give the plan up, with the reason."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _shown(request, key, form=form)
    given = form.cleaned_data
    try:
        services.discard_reform(
            key,
            reason=given["reason"],
            actor=request.actor,
            at=request.at,
            expected_version=given["version"],
        )
    except Conflict as refusal:
        return _shown(request, key, refusal=refusal)
    messages.success(request, _("Đã bỏ phương án; phương án vẫn đứng trong danh sách."))
    return redirect("agencies:reform", key)


def _shown(
    request: ActedRequest,
    key: UUID,
    *,
    form: CarryOutForm | DiscardForm | ReceiversForm | None = None,
    refusal: Conflict | None = None,
) -> HttpResponse:
    require(request.actor, AgencyPermission.READ, at=request.at)
    reform = Reform.objects.select_related("carried_out", "discarded").filter(uuid=key).first()
    if reform is None:
        raise ReformNotFound
    done = getattr(reform, "carried_out", None)
    said = {"outcome": outcome(done)} if done else _undone(request, reform)
    context = {"reform": reform, "done": done, "form": form, "refusal": refusal, **said}
    status = refusal.status if refusal else 422 if form is not None else 200
    return render(request, "agencies/reform.html", context, status=status)


def _undone(request: ActedRequest, reform: Reform) -> dict[str, Any]:
    holds = request.actor.holds
    discarded = getattr(reform, "discarded", None)
    seen = None if discarded else preview(reform)
    today, earliest = day_of(request.at), services.earliest_day(reform.on)
    return {
        "text": to_yaml(from_json(reform.document)),
        "discarded": discarded,
        "discarded_by": names_of([discarded.actor])[discarded.actor] if discarded else "",
        "preview": seen,
        "is_ahead": reform.on > today,
        "waits_until": earliest if seen and seen.work and today < earliest else None,
        "may_edit": holds(AgencyPermission.EDIT, at=request.at),
        "may_carry_out": holds(AgencyPermission.CARRY_OUT_REFORM, at=request.at),
    }
