"""Sent once (gửi một lần): what the pages answer to forms that outlive a cut network.

The browser keeps a sending until the server has answered for it (`keep.js`), and may send it again. Its key is the
draft's, so that what became of the first sending answers the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tinhso.dossiers.models import Dossier, Submission

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

ASKED, WENT = "X-Kept", "X-Went"
"""Headers: the browser keeps what it sends, the server keeps what was typed; and where the sending has led."""


def went(request: ActedRequest, key: UUID) -> HttpResponse:
    """On to the dossier; a script is told the address, so that what the next page says is said once."""
    onward = redirect("dossiers:dossier", key)
    if request.headers.get(ASKED) != "1":
        return onward
    return HttpResponse(status=204, headers={WENT: onward["Location"]})


def held(answer: HttpResponse) -> HttpResponse:
    """The page, marked as one whose text the server has in its draft."""
    answer[ASKED] = "1"
    return answer


def handed_in_before(request: ActedRequest, key: UUID) -> HttpResponse | None:
    """Where an earlier sending of this draft has led; None where there was none that the officer may see."""
    seen = Dossier.objects.in_office(request.actor, at=request.at)
    return _told(request, seen.filter(uuid=key).first())


def answered_before(request: ActedRequest, key: UUID) -> HttpResponse | None:
    """The same of a supplement: the request that the page was about has its answer."""
    try:
        asked = UUID(request.POST.get("asked", ""))
    except ValueError:
        return None
    if not Submission.objects.filter(answered_request=asked, dossier__uuid=key).exists():
        return None
    return handed_in_before(request, key)


def _told(request: ActedRequest, dossier: Dossier | None) -> HttpResponse | None:
    if dossier is None:
        return None
    sentence = _("Hồ sơ %(number)s đã vào hệ thống ở lần gửi trước; xem lại nội dung đã gửi.")
    messages.info(request, sentence % {"number": str(dossier)})
    return went(request, dossier.uuid)
