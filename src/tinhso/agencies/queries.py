"""Who existed, under which name, below whom, with which competence, on a given day.

Every question takes the day. An agency is asked for by its key (`Agency.pk`), the same number that
stands in events, scopes and foreign keys.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Min, Q, Value, When

from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.kept import AGENCIES
from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Competence, Level, Succession
from tinhso.agencies.restating import Receivers, Restated, restate_counts
from tinhso.kernel.folding import alphabetical, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.agencies.models import FieldOfWork

_RANK = Case(
    *(When(agency__kind=kind, then=Value(rank)) for rank, kind in enumerate(AgencyKind)),
    output_field=IntegerField(),
)

DESKS = frozenset({AgencyKind.CENTRE, AgencyKind.DIVISION})


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


def first_change() -> date | None:
    """The first day on which anything changed; what the directory says of days before it has no beginning.

    None while nothing has changed: then all it knows is how things stand.
    """
    found = AgencyPeriod.objects.aggregate(begun=Min("since"), ended=Min("until"))
    return min((day for day in found.values() if day is not None), default=None)


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
    """Official names on that day, in the language of the screen that lists them.

    An agency that has ended keeps its last name, one that has not begun shows its first.
    """
    return AGENCIES.now().named(agencies, on)


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
    return sorted({row.field for row in held}, key=lambda field: alphabetical(field.name))


def fields_over(place: str, on: date) -> Mapping[int, tuple[tuple[str, int], ...]]:
    """Who holds which fields (code, level) over the place of that key on that day, by agency."""
    return AGENCIES.now().fields_over(place, on)


def ancestors(agency: int, on: date) -> list[int]:
    """The agencies above it on that day, nearest first."""
    return list(AGENCIES.now().above(agency, on))


def descendants(agency: int, on: date) -> frozenset[int]:
    """The agency itself and all agencies below it on that day: the reach of a grant made there."""
    return AGENCIES.now().reach(agency, on)


def reaches(agencies: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Each of the agencies with itself and all agencies below it on that day."""
    known = AGENCIES.now()
    return {agency: known.reach(agency, on) for agency in agencies}


def desks_below(agencies: Iterable[int], on: date) -> set[int]:
    """The divisions and one-stop desks (phòng, bộ phận một cửa) right below the agencies on that day."""
    known = AGENCIES.now().below
    return {
        period.agency
        for agency in agencies
        for period in known.get(agency, ())
        if period.kind in DESKS and period.holds_on(on)
    }


def title_of(key: str, on: date) -> tuple[str, str] | None:
    """Name and official name on that day, in the language of the page, of the agency that packs call by this key."""
    known = AGENCIES.now()
    period = known.on(known.keys.get(key, 0), on)
    return (period.title, period.official_title) if period else None


def successors(agency: int, on: date) -> list[Agency]:
    """Who stands in the agency's place on that day: itself while it lives, else who followed it."""
    found = followers(on).get(agency)
    if found is None:
        return list(Agency.objects.alive(on).filter(pk=agency))
    return list(Agency.objects.filter(pk__in=found).order_by("pk"))


def followers(on: date) -> Mapping[int, frozenset[int]]:
    """Every agency that has ended by that day, with who follows it and lives that day; possibly nobody."""
    return AGENCIES.now().followers(on)


def heir(agency: int, on: date) -> int:
    """Who goes on with what the agency had in hand (người tiếp nhận việc); the agency itself where nobody does.

    Its sole follower. Where several follow, whom the reform gave the rest of its work.
    """
    return AGENCIES.now().heir(agency, on)


def carried_on(agencies: Collection[int], on: date) -> frozenset[int]:
    """The agencies that ended and with whose work these go on that day."""
    known, here = AGENCIES.now(), frozenset(agencies)
    return frozenset(ended for ended in known.followers(on) if known.heir(ended, on) in here)


def sole_follower(agency: int, on: date) -> int:
    """Who alone stands in the agency's place on that day; the agency itself where nobody, or several, do."""
    found = followers(on).get(agency, frozenset())
    return next(iter(found)) if len(found) == 1 else agency


def inherited(agencies: Collection[int], on: date) -> frozenset[int]:
    """The agencies that ended and whom these, and nobody else, follow that day."""
    return AGENCIES.now().inherited(frozenset(agencies), on)


def restate(
    counts: Mapping[int, int],
    from_day: date,
    to_day: date,
    addresses: Mapping[int, Mapping[int, int]] | None = None,
) -> Restated:
    """Counts of records by the agencies of `from_day`, under the agencies of `to_day`.

    `addresses` gives, for a divided unit, how many of its records are known to lie with each
    receiver. Also backwards: what several had before goes back by address, or is unallocated.
    """
    first, last = sorted((from_day, to_day))
    rows = list(
        Succession.objects.filter(on__gt=first, on__lte=last)
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    turns = _turns(rows) if from_day <= to_day else _turns_back(rows)
    return restate_counts(counts, turns, addresses)


def turns_after(first: date, last: date) -> list[tuple[date, Mapping[int, Receivers]]]:
    """Each day after `first`, up to `last`, on which agencies gave to others, and who received from whom."""
    rows = list(
        Succession.objects.filter(on__gt=first, on__lte=last)
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    days = list(dict.fromkeys(row.on for row in rows))
    return list(zip(days, _turns(rows), strict=True))


def _turns(rows: Sequence[Succession]) -> list[dict[int, Receivers]]:
    """Day by day, who received from whom; who lives on keeps what the declared shares leave."""
    lived = _lives({row.predecessor_id for row in rows})
    turns = []
    for on, of_day in groupby(rows, key=lambda row: row.on):
        turn: dict[int, Receivers] = {}
        for row in of_day:
            given = turn.setdefault(row.predecessor_id, ())
            if row.successor_id is not None:
                turn[row.predecessor_id] = (*given, (row.successor_id, row.share))
        for agency, receivers in turn.items():
            if any(period.holds_on(on) for period in lived[agency]):
                shares = [share for _to, share in receivers if share is not None]
                own = 1 - sum(shares, Decimal(0)) if len(shares) == len(receivers) else None
                turn[agency] = (*receivers, (agency, own or None))
        turns.append(turn)
    return turns


def _turns_back(rows: Sequence[Succession]) -> list[dict[int, Receivers]]:
    """The same days backwards: whose the records of a united agency may have been.

    A commune's records were of communes, not of the district above them, where there were any.
    """
    lived = _lives({row.successor_id for row in rows if row.successor_id is not None})
    turns: list[dict[int, Receivers]] = []
    for on, of_day in groupby(reversed(rows), key=lambda row: row.on):
        eve = on - timedelta(days=1)
        alike: dict[int, list[int]] = defaultdict(list)
        others: dict[int, list[int]] = defaultdict(list)
        for row in of_day:
            if row.successor is not None:
                same = row.predecessor.kind == row.successor.kind
                (alike if same else others)[row.successor.pk].append(row.predecessor_id)
        for agency in {*alike, *others}:
            if any(period.holds_on(eve) for period in lived[agency]):
                alike[agency].append(agency)
        turns.append(
            {
                agency: tuple((origin, None) for origin in alike[agency] or others[agency])
                for agency in {*alike, *others}
            }
        )
    return turns


def _lives(agencies: Collection[int]) -> dict[int, list[AgencyPeriod]]:
    """The periods of each agency."""
    lived: dict[int, list[AgencyPeriod]] = defaultdict(list)
    for period in AgencyPeriod.objects.filter(agency__in=agencies):
        lived[period.agency_id].append(period)
    return lived
