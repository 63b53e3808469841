"""Take in a supplement at the counter (tiếp nhận bổ sung): brought to the desk, sent by post, or by a helper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.asked import once_each
from tinhso.dossiers.errors import BringingIncomplete, DraftHandedIn, NothingToSupplement
from tinhso.dossiers.filing import take_in
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.pages import keeping
from tinhso.dossiers.pages.bringing import channel_named, form_for, way_tabs, ways_open
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.procedures import require_channel
from tinhso.dossiers.services import drafting
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError
from tinhso.kernel.permissions import require
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.filing import Posted
    from tinhso.dossiers.models import Channel, Draft
    from tinhso.dossiers.pages.bringing import BringingForm
    from tinhso.kernel.requests import ActedRequest


SEND = "supplement"
"""The button, last in the form: without it the post was cut on its way, and is only kept."""


@dataclass
class Supplement:
    """What comes in: the dossier, the draft of its form, the way it came and what is asked of the way."""

    dossier: Dossier
    draft: Draft
    channel: Channel
    way: BringingForm
    posted: Posted | None = None
    refusal: DomainError | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: ActedRequest, key: UUID) -> HttpResponse:
    """The form as handed in before, corrected and completed by the officer; how and when it came."""
    if request.method != "POST":
        return _page(request, _coming(request, key))
    try:
        return keeping.held(_sent(request, key))
    except (NothingToSupplement, DraftHandedIn):
        before = keeping.answered_before(request, key)
        if before is None:
            raise
        return before


def _sent(request: ActedRequest, key: UUID) -> HttpResponse:
    """What was sent: kept in the draft, judged, handed in; refuses what was answered before."""
    coming = _coming(request, key)
    coming.posted = take_in(request, coming.draft, step=None, actor=request.actor, at=request.at)
    if request.POST.get("then") != SEND:
        coming.posted = replace(coming.posted, errors={}, asks_again=True)
    if coming.posted.asks_again or not coming.way.is_valid() or coming.posted.errors:
        return _page(request, coming)
    try:
        drafting.hand_in_supplement(
            coming.draft,
            channel=coming.channel,
            actor=request.actor,
            at=request.at,
            bringing=coming.way.bringing(None),
        )
    except (NothingToSupplement, DraftHandedIn):
        raise
    except DomainError as refusal:
        if not (isinstance(refusal, BringingIncomplete) and coming.way.add_refusal(refusal)):
            coming.refusal = refusal
        return _page(request, coming)
    messages.success(
        request,
        _("Đã nhận bổ sung. Hồ sơ được xử lý tiếp. Xác nhận giấy tờ mới nhận ở mục Giấy tờ."),
    )
    return keeping.went(request, key)


def _coming(request: ActedRequest, key: UUID) -> Supplement:
    """The dossier that waits for it; refuses who may not file at its desk, and a way that is closed."""
    found = Dossier.objects.in_office(request.actor, at=request.at).select_related("applicant")
    dossier = found.get_or_refuse(key)
    desk = dossier.receiving_agency_id
    require(request.actor, DossierPermission.SUBMIT_FOR, agency=desk, at=request.at)
    channel = channel_named(request.GET)
    require_channel(channel, request.at)
    draft = drafting.open_supplement(
        key, actor=request.actor, at=request.at, only_shown=request.method != "POST"
    )
    sent = request.POST if request.method == "POST" else None
    return Supplement(dossier, draft, channel, form_for(channel, sent, kept=None, at=request.at))


def _page(request: ActedRequest, coming: Supplement) -> HttpResponse:
    dossier, posted = coming.dossier, coming.posted
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="supplement", actor=request.actor, at=request.at)
    definition = definitions.of_version(dossier.procedure_id)
    form = drafting.form_of(coming.draft)
    answers = posted.answers if posted else drafting.answers_of(coming.draft, at=request.at)
    errors = once_each(posted.errors) if posted else {}
    ahead = coming.way.lines() if posted and not posted.asks_again else []
    context = {
        "dossier": dossier,
        "definition": definition,
        "asked": dossier.supplementrequests.filter(answer=None).order_by("-at").first(),
        "tabs": way_tabs(ways_open(day_of(request.at)), coming.channel, request.GET),
        "channel": coming.channel,
        "way": coming.way,
        "steps": [
            (step, rendering.fields(form, step, answers, errors)) for step in form.steps_of(answers)
        ],
        "summary": rendering.error_summary(form, answers, errors, ahead=ahead),
        "is_wrong": bool(errors or ahead),
        "refusal": coming.refusal,
    }
    status = coming.refusal.status if coming.refusal else 422 if errors or ahead else 200
    return render(request, "dossiers/supplementing.html", context, status=status)
