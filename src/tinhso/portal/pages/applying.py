"""An application: begun, filled in one page after another, kept for later."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import DraftHandedIn, DraftNotFound
from tinhso.dossiers.filing import take_in
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.services import drafting, keeping, opening, reusing
from tinhso.forms import rendering
from tinhso.kernel.identifiers import show_reference
from tinhso.parties.queries import stood_for
from tinhso.portal import national, queries, station
from tinhso.portal.channels import require_filing_channel
from tinhso.portal.filling import PLACE, filling_of, of_draft, prefill, slug_of
from tinhso.portal.pages.person import unsaid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.filing import Posted
    from tinhso.forms.fields import Step
    from tinhso.kernel.requests import ActedRequest
    from tinhso.portal.filling import Filling

ANEW = "moi"
"""The button that begins another beside those begun before."""
LATER = "later"
"""The button that keeps what was typed and leaves."""


def filling_in(request: ActedRequest, key: UUID) -> Filling:
    """The application that this session may fill in; of any other there is none."""
    return filling_of(key, actor=request.actor, at=request.at, held=drafts.held(request))


def handed_in_goes_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever comes back to an application that was handed in sees its confirmation."""

    @wraps(view)
    def shown(request: ActedRequest, key: UUID, **parts: str) -> HttpResponse:
        try:
            return view(request, key, **parts)
        except DraftHandedIn:
            return redirect("portal:submitted", key)
        except DraftNotFound:
            dossier = national.handed_over(key)
            if dossier is None:
                raise
            return redirect("portal:submitted", dossier.uuid)

    return shown


def start(request: ActedRequest, code: str) -> HttpResponse:
    """Begin an application (bắt đầu khai); an account first says whose it is, and is offered what it has begun.

    A link to it leads to the procedure, where the button stands: to follow a link begins nothing.
    """
    if request.method != "POST":
        return redirect("portal:procedure", code)
    elsewhere = unsaid(request, onward=reverse("portal:procedure", args=[code]))
    if elsewhere is not None:
        return elsewhere
    channel = require_filing_channel(request.at)
    begun = [] if ANEW in request.POST else queries.begun(code, request.actor)
    if begun:
        return render(request, "portal/begun.html", {"drafts": begun, "code": code, "anew": ANEW})
    draft = drafting.start(code, channel=channel, actor=request.actor, at=request.at)
    drafts.hold(request.session, draft)
    prefill(draft, actor=request.actor, at=request.at)
    return redirect("portal:application", draft.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@handed_in_goes_on
def application(request: ActedRequest, key: UUID) -> HttpResponse:
    """Where it shall be settled, when that is for the applicant to say; else the first step."""
    filling = filling_in(request, key)
    if not filling.needs_place:
        return redirect(filling.stages[0].url)
    search = request.GET.get("tim", "")
    found = queries.communes(day_of(request.at), search=search)
    chosen = request.POST.get("agency", "")
    if chosen in {str(period.agency_id) for period in found}:
        drafting.keep(filling.draft, filling.answers, at=request.at, agency=int(chosen))
        return redirect(filling.stages[-1 if "sua" in request.GET else 1].url)
    error = _("Hãy chọn nơi giải quyết hồ sơ.") if request.method == "POST" else ""
    errors = {"agency": [error]} if error else {}
    context = {"communes": found, "search": search, "error": error, "errors": errors}
    return _page(request, "portal/place.html", filling, PLACE, 422 if error else 200, context)


@require_http_methods(["GET", "HEAD", "POST"])
@handed_in_goes_on
def step(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """One step of the form: kept whatever was typed, judged, and on to the next."""
    filling = filling_in(request, key)
    asked = filling.step(slug)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _step_page(request, filling, asked, None)
    posted = take_in(request, filling.draft, step=asked, actor=request.actor, at=request.at)
    filling = of_draft(filling.draft, posted.answers)
    if request.POST.get("then") == LATER:
        return redirect("portal:kept", key)
    if posted.errors or posted.asks_again:
        return _step_page(request, filling, asked, posted)
    return redirect(filling.stages[-1].url if "sua" in request.GET else filling.after(slug).url)


@require_http_methods(["GET", "HEAD", "POST"])
@handed_in_goes_on
def discard(request: ActedRequest, key: UUID) -> HttpResponse:
    """Ask, then delete the draft."""
    filling = filling_in(request, key)
    if request.method == "POST":
        keeping.throw_away(key, actor=request.actor, at=request.at, held=drafts.held(request))
        messages.success(request, _("Đã xóa bản nháp."))
        return redirect("portal:own" if request.user.is_authenticated else "portal:home")
    context = {"filling": filling, "back": filling.stages[0].url}
    return render(request, "portal/discard.html", context)


@require_safe
@handed_in_goes_on
def kept(request: ActedRequest, key: UUID) -> HttpResponse:
    """What was typed is kept; how to come back to it."""
    filling = filling_in(request, key)
    code = opening.code_of(filling.draft)
    station.note_told(request, key)
    context = {
        "filling": filling,
        "address": request.build_absolute_uri(reverse("portal:resume")),
        "code": show_reference(code) if code else "",
        "here": filling.stages[0].url,
        "until": request.at + drafting.KEPT,
    }
    return render(request, "portal/kept.html", context)


def _step_page(
    request: ActedRequest, filling: Filling, asked: Step, posted: Posted | None
) -> HttpResponse:
    errors = posted.errors if posted else {}
    of_papers = asked.name == "papers"
    stands_for = stood_for(request.actor) if of_papers else []
    context = {
        "step": asked,
        "held": reusing.offers(filling.draft, stands_for, at=request.at) if of_papers else [],
        "fields": rendering.fields(filling.form, asked, filling.answers, errors),
        "summary": rendering.error_summary(filling.form, filling.answers, errors),
        "is_wrong": bool(errors),
    }
    status = 422 if errors else 200
    return _page(request, "portal/step.html", filling, slug_of(asked), status, context)


def _page(  # noqa: PLR0917 - one shape for all pages of an application
    request: ActedRequest,
    template: str,
    filling: Filling,
    slug: str,
    status: int,
    context: Mapping[str, object],
) -> HttpResponse:
    progress = {
        "filling": filling,
        "position": filling.position(slug),
        "total": len(filling.stages),
        "back": filling.before(slug),
    }
    return render(request, template, {**progress, **context}, status=status)
