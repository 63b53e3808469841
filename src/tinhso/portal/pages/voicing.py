"""Say how one's dossier is handled: complain, or rate it after hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import services
from tinhso.dossiers.errors import DossierNotFound, ScoreUnknown
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.queries.telling import is_rated
from tinhso.kernel.errors import DomainError
from tinhso.parties.queries import stood_for
from tinhso.parties.services import note_read
from tinhso.portal.pages import proofs

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

LONGEST = 4000
COMPLAINT = "khieu-nai"
SCORES = (
    (5, _lazy("5 – Rất hài lòng")),
    (4, _lazy("4 – Hài lòng")),
    (3, _lazy("3 – Bình thường")),
    (2, _lazy("2 – Không hài lòng")),
    (1, _lazy("1 – Rất không hài lòng")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: ActedRequest, key: UUID) -> HttpResponse:
    """Two forms: a rating once the result is there, and a complaint at any time."""
    reader = proofs.reader_of(request, key)
    own = Dossier.objects.visible_to(reader, at=request.at).filter(applicant__in=stood_for(reader))
    try:
        dossier = own.select_related("applicant", "procedure__procedure").get_or_refuse(key)
    except DossierNotFound:
        return redirect("portal:look_up")
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="voice", actor=request.actor, at=request.at)
    refusal = _do(request, key, reader) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        messages.success(request, _said(request))
        return redirect("portal:dossier", key)
    return _page(request, dossier, refusal)


def _said(request: ActedRequest) -> str:
    """What became of it: whoever complains learns by when and where the answer comes."""
    if request.POST.get("loai") == COMPLAINT:
        return _(
            "Đã gửi khiếu nại. Cơ quan giải quyết phải trả lời trong 30 ngày; câu trả lời hiện ở trang này."
        )
    return _("Cảm ơn bạn. Ý kiến đã được ghi nhận.")


def _page(request: ActedRequest, dossier: Dossier, refusal: DomainError | None) -> HttpResponse:
    words, is_complaint = request.POST.get("noi-dung", ""), request.POST.get("loai") == COMPLAINT
    context = {
        "dossier": dossier,
        "refusal": refusal,
        "may_rate": dossier.state == State.HANDED_OVER and not is_rated(dossier),
        "complaint": words if is_complaint else "",
        "remark": "" if is_complaint else words,
        "scores": [(str(score), words) for score, words in SCORES],
        "score": request.POST.get("muc", ""),
        "score_missing": _("Chọn một mức.") if isinstance(refusal, ScoreUnknown) else "",
    }
    return render(request, "portal/voice.html", context, status=refusal.status if refusal else 200)


def _do(request: ActedRequest, key: UUID, reader: Actor) -> DomainError | None:
    """What was chosen; the refusal when it is none."""
    words = request.POST.get("noi-dung", "")[:LONGEST]
    typed = request.POST.get("muc", "")
    score = int(typed) if typed in {"1", "2", "3", "4", "5"} else 0
    try:
        if request.POST.get("loai") == COMPLAINT:
            services.complain(key, actor=reader, content=words, at=request.at)
        else:
            services.rate(key, actor=reader, score=score, words=words, at=request.at)
    except DomainError as refusal:
        return refusal
    return None
