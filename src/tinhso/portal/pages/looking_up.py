"""Look up a dossier by its code and its applicant's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.models import Dossier, Result
from tinhso.dossiers.pages.fees import own_fees
from tinhso.files.errors import FileUnknown
from tinhso.files.pages.reading import attachment
from tinhso.files.services import read
from tinhso.kernel.identifiers import read_reference, show_reference
from tinhso.parties.services import note_read
from tinhso.portal import queries
from tinhso.portal.channels import filing_channel
from tinhso.portal.pages import attempts, proofs
from tinhso.portal.standing import standing_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpResponse

    from tinhso.kernel.requests import ActedRequest

LONGEST_CODE = 60
MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: ActedRequest) -> HttpResponse:
    """The form; a pair that matches opens the dossier, a wrong one says nothing about which part is wrong."""
    if request.method != "POST":
        return _opened(request, request.GET.get("ma", "")[:LONGEST_CODE])
    code = request.POST.get("ma", "").strip()[:LONGEST_CODE]
    identity = request.POST.get("so", "").strip()[:LONGEST_CODE]
    errors = _blanks(code, identity)
    if errors:
        return _form(request, code, errors, status=422)
    places = attempts.take_place(request, code)
    if not places:
        much = _("Bạn đã thử sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại.")
        return _form(request, code, {"": [much]}, status=MANY)
    dossier = queries.by_pair(code, identity)
    if dossier is None:
        wrong = _("Không tìm thấy hồ sơ nào khớp cả mã hồ sơ và số đã nhập.")
        return _form(request, code, {"": [wrong]}, status=422)
    attempts.give_back(places)
    proofs.remember(request, dossier)
    return redirect("portal:dossier", dossier.uuid)


def _opened(request: ActedRequest, code: str) -> HttpResponse:
    """The form with the code filled in, or the dossier itself for whoever may see it already."""
    proved = proofs.proved(request)
    if code and (proved or request.actor.party is not None):
        known = queries.known_by_code(code, actor=request.actor, proved=proved)
        if known is not None:
            return redirect("portal:dossier", known.uuid)
    return _form(request, code, {}, status=200)


def _blanks(code: str, identity: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not code:
        errors["ma"] = [_("Nhập mã tra cứu hoặc mã hồ sơ.")]
    if not identity:
        errors["so"] = [_("Nhập số định danh cá nhân hoặc mã số thuế của người nộp.")]
    return errors


def _form(
    request: ActedRequest, code: str, errors: dict[str, list[str]], *, status: int
) -> HttpResponse:
    reference = read_reference(code)
    context = {"code": show_reference(reference) if reference else code, "errors": errors}
    return render(request, "portal/look_up.html", context, status=status)


@require_safe
def dossier(request: ActedRequest, key: UUID) -> HttpResponse:
    """Where it stands, what is to be done, what was done and what comes."""
    reader = proofs.reader_of(request, key)
    shown = Dossier.objects.visible_to(reader, at=request.at).select_related(
        "applicant", "procedure__procedure"
    )
    try:
        found = shown.get_or_refuse(key)
    except DossierNotFound:
        return redirect("portal:look_up")
    if found.applicant is not None:
        note_read([found.applicant], purpose="look_up", actor=request.actor, at=request.at)
    context = {
        "dossier": found,
        "code": str(found),
        "standing": standing_of(found, at=request.at),
        "channel": filing_channel(request.at),
        "fees": own_fees(found, request.at),
    }
    return render(request, "portal/dossier.html", context)


@require_safe
def result(request: ActedRequest, key: UUID, file: UUID) -> FileResponse:
    """The file of a result that was handed over."""
    handed = Result.objects.filter(dossier__uuid=key, file__uuid=file, dossier__state="handed_over")
    if not handed.exists():
        raise FileUnknown
    reader = proofs.reader_of(request, key)
    return attachment(read(file, actor=reader, at=request.at, purpose="result"))


@require_safe
def short(request: ActedRequest, reference: str) -> HttpResponse:
    """The short address on papers: the look-up with the code filled in."""
    del request
    return redirect(f"{reverse('portal:look_up')}?ma={read_reference(reference) or ''}")
