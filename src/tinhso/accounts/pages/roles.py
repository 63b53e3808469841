"""`/vai-tro`: which roles there are and what each may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.accounts import queries
from tinhso.accounts.permissions import AccountPermission
from tinhso.kernel.permissions import require
from tinhso.packs.queries import titles

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """Roles as the packs declare them, with their rights."""
    require(request.actor, AccountPermission.READ_ROLE, at=request.at)
    packs = titles()
    roles = [(role, packs.get(role.pack, role.pack)) for role in queries.roles_in_use()]
    return render(request, "accounts/roles.html", {"roles": roles})
