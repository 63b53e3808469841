"""Who existed, under which name, below whom, with which competence, on a given day.

Every question takes the day. An agency is asked for by its key (`Agency.pk`), the same number that
stands in events, scopes and foreign keys.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, Value, When

from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Competence, Level, Succession
from tinhso.agencies.restating import Restated, Step, restate_counts
from tinhso.kernel.folding import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.agencies.models import FieldOfWork

_ALIVE = "(p.since IS NULL OR p.since <= %(on)s) AND (p.until IS NULL OR p.until > %(on)s)"

_RANK = Case(
    *(When(agency__kind=kind, then=Value(rank)) for rank, kind in enumerate(AgencyKind)),
    output_field=IntegerField(),
)

_BELOW = f"""
WITH RECURSIVE below(id) AS (
    SELECT %(agency)s::bigint
    UNION
    SELECT p.agency_id FROM agencies_agencyperiod p JOIN below ON p.parent_id = below.id
    WHERE {_ALIVE}
)
SELECT id FROM below
"""  # noqa: S608 - a constant is spliced in, the values are parameters

_ABOVE = f"""
WITH RECURSIVE above(id, step) AS (
    SELECT %(agency)s::bigint, 0
    UNION
    SELECT p.parent_id, above.step + 1 FROM agencies_agencyperiod p
    JOIN above ON p.agency_id = above.id
    WHERE p.parent_id IS NOT NULL AND above.step < 10 AND {_ALIVE}
)
SELECT id FROM above WHERE step > 0 ORDER BY step
"""  # noqa: S608 - a constant is spliced in, the values are parameters


def directory(
    on: date, *, search: str = "", kind: AgencyKind | None = None
) -> QuerySet[AgencyPeriod]:
    """The agencies of a day (danh bạ cơ quan), highest level first; `search` needs no accents.

    Every word of the search must begin a word of the name, the code or the unit code.
    """
    found = AgencyPeriod.objects.on(on).select_related("agency")
    for token in tokens(search):
        found = found.filter(folded__contains=f" {token}")
    if kind is not None:
        found = found.filter(agency__kind=kind)
    return found.order_by("level", _RANK, "agency_code", "name")


def period_of(agency: int, on: date) -> AgencyPeriod | None:
    """What holds of the agency on that day; None when it does not exist then."""
    return AgencyPeriod.objects.on(on).select_related("agency").filter(agency=agency).first()


def name_of(agency: int, on: date) -> str:
    """The official name on that day ("UBND xã Trà Bồng"); `names_of` says of which period."""
    names = names_of([agency], on)
    if agency not in names:
        raise AgencyNotFound(agency=agency)
    return names[agency]


def names_of(agencies: Iterable[int], on: date) -> dict[int, str]:
    """Official names on that day, in one query, for a list on a screen.

    An agency that has ended keeps its last name, one that has not begun shows its first.
    """
    periods = AgencyPeriod.objects.filter(agency__in=set(agencies)).select_related("agency")
    names: dict[int, str] = {}
    for period in periods.order_by("agency", F("since").asc(nulls_first=True)):
        if period.agency_id not in names or period.since is None or period.since <= on:
            names[period.agency_id] = period.official_name
    return names


def agency_by_code(code: str, on: date) -> Agency:
    """The agency with this code on that day, in either form; refuses with `AgencyNotFound`."""
    wanted = code.strip().upper()
    period = (
        AgencyPeriod.objects.on(on)
        .select_related("agency")
        .filter(Q(agency_code=wanted) | Q(reversed_code=wanted))
        .exclude(Q(agency_code="") & Q(reversed_code=""))
        .first()
    )
    if period is None:
        raise AgencyNotFound(agency=code)
    return period.agency


def agency_by_key(key: str) -> Agency:
    """The agency that packs and tables call by this key; refuses with `AgencyNotFound`."""
    agency = Agency.objects.filter(key=key).first()
    if agency is None:
        raise AgencyNotFound(agency=key)
    return agency


def holder(field: str, level: Level, on: date, *, within: int) -> Agency | None:
    """Who is competent (cơ quan có thẩm quyền) in a field (code), at a level, within a unit."""
    competence = (
        Competence.objects.on(on)
        .select_related("agency")
        .filter(field__code=field, level=level, place=within)
        .first()
    )
    return competence.agency if competence else None


def fields_of(agency: int, on: date) -> list[FieldOfWork]:
    """The fields in which the agency is competent on that day."""
    held = Competence.objects.on(on).filter(agency=agency).select_related("field")
    return sorted({row.field for row in held}, key=lambda field: field.name)


def ancestors(agency: int, on: date) -> list[int]:
    """The agencies above it on that day, nearest first."""
    return _keys(_ABOVE, agency, on)


def descendants(agency: int, on: date) -> frozenset[int]:
    """The agency itself and all agencies below it on that day: the reach of a grant made there."""
    return frozenset(_keys(_BELOW, agency, on))


def _keys(sql: str, agency: int, on: date) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"agency": agency, "on": on})
        return [key for (key,) in cursor.fetchall()]


def successors(agency: int, on: date) -> list[Agency]:
    """Who stands in the agency's place on that day: itself while it lives, else who followed it."""
    steps = _steps_until(on)
    found: set[int] = set()
    waiting, seen = [agency], {agency}
    while waiting:
        key = waiting.pop()
        if key not in steps:
            found.add(key)
            continue
        after = {to for to, _share in steps[key].receivers} - seen
        seen |= after
        waiting.extend(after)
    return list(Agency.objects.filter(pk__in=found).alive(on).order_by("pk"))


def restate(
    counts: Mapping[int, int],
    from_day: date,
    to_day: date,
    addresses: Mapping[int, Mapping[int, int]] | None = None,
) -> Restated:
    """Counts of records by the agencies of `from_day`, under the agencies of `to_day`.

    `addresses` gives, for a divided unit, how many of its records are known to lie with each
    receiver. Also backwards: a united agency's records go back by address, or are unallocated.
    """
    steps = (
        _steps_until(to_day, after=from_day)
        if from_day <= to_day
        else _steps_back(from_day, to_day)
    )
    return restate_counts(counts, steps, addresses)


def _steps_until(on: date, *, after: date | None = None) -> dict[int, Step]:
    """For each agency that has ended by `on`, the successions of the day when it ended."""
    alive = AgencyPeriod.objects.on(on).values("agency")
    rows = Succession.objects.filter(on__lte=on).exclude(predecessor__in=alive)
    if after is not None:
        rows = rows.filter(on__gt=after)
    latest: dict[int, list[Succession]] = defaultdict(list)
    for row in rows.order_by("predecessor", "-on", "successor"):
        known = latest[row.predecessor_id]
        if not known or known[0].on == row.on:
            known.append(row)
    return {
        agency: Step(tuple((r.successor_id, r.share) for r in follows if r.successor_id))
        for agency, follows in latest.items()
    }


def _steps_back(from_day: date, to_day: date) -> dict[int, Step]:
    """For each agency that someone joined between the days, whom its records may have been of."""
    rows = Succession.objects.filter(on__gt=to_day, on__lte=from_day, successor__isnull=False)
    before: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.successor_id is not None:
            before[row.successor_id].add(row.predecessor_id)
    lived = set(
        AgencyPeriod.objects.on(to_day).filter(agency__in=before).values_list("agency", flat=True)
    )
    return {
        agency: Step(tuple((to, None) for to in sorted(origins)))
        for agency, origins in before.items()
        if agency not in lived
    }
