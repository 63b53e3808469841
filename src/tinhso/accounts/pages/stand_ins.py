"""Appointing somebody who stands in, from a person's page or from one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.accounts import queries
from tinhso.accounts.models import User
from tinhso.accounts.pages import mine, person
from tinhso.accounts.pages.acting import DONE, carry_out
from tinhso.accounts.pages.forms import ReasonForm, StandInForm
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import rights
from tinhso.accounts.services.reach import is_self
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from tinhso.kernel.requests import ActedRequest


@login_required
@require_POST
def appoint(request: ActedRequest, key: UUID) -> HttpResponse:
    """Let somebody act in the place of this person for a period."""
    user = _person(request, key)
    form = StandInForm(request.POST, prefix="stand_in")

    def act() -> None:
        given = form.cleaned_data
        rights.appoint_stand_in(
            user.uuid,
            substitute=form.substitute.uuid if form.substitute else user.uuid,
            since=given["since"],
            until=form.until,
            reason=given["reason"],
            actor=request.actor,
            at=request.at,
        )

    return _done(request, user, "stand_in", form, act)


@login_required
@require_POST
def withdraw(request: ActedRequest, key: UUID, stand_in: UUID) -> HttpResponse:
    """End a stand-in before its time."""
    user = _person(request, key)
    form = ReasonForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        rights.withdraw_stand_in(stand_in, reason=reason, actor=request.actor, at=request.at)

    return _done(request, user, "act", form, act)


def _person(request: ActedRequest, key: UUID) -> User:
    if isinstance(request.user, User) and request.user.uuid == key:
        return request.user
    user = queries.visible_user(key, actor=request.actor, at=request.at)
    require(request.actor, AccountPermission.APPOINT_STAND_IN, at=request.at)
    return user


def _done(
    request: ActedRequest, user: User, name: str, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    own = is_self(request.actor, user)
    status = carry_out(form, act)
    if status == DONE:
        messages.success(request, _("Đã ghi nhận."))
        return redirect("accounts:mine") if own else redirect("accounts:person", key=user.uuid)
    show = mine.show if own else person.show
    return show(request, user, status=status, **{name: form})
