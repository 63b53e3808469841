"""Open dossiers at a reform: to the successor of their agency, or to the new holder of their field.

A dossier's number never changes; everything finished stays where it was done, but for the complaint about it that
waits for its answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.dossiers import events
from tinhso.dossiers.models import Dossier, State, Transfer, WorkItem
from tinhso.events.services import prepare, record_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor

OPEN = [state.value for state in State if state.is_open]
PLACES = ("competent_agency", "receiving_agency", "returning_agency", "helping_agency")


def _open() -> QuerySet[Dossier]:
    return Dossier.objects.filter(state__in=OPEN, batch=None)


def _elsewhere() -> QuerySet[WorkItem]:
    """Open work that lies at none of its dossier's own places: opinions that were asked for."""
    own = [Q(agency=F(f"dossier__{place}")) for place in PLACES]
    return WorkItem.objects.exclude(own[0] | own[1] | own[2])


def _after_the_end() -> QuerySet[WorkItem]:
    """Open work at the competent agency of a dossier that is closed: answers to complaints."""
    there = WorkItem.objects.filter(agency=F("dossier__competent_agency"))
    return there.exclude(dossier__state__in=OPEN)


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Open dossiers by agency and field: the competent agency by field, the other places without."""
    found: Counter[tuple[int, str]] = Counter()
    competent = _open().filter(competent_agency__in=agencies)
    found.update(competent.values_list("competent_agency", "procedure__field"))
    for place in PLACES[1:]:
        there = (
            _open().filter(**{f"{place}__in": agencies}).exclude(**{place: F("competent_agency")})
        )
        found.update((agency, "") for (agency,) in there.values_list(place))
    late = _after_the_end().filter(agency__in=agencies)
    found.update(late.values_list("agency", "dossier__procedure__field"))
    asked = _elsewhere().filter(agency__in=agencies)
    found.update((agency, "") for (agency,) in asked.values_list("agency"))
    return dict(found)


class _Pair(NamedTuple):
    """A dossier that a transfer concerns: from which agency to which; of one field, or with an empty field the rest."""

    dossier: int
    uuid: UUID
    here: int
    there: int
    field: str


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move open work (chuyển hồ sơ đang giải quyết): first by field, then the rest; how many dossiers.

    One event for each dossier and transfer, so that a reader of the log can follow every dossier.
    Part of the act of the reform, which has required its right and locks what it ends. A wave of transfers takes as
    many questions as one of them: a reform of a province has hundreds.
    """
    moved = 0
    busy = _busy({transfer.predecessor for transfer in transfers})
    for wave in _waves(transfers):
        pairs = _pairs([transfer for transfer in wave if transfer.predecessor in busy])
        if pairs:
            _move(pairs, on=on, actor=actor, at=at)
            busy.update(pair.there for pair in pairs)
            moved += len(pairs)
    return moved


def _waves(transfers: Sequence[WorkTransfer]) -> Iterator[list[WorkTransfer]]:
    """The transfers in their order, together as long as none takes on what an earlier one of its wave gave."""
    wave: list[WorkTransfer] = []
    givers: set[tuple[int, str]] = set()
    takers: set[int] = set()
    for transfer in transfers:
        giver = (transfer.predecessor, transfer.field)
        is_other_kind = bool(wave) and bool(wave[0].field) != bool(transfer.field)
        if is_other_kind or transfer.predecessor in takers or giver in givers:
            yield wave
            wave, givers, takers = [], set(), set()
        wave.append(transfer)
        givers.add(giver)
        takers.add(transfer.successor)
    if wave:
        yield wave


def _busy(agencies: Collection[int]) -> set[int]:
    """Those of the agencies that have anything to move: few of the hundreds that a reform ends."""
    found = set(WorkItem.objects.filter(agency__in=agencies).values_list("agency", flat=True))
    for place in PLACES:
        there = Dossier.objects.filter(batch=None, state__in=OPEN, **{f"{place}__in": agencies})
        found.update(there.values_list(place, flat=True).distinct())
    return found


