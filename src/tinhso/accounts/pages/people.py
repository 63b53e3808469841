"""`/nguoi-dung`: who works here; and a new account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.accounts import queries
from tinhso.accounts.models import User
from tinhso.accounts.pages.acting import carry_out
from tinhso.accounts.pages.forms import NewUserForm
from tinhso.accounts.pages.passwords import JUST_MADE
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import users
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 50


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """Officers by given name, who works here now first, found without accents; closed accounts on demand."""
    require(request.actor, AccountPermission.READ_USER, at=request.at)
    text, closed = request.GET.get("tu", ""), request.GET.get("khoa") == "1"
    seen = User.objects.visible_to(request.actor, at=request.at).officers()
    found = seen.filter(is_active=not closed).named(text)
    page = Paginator(queries.working_first(found, at=request.at), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page": page,
        "people": queries.listed(page.object_list, at=request.at),
        "text": text,
        "closed": closed,
        "may_create": request.actor.holds(AccountPermission.CREATE_USER, at=request.at),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActedRequest) -> HttpResponse:
    """Create an account; its owner chooses the password by a link."""
    require(request.actor, AccountPermission.CREATE_USER, at=request.at)
    form = NewUserForm(request.POST or None)
    made: list[User] = []
    if request.method == "POST":
        status = carry_out(
            form,
            lambda: made.append(
                users.create(
                    email=form.cleaned_data["email"],
                    name=form.cleaned_data["name"],
                    actor=request.actor,
                    at=request.at,
                )
            ),
        )
        if made:
            request.session[JUST_MADE] = str(made[0].uuid)
            return redirect("accounts:person", key=made[0].uuid)
        return render(request, "accounts/new.html", {"form": form}, status=status)
    return render(request, "accounts/new.html", {"form": form})
