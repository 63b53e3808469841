"""A reform is written: by the form, or as text; anew, or one that was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhso.agencies import services
from tinhso.agencies.errors import ReformMalformed, ReformNotFound
from tinhso.agencies.models import Reform
from tinhso.agencies.pages import reform_drafts as drafts
from tinhso.agencies.pages.forms import ReformForm
from tinhso.agencies.pages.reform_forms import day_typed
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.reform_documents import ReformDocument, from_json, to_yaml
from tinhso.agencies.services import edit_reform, prepare_reform
from tinhso.agencies.standing import load_standing
from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import Conflict, DomainError
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.agencies.pages.reform_drafts import Draft
    from tinhso.kernel.requests import ActedRequest

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def preparing(request: ActedRequest) -> HttpResponse:
    """A new plan by the form."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    if request.method == "POST":
        return _form_posted(request, None)
    return _form(request, drafts.blank(day_of(request.at)), None)


@require_http_methods(_METHODS)
def editing(request: ActedRequest, key: UUID) -> HttpResponse:
    """A saved plan opens as the form, or as text where the form has no words for all of it."""
    reform = _open(request, key)
    if request.method == "POST":
        return _form_posted(request, reform)
    document = from_json(reform.document)
    draft = drafts.opened(document, load_standing(document.on), day_of(request.at))
    return _form(request, draft, reform) if draft else redirect("agencies:reform_text", key)


@require_http_methods(_METHODS)
def preparing_text(request: ActedRequest) -> HttpResponse:
    """A new plan as text or file."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    return _text(request, None)


@require_http_methods(_METHODS)
def editing_text(request: ActedRequest, key: UUID) -> HttpResponse:
    """A saved plan as text."""
    return _text(request, _open(request, key))


def _open(request: ActedRequest, key: UUID) -> Reform:
    """The plan to edit; one that is closed is refused with the words of the service."""
    require(request.actor, AgencyPermission.EDIT, at=request.at)
    reform = Reform.objects.select_related("carried_out", "discarded").filter(uuid=key).first()
    if reform is None:
        raise ReformNotFound
    services.refuse_if_closed(reform)
    return reform


def _form_posted(request: ActedRequest, reform: Reform | None) -> HttpResponse:
    today = day_of(request.at)
    standing = load_standing(day_typed(request.POST, today))
    asked = request.POST.get("viec", "")
    if asked == drafts.ADD or asked.startswith(drafts.DROP):
        return _form(request, drafts.retyped(request.POST, standing, today, reform=reform), reform)
    draft = drafts.submitted(request.POST, standing, today, reform=reform)
    document = draft.document()
    if document is None:
        return _form(request, draft, reform, status=422)
    try:
        saved = _saved(request, document, reform)
    except DomainError as refusal:
        return _form(request, draft, reform, refusal=refusal, status=refusal.status)
    return redirect("agencies:reform", saved.uuid)


def _saved(request: ActedRequest, document: ReformDocument, reform: Reform | None) -> Reform:
    """A new plan, or the next version of the one that the page showed."""
    if reform is None:
        return prepare_reform(document, actor=request.actor, at=request.at)
    version = request.POST.get("version", "")
    return edit_reform(
        reform.uuid,
        document,
        actor=request.actor,
        at=request.at,
        expected_version=read_number(version) or 0,
    )


def _form(
    request: ActedRequest,
    draft: Draft,
    reform: Reform | None,
    *,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    version = request.POST.get("version") or (reform.version if reform else "")
    context = {"draft": draft, "reform": reform, "refusal": refusal, "version": version}
    return render(request, "agencies/reform_form.html", context, status=status)


def _text(request: ActedRequest, reform: Reform | None) -> HttpResponse:
    text = {"document": to_yaml(from_json(reform.document))} if reform else {}
    form = ReformForm(request.POST or None, request.FILES or None, initial=text)
    refusal: DomainError | None = None
    if form.is_valid():
        try:
            saved = _saved(request, form.cleaned_data["reform"], reform)
        except (Conflict, ReformMalformed) as refused:
            refusal = refused
        else:
            return redirect("agencies:reform", saved.uuid)
    version = request.POST.get("version") or (reform.version if reform else "")
    context = {"form": form, "reform": reform, "refusal": refusal, "version": version}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "agencies/reform_text.html", context, status=status)
