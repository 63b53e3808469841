"""`/ket-noi/ma-truy-cap`: keys of partner systems: who holds which, a new one, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.accounts import queries
from tinhso.accounts.pages.acting import DONE, carry_out
from tinhso.accounts.pages.forms import ReasonForm, TokenForm
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import tokens
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: ActedRequest) -> HttpResponse:
    """All tokens; a POST issues one and shows its secret this once."""
    if request.method == "POST":
        return _issue(request)
    require(request.actor, AccountPermission.READ_TOKEN, at=request.at)
    form = None
    if request.actor.holds(AccountPermission.ISSUE_TOKEN, at=request.at):
        form = TokenForm(request=request)
    return _show(request, form)


def _issue(request: ActedRequest) -> HttpResponse:
    require(request.actor, AccountPermission.ISSUE_TOKEN, at=request.at)
    form = TokenForm(request.POST, request=request)
    secrets: list[str] = []

    def act() -> None:
        _token, secret = tokens.issue(
            name=form.cleaned_data["name"],
            permissions=form.cleaned_data["permissions"],
            agency=form.place,
            includes_subordinates=form.cleaned_data["includes_subordinates"],
            expires_at=form.expires_at,
            actor=request.actor,
            at=request.at,
            now=timezone.now(),
        )
        secrets.append(secret)

    status = carry_out(form, act)
    if status == DONE:
        return _show(request, TokenForm(request=request), secret=secrets[0], status=201)
    return _show(request, form, status=status)


def _show(
    request: ActedRequest, form: forms.Form | None, *, secret: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "tokens": queries.tokens(actor=request.actor, at=request.at, now=timezone.now()),
        "form": form,
        "secret": secret,
        "may_withdraw": request.actor.holds(AccountPermission.WITHDRAW_TOKEN, at=request.at),
    }
    return render(request, "accounts/tokens.html", context, status=status)


@require_POST
def withdraw(request: ActedRequest, key: UUID) -> HttpResponse:
    """Withdraw one at once."""
    require(request.actor, AccountPermission.WITHDRAW_TOKEN, at=request.at)
    form = ReasonForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        tokens.withdraw(key, reason=reason, actor=request.actor, at=request.at)

    status = carry_out(form, act)
    if status == DONE:
        messages.success(request, _("Đã thu hồi."))
        return redirect("accounts:tokens")
    return _show(request, form, status=status)
