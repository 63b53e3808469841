"""What the applicant was asked for, item by item: a slot for each in the form, and what came of each.

An item that names a paper of the procedure is kept as that paper; one in words under a code of its own (`asked:…`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tinhso.dossiers import definitions
from tinhso.dossiers.forming import PAPER, slot
from tinhso.dossiers.judging import answers_of
from tinhso.dossiers.models import Paper, SupplementRequest
from tinhso.dossiers.services.confirming import codes_named
from tinhso.forms.form import Form
from tinhso.forms.showing import Row, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier
    from tinhso.forms.rendering import Errors

SLOT, WHY = f"{PAPER}asked_", "asked_why_"
LONGEST_TITLE, SAID = 500, 200
"""Signs of an item as the title of its slot, and as a part of a sentence."""


@dataclass(frozen=True)
class Came:
    """One item of a request with what answered it: the files, or why there is none (empty when it was not said)."""

    item: str
    papers: list[Paper]
    why: str


@dataclass(frozen=True)
class Changed:
    """An answer that the last supplement changed: the question, what was read before and what is now (empty: none)."""

    label: str
    before: str
    after: str


def open_request_of(dossier: UUID) -> SupplementRequest | None:
    """The request of a dossier that waits for its answer."""
    found = SupplementRequest.objects.filter(dossier__uuid=dossier, answer=None)
    return found.order_by("-at").first()


def form_asking(version: int, request: SupplementRequest | None, *, needs_reason: bool) -> Form:
    """The form of a version with a slot for each item asked on top; `needs_reason` where no file comes."""
    if request is None:
        return definitions.of_version(version).form
    return _form_asking(version, tuple(request.items), needs_reason)


@lru_cache(maxsize=64)
def _form_asking(version: int, items: tuple[str, ...], needs_reason: bool) -> Form:
    schema = definitions.of_version(version).form.schema
    asked: dict[str, Any] = {}
    for number, item in enumerate(items):
        asked[f"{SLOT}{number}"] = slot(item[:LONGEST_TITLE], f"asked:{number}")
        asked[f"{WHY}{number}"] = _why(number, item, needs_reason=needs_reason)
        asked[f"{SLOT}{number}"]["x-require"] = "false"  # nobody is told that it is optional
    step = {
        "name": "asked",
        "title": "Giấy tờ, nội dung được yêu cầu",
        "description": "Ảnh chụp rõ bốn góc hoặc tệp PDF, mỗi tệp không quá 20 MB.",
        "x-en": {
            "title": "What was asked for",
            "description": "Photos that show all four corners, or PDF files of at most 20 MB.",
        },
        "fields": list(asked),
    }
    return Form(
        {
            **schema,
            "properties": {**asked, **schema["properties"]},
            "x-steps": [step, *schema["x-steps"]],
        }
    )


def _why(number: int, item: str, *, needs_reason: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "type": "string",
        "title": "Nếu không kèm tệp: không có vì sao, hoặc đã sửa ở mục nào",
        "x-en": {"title": "If no file is attached: why there is none, or where you corrected it"},
        "x-privacy": "personal",
        "x-widget": "long-text",
        "maxLength": 500,
        "x-require": "false",  # nor that this is: one of the two is needed
    }
    if needs_reason:
        asked["x-require"] = f"{SLOT}{number} = null"
        asked["x-messages"] = {
            "required": f"Chưa có tệp “{item[:SAID]}”: đính kèm, hoặc ghi vì sao không có.",
        }
        asked["x-en"]["messages"] = {
            "required": f"There is no file for “{item[:SAID]}”: attach it, or write why not.",
        }
    return asked


def once_each(errors: Errors) -> Errors:
    """Of an item whose file was refused nobody is told besides that it has none."""
    slots = (path.partition(".")[0] for path in errors if path.startswith(SLOT))
    refused = {f"{WHY}{name.removeprefix(SLOT)}" for name in slots}
    return {path: said for path, said in errors.items() if path not in refused}


def slots_of(definition: Definition, request: SupplementRequest | None) -> list[tuple[str, str]]:
    """The code under which the files of each slot are kept, with the slot's name."""
    if request is None:
        return []
    return [
        (_code(definition, request, number), f"{SLOT}{number}")
        for number in range(len(request.items))
    ]


def brings_something(dossier: UUID, values: Mapping[str, Any]) -> bool:
    """Whether the answers to a request hold a file that was not handed in before, or a word about one of its items."""
    if any(name.startswith(WHY) and str(said or "").strip() for name, said in values.items()):
        return True
    slots = (files for name, files in values.items() if name.startswith(PAPER))
    keys = {file["key"] for files in slots for file in files or ()}
    known = Paper.objects.filter(dossier__uuid=dossier, file__uuid__in=keys)
    return known.values("file").distinct().count() < len(keys)


def _code(definition: Definition, request: SupplementRequest, number: int) -> str:
    named = codes_named(definition, [request.items[number]])
    return named.pop() if len(named) == 1 else f"asked:{request.pk}:{number}"


def names_asked(definition: Definition, dossier: Dossier) -> dict[str, str]:
    """The items in words, by the codes of their files."""
    return {
        _code(definition, request, number): item
        for request in dossier.supplementrequests.all()
        for number, item in enumerate(request.items)
    }


def came_of(dossier: Dossier, definition: Definition) -> list[Came]:
    """The items of the last request that was answered, each with what came; what was there before did not come."""
    request = dossier.supplementrequests.exclude(answer=None).order_by("-at").first()
    if request is None:
        return []
    answers = request.answer.answers
    brought = list(request.answer.papers.select_related("file").order_by("file_id"))
    earlier = Paper.objects.filter(dossier=dossier, submission__at__lt=request.answer.at)
    known = set(earlier.values_list("file", flat=True))
    return [
        Came(
            item,
            [one for one in brought if one.code == code and one.file_id not in known],
            str(answers.get(f"{WHY}{number}") or ""),
        )
        for number, item in enumerate(request.items)
        for code in [_code(definition, request, number)]
    ]


def changed_of(dossier: Dossier, definition: Definition) -> list[Changed]:
    """The answers that the last supplement changed and the papers that it took out, in the order of the form.

    None before there was one; a paper that only came is told with its item.
    """
    last = list(dossier.submissions.order_by("-at")[:2])
    if not last[1:] or last[0].answered_request_id is None:
        return []
    now, then = (answers_of(one, definition) for one in last)
    after, before = ({row.path: row for row in rows(definition.form, one)} for one in (now, then))
    return [
        one
        for path, row in {**after, **before}.items()
        for one in (
            _files_changed(row, then.attached.get(path, ()), now.attached.get(path, ()))
            if row.widget == "files"
            else [Changed(row.label, _shown(before, path), _shown(after, path))]
        )
        if one.before != one.after
    ]


def _files_changed(
    row: Row, before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]
) -> list[Changed]:
    """The files that were taken out, with those that came instead; none where some only came."""
    gone = [one["name"] for one in before if one not in after]
    come = [one["name"] for one in after if one not in before]
    return [Changed(row.label, ", ".join(gone), ", ".join(come))] if gone else []


def _shown(told: Mapping[str, Row], path: str) -> str:
    row = told.get(path)
    return row.shown if row else ""
