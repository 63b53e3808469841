"""`/nop-ho-so/tiep-tuc/`: a visitor comes back to a draft by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers.errors_of_drafts import DraftCodeUnknown
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.services import opening
from tinhso.portal.pages import attempts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

LONGEST_CODE = 60
MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: ActedRequest) -> HttpResponse:
    """Ask for the code, and go on where it was left; officers who help do so at the counter, where it is recorded."""
    user = request.user
    if user.is_authenticated and user.is_officer:
        return redirect("dossiers:helping")
    if request.method != "POST":
        return _form(request, "", "", status=200)
    code = request.POST.get("ma", "").strip()[:LONGEST_CODE]
    places = attempts.take_place(request, code)
    if not places:
        much = _("Bạn đã thử sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại.")
        return _form(request, code, much, status=MANY)
    try:
        draft = opening.by_code(code)
    except DraftCodeUnknown as refusal:
        return _form(request, code, str(refusal), status=refusal.status)
    attempts.give_back(places)
    drafts.hold(request.session, draft)
    return redirect("portal:application", draft.uuid)


def _form(request: ActedRequest, code: str, error: str, *, status: int) -> HttpResponse:
    errors = {"ma": [error]} if error else {}
    return render(request, "portal/resume.html", {"code": code, "errors": errors}, status=status)
