"""`/tai-khoan`: one's own account: name, password, second factor, devices, who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows import sessions as flows
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.accounts import queries
from tinhso.accounts.devices import in_words
from tinhso.accounts.models import User
from tinhso.accounts.pages.acting import DONE, carry_out
from tinhso.accounts.pages.forms import NameForm, StandInForm, today
from tinhso.accounts.services import sign_ins, users

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


def own(request: ActedRequest) -> User:
    """Whoever is signed in; pages ask only behind `login_required`."""
    if not isinstance(request.user, User):
        raise TypeError("a page behind sign-in")
    return request.user


@login_required
@require_safe
def page(request: ActedRequest) -> HttpResponse:
    """Everything about oneself."""
    return show(request, own(request))


def show(
    request: ActedRequest, user: User, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """The page with its forms: those given as they were typed, the others as things stand."""
    held = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    offered = {"name": bound.get("name") or NameForm(initial={"name": user.name}, prefix="name")}
    if user.is_officer:
        offered["stand_in"] = bound.get("stand_in") or StandInForm(
            initial=today(request), prefix="stand_in"
        )
    context = {
        "person": queries.person(user, at=request.at, with_sign_ins=True),
        "forms": offered,
        "refused": bound.get("act"),
        "at": request.at,
        "has_second_factor": Authenticator.Type.TOTP in held,
        "needs_second_factor": queries.needs_second_factor(user, at=request.at),
        "sessions": [(each, in_words(each.user_agent)) for each in queries.sessions(user)],
        "current": request.session.session_key,
    }
    return render(request, "accounts/mine.html", context, status=status)


@login_required
@require_POST
def rename(request: ActedRequest) -> HttpResponse:
    """Correct one's own name."""
    user = own(request)
    form = NameForm(request.POST, prefix="name")

    def act() -> None:
        users.rename(user, name=form.cleaned_data["name"], actor=request.actor, at=request.at)

    status = carry_out(form, act)
    if status == DONE:
        messages.success(request, _("Đã ghi nhận."))
        return redirect("accounts:mine")
    return show(request, user, status=status, name=form)


@login_required
@require_POST
def end_session(request: ActedRequest, session: int) -> HttpResponse:
    """Sign one device out; key 0 signs out all but this one."""
    user = own(request)
    ended = [
        each
        for each in queries.sessions(user)
        if each.pk == session or (session == 0 and each.session_key != request.session.session_key)
    ]
    if ended:
        sign_ins.note_ended(user, devices=len(ended), actor=request.actor, at=timezone.now())
        flows.end_sessions(request, ended)
        messages.success(request, _("Đã đăng xuất."))
    return redirect("accounts:mine")
