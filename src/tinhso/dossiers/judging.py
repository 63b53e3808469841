"""What was handed in, judged: the form's sentences, whose matter it is, which files are which papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext

from tinhso.dossiers.errors import AnswersInvalid
from tinhso.dossiers.files import DOSSIER
from tinhso.dossiers.forming import PAPER
from tinhso.files.models import StoredFile
from tinhso.parties.facts import PartyFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier, Submission
    from tinhso.forms.answers import Answers


def require_valid(definition: Definition, answers: Answers, *, on: date) -> None:
    """Refuse with `AnswersInvalid`, which names every field that must be put right; `on` is the official day."""
    judged = replace(answers, given=replace(answers.given, on=on))
    errors = definition.form.validate(judged)
    if errors:
        raise AnswersInvalid(errors, count=len(errors))


def applicant_facts(values: Mapping[str, Any]) -> PartyFacts:
    """Whose matter it is, from the applicant's step of the form."""
    return PartyFacts(
        name=values["full_name"],
        kind=values["applicant_kind"],
        personal_id=values.get("personal_id", ""),
        tax_code=values.get("tax_code", ""),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        address=values.get("address", ""),
    )


def papers_of(
    definition: Definition,
    values: Mapping[str, Any],
    *,
    dossier: UUID,
    asked: Sequence[tuple[str, str]] = (),
) -> list[tuple[str, int]]:
    """Pairs of a paper's code and the key of its file, in the order of the form; `asked` are further slots by code.

    Refuses with `AnswersInvalid` a file that is not stored here, or that belongs to anything but this `dossier`:
    whoever knows the key of a stranger's file must not make it theirs.
    """
    wanted = [
        (code, UUID(item["key"]))
        for code, slot in (
            *((paper.code, f"{PAPER}{number}") for number, paper in enumerate(definition.papers)),
            *asked,
        )
        for item in values.get(slot, ())
    ]
    known = {}
    if wanted:
        known = dict(
            StoredFile.objects.filter(
                uuid__in=[key for _, key in wanted], subject_kind=DOSSIER, subject=dossier
            ).values_list("uuid", "pk")
        )
    missing = [code for code, key in wanted if key not in known]
    if missing:
        raise AnswersInvalid(
            {code: [gettext("Tệp không còn, hãy tải lên lại.")] for code in missing},
            count=len(missing),
        )
    return [(code, known[key]) for code, key in wanted]


def without_files(values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers alone; the papers are rows of their own."""
    return {name: value for name, value in values.items() if not name.startswith(PAPER)}


def answers_so_far(dossier: Dossier, definition: Definition) -> Answers:
    """The answers and papers of the last submission, as a supplement begins with them.

    Every submission names again what stays: what an earlier one had, and the last one has not, was taken out.
    """
    latest = dossier.submissions.order_by("-at").first()
    return definition.form.of_values({}) if latest is None else answers_of(latest, definition)


def answers_of(submission: Submission, definition: Definition) -> Answers:
    """The answers and papers of one submission."""
    values: dict[str, Any] = dict(submission.answers)
    codes = {paper.code: f"{PAPER}{number}" for number, paper in enumerate(definition.papers)}
    for paper in submission.papers.select_related("file").order_by("file_id"):
        if paper.code in codes:
            item = {"key": str(paper.file.uuid), "name": paper.file.filename}
            slot = values.setdefault(codes[paper.code], [])
            if item not in slot:
                slot.append(item)
    return definition.form.of_values(values)
