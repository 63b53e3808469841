"""A posted page of an application: its files stored, its texts kept, its step judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import FilesTooMany, SlotFull
from tinhso.dossiers.files import store_paper
from tinhso.dossiers.services import drafting
from tinhso.forms.fields import Given
from tinhso.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from tinhso.dossiers.models import Draft
    from tinhso.forms.answers import Answers
    from tinhso.forms.fields import Field, Step
    from tinhso.kernel.actors import Actor

MOST_AT_ONCE = 10
"""Files taken in with one post."""
DETACH = "form-detach"
"""The button that takes a file out of its slot; its value is the field and the file's key."""
ASKING = "X-Asking"
"""The header of a post that only asks which questions an answer brings up."""


@dataclass(frozen=True)
class Posted:
    """What came of a posted page: the answers as kept, what must be put right, whether to show it once more."""

    answers: Answers
    errors: dict[str, list[str]]
    asks_again: bool


@transaction.atomic
def take_in(
    request: HttpRequest,
    draft: Draft,
    *,
    step: Step | None,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    needs_reason: bool = False,
) -> Posted:
    """Keep everything that was typed and attached, then judge the step (or the whole form).

    The draft stays locked from reading to keeping, so that two pages sent at the same moment both count. Refuses as
    `drafting.lock` does. `needs_reason` where an item asked of the applicant comes without a file. Beside a file
    that is refused all else that is wrong is told, but not what the page had not asked yet. A page that only asks
    what comes next (`ASKING`) changes nothing: it may arrive late, after words that are newer.
    """
    drafting.lock(draft)
    form = drafting.form_of(draft, needs_reason=needs_reason)
    before = drafting.answers_of(draft, at=at)
    fields = step.fields if step else tuple(form.fields.values())
    attached, refused = _attach(request, draft, fields, before, actor=actor, at=at)
    answers = form.parse(
        request.POST, step=step, before=before, attached=attached, given=Given(on=day_of(at))
    )
    is_question = ASKING in request.headers
    if not is_question:
        drafting.keep(draft, answers, at=at, agency=agency)
        if gone := _keys(before) - _keys(answers):
            drafting.discard_files(draft.uuid, actor=actor, at=at, only=gone)
    again = answers.asks_again or DETACH in request.POST or is_question
    judged = {} if again and not refused else form.validate(answers, step)
    errors = {path: said for path, said in judged.items() if path not in answers.brought_up}
    return Posted(answers, {**errors, **refused}, asks_again=again)


def _attach(
    request: HttpRequest,
    draft: Draft,
    fields: Iterable[Field],
    before: Answers,
    *,
    actor: Actor,
    at: datetime,
) -> tuple[dict[str, list[dict[str, str]]], dict[str, list[str]]]:
    """Files of the slots after the post; a file that is refused leaves the others."""
    gone = {value.rpartition(" ")[2] for value in request.POST.getlist(DETACH)}
    slots: dict[str, list[dict[str, str]]] = {}
    refused: dict[str, list[str]] = {}
    sent = 0
    for field in fields:
        if field.widget != "files":
            continue
        kept = [
            dict(item) for item in before.attached.get(field.name, ()) if item["key"] not in gone
        ]
        for upload in request.FILES.getlist(field.name):
            sent += 1
            try:
                _require_room(field, len(kept), sent)
                kept.append(_kept(upload, draft, actor, at))
            except Invalid as error:
                refused.setdefault(field.name, []).append(f"{upload.name}: {error}")
        slots[field.name] = kept
    return slots, refused


def _require_room(field: Field, there: int, sent: int) -> None:
    """Before anything is stored: refuses with `SlotFull` and `FilesTooMany`."""
    if there >= field.max_items:
        raise SlotFull(limit=field.max_items)
    if sent > MOST_AT_ONCE:
        raise FilesTooMany(limit=MOST_AT_ONCE)


def _keys(answers: Answers) -> set[UUID]:
    return {UUID(item["key"]) for items in answers.attached.values() for item in items}


def _kept(upload: UploadedFile[Any], draft: Draft, actor: Actor, at: datetime) -> dict[str, str]:
    return store_paper(upload, draft=draft, actor=actor, at=at)
