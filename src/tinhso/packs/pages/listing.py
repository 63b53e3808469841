"""`/goi-nghiep-vu`: the packs in force; `/goi-nghiep-vu/<mã>`: one pack with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel.permissions import require
from tinhso.packs import queries
from tinhso.packs.kinds import kinds
from tinhso.packs.permissions import PackPermission

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def listing(request: ActedRequest) -> HttpResponse:
    """All packs in force, and every article that nobody has yet compared with the law."""
    require(request.actor, PackPermission.READ, at=request.at)
    packs = queries.in_force()
    unverified = [article for pack in packs for article in pack.unverified]
    return render(request, "packs/listing.html", {"packs": packs, "unverified": unverified})


@require_safe
def pack(request: ActedRequest, code: str) -> HttpResponse:
    """One pack: its entries in force, what they rest on, its versions."""
    require(request.actor, PackPermission.READ, at=request.at)
    shown = next((each for each in queries.in_force() if each.version.pack == code), None)
    if shown is None:
        raise Http404(_("Không có gói này."))
    names = {kind.code: kind.name for kind in kinds.values()}
    rows = [(names.get(entry.kind, entry.kind), entry) for entry in shown.entries]
    context = {"pack": shown, "rows": rows, "history": queries.history(code)}
    return render(request, "packs/pack.html", context)
