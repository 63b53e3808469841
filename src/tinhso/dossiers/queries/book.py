"""The book of dossiers (sổ theo dõi hồ sơ, mẫu 07 of TT 03/2025/TT-VPCP): what a desk received, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies.queries import inherited, names_of
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.models import Dossier, HandOver, Result, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.folding import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor
    from tinhso.parties.models import Party

LARGEST = 3000
"""Lines of one book; a commune receives some ten dossiers a day."""


@dataclass(frozen=True)
class BookLine:
    """One dossier in the book; instants are None where it has not come to that."""

    number: str
    procedure: str
    applicant: Party | None
    competent: str
    received_at: datetime | None
    due_at: datetime | None
    passed_on_at: datetime | None
    result_at: datetime | None
    handed_over_at: datetime | None
    way: str
    receiver: str


def desks(actor: Actor, *, at: datetime) -> dict[int, str]:
    """The desks whose book the actor may open: where he receives, or whom he alone follows, by name."""
    scope = actor.scope(DossierPermission.RECEIVE, at=at)
    if scope.everywhere:
        keys = set(
            Dossier.objects.filter(batch=None).values_list("receiving_agency", flat=True).distinct()
        )
    else:
        keys = set(scope.agencies | inherited(scope.agencies, day_of(at)))
    return dict(sorted(names_of(keys, day_of(at)).items(), key=lambda pair: alphabetical(pair[1])))


def lines(desk: int, *, since: date, until: date) -> list[BookLine]:
    """Dossiers with a number that the desk received from one day to another, both included; `LARGEST` at most."""
    found = list(
        Dossier.objects.filter(
            receiving_agency=desk,
            batch=None,
            received_at__gte=instant(since, 0),
            received_at__lt=instant(until, 24 * 60),
        )
        .select_related("applicant", "procedure__procedure")
        .order_by("received_at", "pk")[:LARGEST]
    )
    keys = [dossier.pk for dossier in found]
    names = names_of({dossier.competent_agency_id for dossier in found}, until)
    passed = _first(
        Step.objects.filter(dossier__in=keys)
        .exclude(act="receive")
        .order_by("-opened_at")
        .values_list("dossier", "opened_at")
    )
    results = _first(
        Result.objects.filter(dossier__in=keys).order_by("-at").values_list("dossier", "at")
    )
    handed = {row.dossier_id: row for row in HandOver.objects.filter(dossier__in=keys)}
    return [
        BookLine(
            number=dossier.number or "",
            procedure=dossier.procedure.procedure.name,
            applicant=dossier.applicant,
            competent=names.get(dossier.competent_agency_id, ""),
            received_at=dossier.received_at,
            due_at=dossier.due_at,
            passed_on_at=passed.get(dossier.pk),
            result_at=results.get(dossier.pk),
            handed_over_at=handed[dossier.pk].at if dossier.pk in handed else None,
            way=handed[dossier.pk].way if dossier.pk in handed else "",
            receiver=handed[dossier.pk].receiver if dossier.pk in handed else "",
        )
        for dossier in found
    ]


def _first(pairs: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    """The earliest instant of each dossier, from pairs that come latest first."""
    return dict(pairs)
