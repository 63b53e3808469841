"""What the platform holds of a person: results and papers that serve where a procedure asks for their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import PaperConfirmation, Result, SeenAs, State

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.dossiers.definitions import Definition, RequiredPaper
    from tinhso.files.models import StoredFile


@dataclass(frozen=True)
class Held:
    """A document that the platform holds and that serves for a paper of a procedure (giấy tờ đã có).

    `result` is None for a paper that an officer saw in the original with an earlier dossier.
    """

    paper: RequiredPaper
    key: UUID
    title: str
    number: str
    day: date
    valid_until: date | None
    agency: int | None
    file: StoredFile
    result: UUID | None = None


def results_of(holders: Collection[int]) -> QuerySet[Result]:
    """What these parties were granted and handed over, the latest first; a refusal is nothing to keep and show."""
    found = Result.objects.filter(
        dossier__applicant__in=holders,
        dossier__state=State.HANDED_OVER,
        dossier__batch=None,
        refuses=False,
    )
    return found.select_related("file", "dossier__procedure__procedure").order_by(
        "-signed_on", "-at"
    )


def held(definition: Definition, holders: Collection[int], *, on: date) -> list[Held]:
    """What serves for each paper whose kind is declared: the newest valid result, else a paper seen before."""
    papers = {paper.kind: paper for paper in definition.papers if paper.kind}
    if not papers or not holders:
        return []
    found = _papers_seen(papers, holders)
    for result in _valid(papers, holders, on=on):
        assert result.file is not None  # noqa: S101  (filtered)
        found[result.kind] = Held(
            paper=papers[result.kind],
            key=result.pk,
            title=result.title,
            number=result.document_number,
            day=result.signed_on,
            valid_until=result.valid_until,
            agency=result.agency_id,
            file=result.file,
            result=result.pk,
        )
    return list(found.values())


def _valid(kinds: Collection[str], holders: Collection[int], *, on: date) -> QuerySet[Result]:
    valid = Q(valid_until=None) | Q(valid_until__gte=on)
    handed = Result.objects.filter(valid, holder__in=holders, kind__in=kinds, file__isnull=False)
    handed = handed.filter(dossier__state=State.HANDED_OVER, refuses=False)
    return handed.select_related("file").order_by("signed_on", "at")


def _papers_seen(papers: dict[str, RequiredPaper], holders: Collection[int]) -> dict[str, Held]:
    seen = PaperConfirmation.objects.filter(
        holder__in=holders, kind__in=papers, seen_as=SeenAs.ORIGINAL, result=None
    )
    return {
        one.kind: Held(
            paper=papers[one.kind],
            key=one.pk,
            title=papers[one.kind].title,
            number="",
            day=day_of(one.at),
            valid_until=None,
            agency=None,
            file=one.paper.file,
        )
        for one in seen.select_related("paper__file").order_by("at")
    }


def taken_results(files: Collection[int]) -> dict[int, UUID]:
    """For files of papers that were taken from an earlier result: the key of that result."""
    copied = Result.objects.filter(file__copies__in=files)
    return dict(copied.values_list("file__copies", "pk"))
