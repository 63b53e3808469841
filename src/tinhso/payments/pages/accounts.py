"""The accounts into which agencies collect (tài khoản thu), dated; a new one is declared here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.queries import agency_choices
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.payments import services
from tinhso.payments.models import CollectingAccount
from tinhso.payments.pages.forms import AccountForm
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest) -> HttpResponse:
    """The accounts that were declared, and the form of a new one."""
    require(request.actor, PaymentPermission.EDIT_ACCOUNT, at=request.at)
    form = _form(request)
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
    messages.success(request, _("Đã khai báo tài khoản thu."))
    return redirect("payments:accounts")


def _form(request: ActedRequest) -> AccountForm:
    form = AccountForm(request.POST if request.method == "POST" else None)
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
    names = names_of({row.agency_id for row in declared}, day)
    rows = [(names.get(row.agency_id, ""), row, row.is_in_force(day)) for row in declared]
    context = {"rows": rows, "form": form, "refusal": refusal}
    return render(request, "payments/accounts.html", context, status=status)
