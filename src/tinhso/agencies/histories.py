"""The life of one agency, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import Agency, AgencyPeriod, Competence, Membership, Succession
from tinhso.agencies.queries import names_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True)
class PeriodLine:
    """A period with its parent's name at the time."""

    period: AgencyPeriod
    parent: Agency | None
    parent_name: str


@dataclass(frozen=True)
class SuccessionLine:
    """A succession as seen from this agency."""

    succession: Succession
    other: Agency | None
    name: str
    share_percent: float | None


@dataclass(frozen=True)
class History:
    """All of an agency's life; `now` is what holds on the day asked for, None when it has ended."""

    agency: Agency
    name: str
    now: AgencyPeriod | None
    periods: tuple[PeriodLine, ...]
    came_from: tuple[SuccessionLine, ...]
    went_to: tuple[SuccessionLine, ...]
    competences: tuple[Competence, ...]
    memberships: tuple[tuple[Membership, str], ...]

    @property
    def is_divided(self) -> bool:
        """Whether it went to several and no text declares the shares."""
        ways = [line for line in self.went_to if line.other is not None]
        return self.now is None and len(ways) > 1 and any(w.share_percent is None for w in ways)


def history(key: UUID, on: date) -> History:
    """The history of the agency with this uuid; refuses with `AgencyNotFound`."""
    agency = Agency.objects.filter(uuid=key).first()
    if agency is None:
        raise AgencyNotFound(agency=key)
    periods = list(
        AgencyPeriod.objects.filter(agency=agency)
        .select_related("agency", "parent")
        .order_by(F("since").desc(nulls_last=True))
    )
    return History(
        agency=agency,
        name=names_of([agency.pk], on)[agency.pk],
        now=next((period for period in periods if period.holds_on(on)), None),
        periods=tuple(map(_period_line, periods)),
        came_from=_successions(agency, backwards=True),
        went_to=_successions(agency, backwards=False),
        competences=tuple(
            Competence.objects.filter(agency=agency)
            .select_related("field")
            .order_by(F("until").desc(nulls_first=True), "field__name")
        ),
        memberships=_memberships(agency, on),
    )


def _period_line(period: AgencyPeriod) -> PeriodLine:
    """The parent is named as on the first known day of the period, else on its last."""
    if period.parent is None:
        return PeriodLine(period, None, "")
    day = period.since or period.until
    names = AgencyPeriod.objects.filter(agency=period.parent).select_related("agency")
    if period.since is None and day is not None:
        names = names.filter(since=None)
    elif day is not None:
        names = names.on(day)
    named = names.first()
    return PeriodLine(period, period.parent, named.official_title if named else "")


def _successions(agency: Agency, *, backwards: bool) -> tuple[SuccessionLine, ...]:
    ours, theirs = ("successor", "predecessor") if backwards else ("predecessor", "successor")
    rows = list(
        Succession.objects.filter(**{ours: agency}).select_related(theirs).order_by("on", "pk")
    )
    lines = []
    for row in rows:
        other = row.predecessor if backwards else row.successor
        name = names_of([other.pk], row.on).get(other.pk, "") if other else ""
        percent = None if row.share is None else float(row.share) * 100
        lines.append(SuccessionLine(row, other, name, percent))
    return tuple(lines)


def _memberships(agency: Agency, on: date) -> tuple[tuple[Membership, str], ...]:
    """Who sits in it, when it is a committee; else in which committees it sits."""
    rows = list(
        (agency.members.all() | agency.memberships.all())
        .select_related("committee", "member")
        .order_by("duty", "pk")
    )
    others = {
        row.pk: row.member_id if row.committee_id == agency.pk else row.committee_id for row in rows
    }
    names = names_of(others.values(), on)
    return tuple((row, names[others[row.pk]]) for row in rows)
