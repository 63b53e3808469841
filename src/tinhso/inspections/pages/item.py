"""One criterion on site: figures, notes that nobody overwrites, photos; drafts outlive a cut network (`keep.js`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.agencies.queries import names_of
from tinhso.inspections import services
from tinhso.inspections.errors import InspectionUnknown, ItemUnknown
from tinhso.inspections.models import Inspection, State
from tinhso.inspections.pages.forms import NoteForm, PhotoForm
from tinhso.inspections.pages.inspection import with_words
from tinhso.inspections.pages.sending import held, went
from tinhso.inspections.queries.sheets import prepared, sees_notes, sheets
from tinhso.inspections.services.acting import is_in_team
from tinhso.kernel.errors import Conflict, DomainError, Invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.inspections.services import Saved
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest, key: UUID, ordinal: int) -> HttpResponse:
    """The criterion; posted, what was noted. A text written on an older version comes back beside the newer one."""
    inspection = _inspection(request, key)
    if request.method != "POST":
        return _page(request, inspection, ordinal)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, ordinal, form=form, status=Invalid.status)
    saved = services.note(key, ordinal, actor=request.actor, at=request.at, **form.cleaned_data)
    if saved.is_aside:
        return held(_page(request, inspection, ordinal, saved=saved, status=Conflict.status))
    messages.success(request, _("Đã lưu tiêu chí %(n)s.") % {"n": ordinal})
    return _went(request, inspection, ordinal)


def _went(request: ActedRequest, inspection: Inspection, ordinal: int) -> HttpResponse:
    """On to the next criterion (after the last to the whole checklist), else the same; a script is told the address."""
    to = ordinal if request.POST.get("then") != "next" else ordinal + 1
    onward = (
        redirect("inspections:item", inspection.uuid, to)
        if inspection.items.filter(ordinal=to).exists()
        else redirect("inspections:inspection", inspection.uuid)
    )
    return went(request, onward)


@require_POST
def photo(request: ActedRequest, key: UUID, ordinal: int) -> HttpResponse:
    """Keep a photo, and back to the criterion."""
    inspection = _inspection(request, key)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return held(_page(request, inspection, ordinal, photo=form, status=Invalid.status))
    upload, caption = form.cleaned_data["upload"], form.cleaned_data["caption"]
    sent = form.cleaned_data["photo"]
    try:
        services.add_photo(
            *(key, ordinal, upload),
            filename=upload.name,
            caption=caption,
            photo=sent,
            actor=request.actor,
            at=request.at,
        )
    except DomainError as refusal:
        return held(_page(request, inspection, ordinal, refusal=refusal, status=refusal.status))
    messages.success(request, _("Đã thêm ảnh."))
    return went(request, redirect("inspections:item", key, ordinal))


def _inspection(request: ActedRequest, key: UUID) -> Inspection:
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    if not sees_notes(inspection, request.actor, at=request.at):
        raise InspectionUnknown
    return inspection


def _page(
    request: ActedRequest,
    inspection: Inspection,
    ordinal: int,
    *,
    form: NoteForm | None = None,
    photo: PhotoForm | None = None,
    saved: Saved | None = None,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet = next(iter(sheets(inspection, only=ordinal)), None)
    if sheet is None:
        raise ItemUnknown
    standing = saved.made if saved else sheet.note.note if sheet.note else None
    initial = {
        "text": standing.text if standing else "",
        "judgement": standing.judgement if standing else "",
        "expected": sheet.version,
    }
    may_write = inspection.state == State.OPEN and is_in_team(
        inspection.plan, request.actor, at=request.at
    )
    context = {
        "sheet": sheet,
        **_around(inspection, ordinal),
        "form": form or NoteForm(initial=initial),
        "photo": photo or PhotoForm(initial={"photo": uuid4()}),
        "may_write": may_write,
        "is_aside": saved is not None,
        "is_own": saved is not None and saved.newest.actor == request.actor.key,
        "refusal": refusal,
    }
    return render(request, "inspections/item.html", context, status=status)


def _around(inspection: Inspection, ordinal: int) -> dict[str, Any]:
    """Whose checklist it is, the criteria before and after, and what the team brought along."""
    count = inspection.items.count()
    content = with_words(prepared(inspection)[0])
    return {
        "inspection": inspection,
        "unit": names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id],
        "count": count,
        "before": ordinal - 1 if ordinal > 1 else None,
        "onward": ordinal + 1 if ordinal < count else None,
        "content": content,
        "carried": content["remedies"] or content["tasks"] or content["obstacles"],
    }