def _pairs(wave: Sequence[WorkTransfer]) -> list[_Pair]:
    """Every dossier with each transfer of the wave that concerns it, locked in the order of their keys."""
    if not wave:
        return []
    to = {(transfer.predecessor, transfer.field): transfer.successor for transfer in wave}
    givers = {transfer.predecessor for transfer in wave}
    work: dict[int, set[int]] = {}
    for dossier, agency in WorkItem.objects.filter(agency__in=givers).values_list(
        "dossier", "agency"
    ):
        work.setdefault(dossier, set()).add(agency)
    places = PLACES[:1] if wave[0].field else PLACES
    touched = Q(pk__in=list(work))
    for place in places:
        touched |= Q(state__in=OPEN, **{f"{place}__in": givers})
    rows = (
        Dossier.objects.filter(touched, batch=None)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk", "uuid", "state", "procedure__field", *places)
    )
    found = []
    for pk, uuid, state, field, *where in rows:
        held = work.get(pk, set())
        is_open = state in OPEN
        if wave[0].field:
            here = where[0]
            if (here, field) in to and (is_open or here in held):
                found.append(_Pair(pk, uuid, here, to[here, field], field))
            continue
        concerned = {*held, *(where if is_open else ())} & givers
        found += [_Pair(pk, uuid, here, to[here, ""], "") for here in sorted(concerned)]
    return found


def _move(pairs: Sequence[_Pair], *, on: date, actor: Actor, at: datetime) -> None:
    reason = f"Sắp xếp cơ quan từ ngày {on:%d/%m/%Y}"
    Transfer.objects.bulk_create(
        [
            Transfer(
                id=uuid4(), dossier_id=pair.dossier, at=at, actor=actor.key, from_agency_id=pair.here,
                to_agency_id=pair.there, reason=reason,
            )
            for pair in pairs
        ],
        batch_size=2000,
    )  # fmt: skip
    values = [
        [pair.dossier for pair in pairs],
        [pair.here for pair in pairs],
        [pair.there for pair in pairs],
    ]
    with connection.cursor() as cursor:
        for place in PLACES[:1] if pairs[0].field else PLACES:
            cursor.execute(_PLACE.format(place=f"{place}_id", moved=_MOVED), [*values, OPEN])
        for text in (_VERSION, _STEP, _ITEM):
            cursor.execute(text.format(moved=_MOVED), values)
    record_all(
        prepare(
            events.MOVED,
            subject=pair.uuid,
            actor=actor,
            at=at,
            agency=pair.there,
            payload=_payload(pair),
        )
        for pair in pairs
    )


def _payload(pair: _Pair) -> dict[str, int | str]:
    said: dict[str, int | str] = {"from": pair.here, "to": pair.there}
    return {**said, "field": pair.field} if pair.field else said


_MOVED = "unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS moved (dossier, here, there)"
_PLACE = """
UPDATE dossiers_dossier SET {place} = moved.there FROM {moved}
WHERE id = moved.dossier AND {place} = moved.here AND state = ANY(%s)
"""
_VERSION = """
UPDATE dossiers_dossier SET version = version + counted.times
FROM (SELECT dossier, count(*) AS times FROM {moved} GROUP BY dossier) AS counted
WHERE id = counted.dossier
"""
_STEP = """
UPDATE dossiers_step SET agency_id = moved.there FROM {moved}
WHERE dossier_id = moved.dossier AND agency_id = moved.here AND closed_at IS NULL
"""
_ITEM = """
UPDATE dossiers_workitem SET agency_id = moved.there FROM {moved}
WHERE dossier_id = moved.dossier AND agency_id = moved.here
"""
"""Each dossier of a wave at once, by the three columns of its pairs."""


DOSSIERS = WorkInHand(code="dossiers", name=_("Hồ sơ đang giải quyết"), count=count, move=move)
