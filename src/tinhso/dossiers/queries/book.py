"""The book of dossiers (sổ theo dõi hồ sơ, mẫu 07 of TT 03/2025/TT-VPCP): what a desk received, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tinhso.agencies.queries import inherited, names_of
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.models import Dossier, HandOver, Reopening, Result, State, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.worklist import found_by
from tinhso.kernel.folding import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.dossiers.models import ProcedureVersion
    from tinhso.kernel.actors import Actor
    from tinhso.parties.models import Party

Row = TypeVar("Row", HandOver, Reopening, Result)
AT_ONCE = 500
"""Lines that are read together; a book is as long as it is."""


@dataclass(frozen=True)
class BookLine:
    """One dossier in the book; instants are None where it has not come to that."""

    number: str
    version: ProcedureVersion
    applicant: Party | None
    competent: str
    received_at: datetime | None
    due_at: datetime | None
    passed_on_at: datetime | None
    result_at: datetime | None
    handed_over_at: datetime | None
    way: str
    receiver: str
    state: State = State.IN_PROCESS
    finished_at: datetime | None = None


def desks(actor: Actor, *, at: datetime) -> dict[int, str]:
    """The desks whose book the actor may open, by name: first those where he receives, then whom he alone follows."""
    scope = actor.scope(DossierPermission.RECEIVE, at=at)
    if scope.everywhere:
        keys = set(
            Dossier.objects.filter(batch=None).values_list("receiving_agency", flat=True).distinct()
        )
    else:
        keys = set(scope.agencies | inherited(scope.agencies, day_of(at)))
    named = names_of(keys, day_of(at)).items()
    own = scope.agencies
    return dict(sorted(named, key=lambda pair: (pair[0] not in own, alphabetical(pair[1]))))


def entered(desk: int, *, since: date, until: date) -> QuerySet[Dossier]:
    """Dossiers with a number that the desk received from one day to another, both included, in order."""
    return (
        Dossier.objects.filter(
            receiving_agency=desk,
            batch=None,
            received_at__gte=instant(since, 0),
            received_at__lt=instant(until, 24 * 60),
        )
        .select_related("applicant", "procedure__procedure")
        .order_by("received_at", "pk")
    )


def searched(text: str, actor: Actor, *, at: datetime) -> QuerySet[Dossier]:
    """What was ever received and the officer may see, by code, name, number or telephone; the newest first.

    Who settles finds what was handed over as the desk does: to answer for it, or to reopen it.
    """
    return (
        Dossier.objects.in_office(actor, at=at)
        .filter(found_by(text), batch=None, received_at__isnull=False)
        .select_related("applicant", "procedure__procedure")
        .order_by("-received_at", "-pk")
    )


def in_parts(entries: QuerySet[Dossier], *, until: date) -> Iterator[list[BookLine]]:
    """All lines of a book, some at a time, so that a long one fits into memory."""
    first = 0
    while part := lines_of(entries[first : first + AT_ONCE], until=until):
        yield part
        first += AT_ONCE


def lines_of(entries: Iterable[Dossier], *, until: date) -> list[BookLine]:
    """The lines of these dossiers, with the names of the agencies on the last day of the book."""
    found = list(entries)
    keys = [dossier.pk for dossier in found]
    names = names_of({dossier.competent_agency_id for dossier in found}, until)
    passed = _first(
        Step.objects.filter(dossier__in=keys)
        .exclude(act="receive")
        .order_by("-opened_at")
        .values_list("dossier", "opened_at")
    )
    again = _last(Reopening.objects.filter(dossier__in=keys))
    results = _last_valid(Result.objects.filter(dossier__in=keys), again)
    handed = _last_valid(HandOver.objects.filter(dossier__in=keys), again)
    return [
        BookLine(
            number=dossier.number or "",
            version=dossier.procedure,
            applicant=dossier.applicant,
            competent=names.get(dossier.competent_agency_id, ""),
            received_at=dossier.received_at,
            due_at=dossier.due_at,
            passed_on_at=passed.get(dossier.pk),
            result_at=results[dossier.pk].at if dossier.pk in results else None,
            handed_over_at=handed[dossier.pk].at if dossier.pk in handed else None,
            way=handed[dossier.pk].way if dossier.pk in handed else "",
            receiver=handed[dossier.pk].receiver if dossier.pk in handed else "",
            state=State(dossier.state),
            finished_at=dossier.finished_at,
        )
        for dossier in found
    ]


def _first(pairs: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    """The earliest instant of each dossier, from pairs that come latest first."""
    return dict(pairs)


def _last(rows: QuerySet[Row]) -> dict[int, Row]:
    """The latest row of each dossier."""
    return {row.dossier_id: row for row in rows.order_by("at")}


def _last_valid(rows: QuerySet[Row], reopened: Mapping[int, Reopening]) -> dict[int, Row]:
    """The latest row of each dossier, unless the dossier was taken up again since."""
    return {
        dossier: row
        for dossier, row in _last(rows).items()
        if dossier not in reopened or reopened[dossier].at < row.at
    }
