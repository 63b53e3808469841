"""The accounts into which agencies collect (tài khoản thu), dated; one declares a new one here, another confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.accounts.queries import agency_choices
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events import naming as events
from tinhso.kernel.errors import Conflict, DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.payments import services
from tinhso.payments.models import AccountProposal, CollectingAccount
from tinhso.payments.pages.forms import AccountForm
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest) -> HttpResponse:
    """The accounts that were declared, and the form of a new one."""
    require(request.actor, PaymentPermission.EDIT_ACCOUNT, at=request.at)
    form = _form(request, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=Invalid.status)
    try:
        services.declare_account(
            form.cleaned_data["agency"], form.facts(), actor=request.actor, at=request.at
        )
    except DomainError as refusal:
        for name, sentences in getattr(refusal, "errors", {}).items():
            form.add_error(name, sentences)
        return _page(request, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Đã khai báo. Tài khoản được dùng khi người thứ hai xác nhận."))
    return redirect("payments:accounts")


@require_POST
def confirm(request: ActedRequest, key: UUID) -> HttpResponse:
    """Confirm what another person declared; the page says why when that cannot be."""
    require(request.actor, PaymentPermission.EDIT_ACCOUNT, at=request.at)
    try:
        services.confirm_account(key, actor=request.actor, at=request.at)
    except Conflict as refusal:
        return _page(request, _form(request, None), refusal=refusal, status=refusal.status)
    messages.success(request, _("Đã xác nhận tài khoản thu."))
    return redirect("payments:accounts")


def _form(request: ActedRequest, posted: QueryDict | None) -> AccountForm:
    form = AccountForm(posted)
    scope = request.actor.scope(PaymentPermission.EDIT_ACCOUNT, at=request.at)
    form.fields["agency"].choices = agency_choices(scope, at=request.at)  # type: ignore[attr-defined]
    return form


def _page(
    request: ActedRequest,
    form: AccountForm,
    *,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    scope = request.actor.scope(PaymentPermission.EDIT_ACCOUNT, at=request.at)
    declared = CollectingAccount.objects.order_by("agency", "-since")
    if not scope.everywhere:
        declared = declared.filter(agency__in=scope.agencies)
    day = day_of(request.at)
    seen = AccountProposal.objects.visible_to(request.actor, at=request.at)
    waiting = list(seen.waiting().order_by("-at"))
    known = {row.agency_id for row in declared} | {row.agency_id for row in waiting}
    names = names_of(known, day)
    who = events.names_of({row.actor for row in waiting})
    rows = [(names.get(row.agency_id, ""), row, row.is_in_force(day)) for row in declared]
    context = {
        "rows": rows,
        "waiting": [
            (names.get(row.agency_id, ""), row, who[row.actor], row.actor == request.actor.key)
            for row in waiting
        ],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "payments/accounts.html", context, status=status)
