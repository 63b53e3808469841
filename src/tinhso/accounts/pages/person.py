"""`/nguoi-dung/<uuid>`: one person's posts, grants and stand-ins, and every act upon them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.accounts import queries
from tinhso.accounts.models import User
from tinhso.accounts.pages.acting import DONE, carry_out
from tinhso.accounts.pages.forms import (
    GrantForm,
    HoldingForm,
    LeavingForm,
    ReasonForm,
    StandInForm,
    today,
)
from tinhso.accounts.pages.passwords import first_password_link
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import posts, rights, users
from tinhso.accounts.services.reach import is_self
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinhso.kernel.requests import ActedRequest

FORMS: dict[str, tuple[AccountPermission, Callable[..., forms.Form]]] = {
    "holding": (AccountPermission.HOLD_POST, HoldingForm),
    "grant": (AccountPermission.ISSUE_GRANT, GrantForm),
}


@require_safe
def page(request: ActedRequest, key: UUID) -> HttpResponse:
    """Everything about one person."""
    user = queries.visible_user(key, actor=request.actor, at=request.at)
    return show(request, user)


def show(
    request: ActedRequest, user: User, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """The page with its forms: those given as they were typed, the others empty."""
    actor, at = request.actor, request.at
    context = {
        "person": queries.person(
            user, at=at, with_sign_ins=actor.holds(AccountPermission.READ_SIGN_IN, at=at)
        ),
        "forms": _offered(request, user, bound),
        "refused": bound.get("act"),
        "at": at,
        "may_end_holding": actor.holds(AccountPermission.END_HOLDING, at=at),
        "may_revoke": actor.holds(AccountPermission.REVOKE_GRANT, at=at),
        "may_appoint": actor.holds(AccountPermission.APPOINT_STAND_IN, at=at),
        "may_close": actor.holds(AccountPermission.DEACTIVATE_USER, at=at)
        and not is_self(actor, user),
        "password_link": first_password_link(request, user),
    }
    return render(request, "accounts/person.html", context, status=status)


def _offered(request: ActedRequest, user: User, bound: dict[str, forms.Form]) -> dict[str, Any]:
    """The forms of the acts that the actor may do on this person: as they were typed, else empty."""
    actor, at = request.actor, request.at
    offered: dict[str, Any] = {
        name: bound.get(name) or form(request=request, initial=today(request), prefix=name)
        for name, (permission, form) in FORMS.items()
        if actor.holds(permission, at=at) and user.is_active and not is_self(actor, user)
    }
    if user.is_active and actor.holds(AccountPermission.APPOINT_STAND_IN, at=at):
        offered["stand_in"] = bound.get("stand_in") or StandInForm(
            initial=today(request), prefix="stand_in"
        )
    return offered


def _person(request: ActedRequest, key: UUID, permission: AccountPermission) -> User:
    """The person, for who holds the right at all; the service judges whether it reaches so far."""
    user = queries.visible_user(key, actor=request.actor, at=request.at)
    require(request.actor, permission, at=request.at)
    return user


def _done(
    request: ActedRequest, user: User, name: str, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    status = carry_out(form, act)
    if status == DONE:
        messages.success(request, _("Đã ghi nhận."))
        seen = User.objects.visible_to(request.actor, at=request.at).filter(pk=user.pk)
        if not seen.exists():  # what was taken back was all that bound them to the actor's agencies
            return redirect("accounts:people")
        return redirect("accounts:person", key=user.uuid)
    return show(request, user, status=status, **{name: form})


@require_POST
def hold(request: ActedRequest, key: UUID) -> HttpResponse:
    """Give the person a post; a post of a new title is made where one may."""
    user = _person(request, key, AccountPermission.HOLD_POST)
    form = HoldingForm(request.POST, request=request, prefix="holding")

    return _done(request, user, "holding", form, lambda: _hold(request, user, form))


def _hold(request: ActedRequest, user: User, form: HoldingForm) -> None:
    given = form.cleaned_data
    posts.hold_titled(
        user.uuid,
        agency=int(given["agency"]),
        title=given["title"],
        since=given["since"],
        until=form.until,
        decision=given["decision"],
        actor=request.actor,
        at=request.at,
    )


@require_POST
def leave(request: ActedRequest, key: UUID, holding: UUID) -> HttpResponse:
    """End the holding of a post."""
    user = _person(request, key, AccountPermission.END_HOLDING)
    form = LeavingForm(request.POST)

    def act() -> None:
        posts.leave(
            holding,
            on=form.on,
            decision=form.cleaned_data["decision"],
            actor=request.actor,
            at=request.at,
        )

    return _done(request, user, "act", form, act)


@require_POST
def withdraw(request: ActedRequest, key: UUID, holding: UUID) -> HttpResponse:
    """Take back the holding of a post that has not begun."""
    user = _person(request, key, AccountPermission.END_HOLDING)

    def act() -> None:
        posts.withdraw(holding, user=user.uuid, actor=request.actor, at=request.at)

    return _done(request, user, "act", forms.Form(request.POST), act)


@require_POST
def grant(request: ActedRequest, key: UUID) -> HttpResponse:
    """Give the person a role."""
    user = _person(request, key, AccountPermission.ISSUE_GRANT)
    form = GrantForm(request.POST, request=request, prefix="grant")

    def act() -> None:
        given = form.cleaned_data
        rights.grant(
            user.uuid,
            role=given["role"],
            agency=form.place,
            includes_subordinates=given["includes_subordinates"],
            since=given["since"],
            until=form.until,
            reason=given["reason"],
            actor=request.actor,
            at=request.at,
        )

    return _done(request, user, "grant", form, act)


@require_POST
def revoke(request: ActedRequest, key: UUID, grant: UUID) -> HttpResponse:
    """Take a role back."""
    user = _person(request, key, AccountPermission.REVOKE_GRANT)
    form = ReasonForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        rights.revoke(grant, reason=reason, actor=request.actor, at=request.at)

    return _done(request, user, "act", form, act)


@require_POST
def close(request: ActedRequest, key: UUID) -> HttpResponse:
    """Close the account, or open it again."""
    user = _person(request, key, AccountPermission.DEACTIVATE_USER)
    form = ReasonForm(request.POST)

    def act() -> None:
        service = users.deactivate if user.is_active else users.reactivate
        reason = form.cleaned_data["reason"]
        service(user.uuid, reason=reason, actor=request.actor, at=request.at)

    return _done(request, user, "act", form, act)
