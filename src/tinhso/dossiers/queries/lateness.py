"""What is late, what was, and for which of it somebody said sorry: by agency, for heads and for everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import OFFICIAL_ZONE, day_of, instant
from tinhso.dossiers.models import Apology, ApologyWaiver, Dossier, Reopening, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.folding import alphabetical

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor, Scope

SHOWN = 200
"""Numbers of one agency that a page lists."""
WITH_RESULT = (State.DECIDED, State.HANDED_OVER)
"""How a dossier ends with a result; whatever was refused, withdrawn, stopped or cancelled has none to be in time."""


@dataclass(frozen=True)
class Lateness:
    """One agency: late at the instant, late among those with a result in the month, apologies, share on time.

    The name is a word of the reader's language: empty until `named` writes it in.
    """

    agency: int
    late_now: int
    late_in_month: int
    excused: int
    unexcused: int
    on_time: int
    finished: int
    name: str = ""

    @property
    def share(self) -> float | None:
        """On time among the finished, in per cent; None where nothing was finished."""
        return 100 * self.on_time / self.finished if self.finished else None


def late_now(at: datetime) -> QuerySet[Dossier]:
    """Dossiers in work whose clock runs and whose appointed time is over (đang quá hạn)."""
    return Dossier.objects.filter(
        state=State.IN_PROCESS, finished_at=None, due_at__lt=at, batch=None
    )


def late_within(scope: Scope, *, at: datetime) -> QuerySet[Dossier]:
    """Those of them that are settled at the agencies of a scope: what the public board says of each."""
    late = late_now(at)
    return late if scope.everywhere else late.filter(competent_agency__in=scope.agencies)


def _is_excused(at: datetime) -> Q:
    """In its present working there is an apology whose day is not over, or was kept by the result.

    An extension is none: it moved the appointed time, and what is late missed the later one.
    """
    said = Apology.objects.filter(~Exists(_reopened()), dossier=OuterRef("pk"))
    over = Coalesce("dossier__finished_at", Value(at, DateTimeField()))
    return Q(Exists(said.filter(promised_on__gte=TruncDate(over, tzinfo=OFFICIAL_ZONE))))


def _said(at: datetime) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(_is_excused(at), output_field=BooleanField())


def _reopened() -> QuerySet[Reopening]:
    """Reopenings after a row of the same dossier."""
    return Reopening.objects.filter(dossier=OuterRef("dossier"), at__gt=OuterRef("at"))


def with_apology(found: QuerySet[Dossier], *, at: datetime) -> QuerySet[Dossier]:
    """With `is_excused`: whether somebody has said sorry, and the promise stands."""
    return found.annotate(is_excused=_said(at))


def _is_waived() -> Q:
    """In its present working somebody noted why no apology is due."""
    return Q(Exists(ApologyWaiver.objects.filter(~Exists(_reopened()), dossier=OuterRef("pk"))))


def without_apology(found: QuerySet[Dossier], *, at: datetime) -> QuerySet[Dossier]:
    """Those for which nobody has said sorry, or the promise was missed; nor noted why none is due."""
    return found.filter(~_is_excused(at) & ~_is_waived())


def month_of(at: datetime) -> date:
    """The first day of the month of the instant."""
    return day_of(at).replace(day=1)


def finished_in_month(at: datetime) -> Q:
    """With a result in the month so far, and with an appointed time by which it could be late."""
    begin = instant(month_of(at), 0)
    return Q(
        state__in=WITH_RESULT, finished_at__gte=begin, finished_at__lte=at, due_at__isnull=False
    )


def by_agency(at: datetime) -> list[Lateness]:
    """Every agency with something late now or a result this month: figures alone, by one grouped question.

    A dossier belongs to the agency that settles it; one for which none is due counts to neither side of the apologies,
    as in the lists of heads. Imported history is left out, as is what ended without a result.
    """
    is_late = Q(state=State.IN_PROCESS, finished_at=None, due_at__lt=at)
    finished = finished_in_month(at)
    was_late = finished & Q(finished_at__gt=F("due_at"))
    found = with_apology(Dossier.objects.filter(is_late | finished, batch=None), at=at).annotate(
        is_waived=ExpressionWrapper(_is_waived(), output_field=BooleanField())
    )
    late = is_late | was_late
    rows = found.values("competent_agency").annotate(
        late_now=Count("pk", filter=is_late),
        late_in_month=Count("pk", filter=was_late),
        excused=Count("pk", filter=late & Q(is_excused=True)),
        unexcused=Count("pk", filter=late & Q(is_excused=False, is_waived=False)),
        finished=Count("pk", filter=finished),
    )
    return [
        Lateness(
            agency=row["competent_agency"],
            late_now=row["late_now"],
            late_in_month=row["late_in_month"],
            excused=row["excused"],
            unexcused=row["unexcused"],
            on_time=row["finished"] - row["late_in_month"],
            finished=row["finished"],
        )
        for row in rows.order_by("competent_agency")
    ]


def named(rows: list[Lateness], on: date) -> list[Lateness]:
    """The rows with the names of that day in the reader's language: the latest first, then by the alphabet."""
    names = names_of({row.agency for row in rows}, on)
    told = [replace(row, name=names.get(row.agency, "")) for row in rows]
    return sorted(told, key=lambda row: (-row.late_now, -row.late_in_month, alphabetical(row.name)))


def total(rows: list[Lateness]) -> Lateness:
    """The sum of the rows: the whole province, which is no agency."""
    columns = ("late_now", "late_in_month", "excused", "unexcused", "on_time", "finished")
    sums = {column: sum(getattr(row, column) for row in rows) for column in columns}
    return Lateness(agency=0, **sums)


class LateNumber(NamedTuple):
    """What everybody may know of a late dossier."""

    number: str | None
    due_at: datetime | None
    is_excused: bool


def late_of(agency: int, *, at: datetime) -> list[LateNumber]:
    """The dossiers of an agency that are late now, the longest first; `SHOWN` at most."""
    found = late_now(at).filter(competent_agency=agency, number__isnull=False)
    told = found.annotate(is_excused=_said(at)).order_by("due_at", "pk")
    rows = told.values_list("number", "due_at", "is_excused")[:SHOWN]
    return [LateNumber(*row) for row in rows]


UNEXCUSED, DECIDED_LATE = "chua-xin-loi", "tre"
LATE_LISTS = ("", UNEXCUSED, DECIDED_LATE)
"""What a head lists: all that is late now, what of it nobody has said sorry for, what was decided late without."""


def listed_late(name: str, actor: Actor, *, at: datetime) -> QuerySet[Dossier]:
    """One of `LATE_LISTS` at the agencies that the actor oversees, the longest first, with `is_excused`."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    found = decided_late(scope, at=at) if name == DECIDED_LATE else late_within(scope, at=at)
    found = found.select_related("procedure").order_by("due_at", "pk")
    return without_apology(found, at=at) if name else with_apology(found, at=at)


def decided_late(scope: Scope, *, at: datetime) -> QuerySet[Dossier]:
    """Dossiers with a result of this month that came after the appointed time: `late_in_month` of `by_agency`."""
    found = Dossier.objects.filter(finished_in_month(at), finished_at__gt=F("due_at"), batch=None)
    return found if scope.everywhere else found.filter(competent_agency__in=scope.agencies)
