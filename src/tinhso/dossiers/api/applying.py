"""Answers as a partner system sends them, made into the answers of the form; unknown names are refused, not dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.agencies.queries import agency_by_code
from tinhso.calendars.clock import day_of
from tinhso.dossiers.asked import SLOT, WHY
from tinhso.dossiers.errors import AgencyNotOffering, AnswersInvalid
from tinhso.dossiers.forming import PAPER
from tinhso.forms.fields import Given
from tinhso.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.api.sent import SentAnswered, SentPaper
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import SupplementRequest
    from tinhso.forms.answers import Answers
    from tinhso.forms.fields import Field
    from tinhso.forms.form import Form

Files = dict[str, list[dict[str, str]]]


def answers_of(
    definition: Definition,
    sent: Mapping[str, Any],
    papers: Iterable[SentPaper],
    *,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    form: Form | None = None,
    beside: Mapping[str, Any] | None = None,
) -> Answers:
    """The answers of the form with the papers in their slots, after those that were there before.

    `form` is another than the procedure's, with questions `beside` its own.
    Refuses with `AnswersInvalid` names that the form does not have and papers that the procedure does not ask for.
    """
    slots: Files = {name: [dict(item) for item in items] for name, items in (before or {}).items()}
    numbers = {paper.code: number for number, paper in enumerate(definition.papers)}
    unknown = [f"papers.{paper.code}" for paper in papers if paper.code not in numbers]
    unknown += [f"answers.{name}" for name in _unknown(definition.form.fields, sent)]
    if unknown:
        sentence = _("Thủ tục không có mục này.")
        raise AnswersInvalid({name: [sentence] for name in unknown}, count=len(unknown))
    for paper in papers:
        item = {"key": str(paper.file), "name": str(paper.file)}
        slots.setdefault(f"{PAPER}{numbers[paper.code]}", []).append(item)
    values = {**sent, **slots, **(beside or {})}
    return (form or definition.form).of_values(values, given=Given(on=day_of(at)))


def answering(
    request: SupplementRequest | None, answered: Sequence[SentAnswered]
) -> dict[str, Any]:
    """The slots of the items that a supplement answers; refuses with `AnswersInvalid` an item that was not asked."""
    items = len(request.items) if request is not None else 0
    unknown = [f"asked.{index}.item" for index, one in enumerate(answered) if one.item > items]
    if unknown:
        sentence = _("Yêu cầu bổ sung không có mục này.")
        raise AnswersInvalid({name: [sentence] for name in unknown}, count=len(unknown))
    slots: dict[str, Any] = {}
    for one in answered:
        number = one.item - 1
        files = [{"key": str(file), "name": str(file)} for file in one.files]
        slots.setdefault(f"{SLOT}{number}", []).extend(files)
        if one.why:
            slots[f"{WHY}{number}"] = one.why
    return slots


def _unknown(fields: Mapping[str, Field], sent: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in sent.items():
        field = fields.get(name)
        if field is None or field.widget == "files":
            found.append(name)
        elif field.fields and isinstance(value, list):
            known = {inner.name for inner in field.fields}
            found += [
                f"{name}.{index}.{inner}"
                for index, item in enumerate(value)
                if isinstance(item, dict)
                for inner in item
                if inner not in known
            ]
    return found


def files_of(papers: Iterable[SentPaper]) -> list[UUID]:
    """The keys of the files that come with them."""
    return [paper.file for paper in papers]


def agency_named(code: str, *, at: datetime) -> int:
    """The key of an agency that the sender names by code; refuses with `AgencyNotOffering` an unknown one."""
    try:
        return agency_by_code(code, day_of(at)).pk
    except NotFound:
        raise AgencyNotOffering from None
