"""Open dossiers at a reform: to the successor of their agency, or to the new holder of their field.

A dossier's number never changes; everything finished stays where it was done, but for the complaint about it that
waits for its answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.dossiers import events
from tinhso.dossiers.models import Dossier, State, Step, Transfer, WorkItem
from tinhso.events.services import prepare, record_all

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
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


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move open work (chuyển hồ sơ đang giải quyết): first by field, then the rest; how many dossiers.

    One event for each dossier and transfer, so that a reader of the log can follow every dossier.
    Part of the act of the reform, which has required its right and locks what it ends.
    """
    moved = 0
    busy = _busy({transfer.predecessor for transfer in transfers})
    for transfer in transfers:
        keys = _keys_of(transfer) if transfer.predecessor in busy else []
        if keys:
            _move(keys, transfer, on=on, actor=actor, at=at)
            busy.add(transfer.successor)
            moved += len(keys)
    return moved


def _busy(agencies: Collection[int]) -> set[int]:
    """Those of the agencies that have anything to move: few of the hundreds that a reform ends."""
    found = set(WorkItem.objects.filter(agency__in=agencies).values_list("agency", flat=True))
    for place in PLACES:
        there = Dossier.objects.filter(batch=None, state__in=OPEN, **{f"{place}__in": agencies})
        found.update(there.values_list(place, flat=True).distinct())
    return found


def _keys_of(transfer: WorkTransfer) -> list[int]:
    here = transfer.predecessor
    dossiers = Dossier.objects.filter(batch=None).select_for_update().order_by("pk")
    has_work = Q(pk__in=WorkItem.objects.filter(agency=here).values("dossier"))
    is_open = Q(state__in=OPEN)
    if transfer.field:
        found = dossiers.filter(
            is_open | has_work, competent_agency=here, procedure__field=transfer.field
        )
    else:
        places = has_work
        for place in PLACES:
            places |= is_open & Q(**{place: here})
        found = dossiers.filter(places)
    return list(found.values_list("pk", flat=True))


def _move(keys: list[int], transfer: WorkTransfer, *, on: date, actor: Actor, at: datetime) -> None:
    here, there = transfer.predecessor, transfer.successor
    reason = f"Sắp xếp cơ quan từ ngày {on:%d/%m/%Y}"
    Transfer.objects.bulk_create(
        [
            Transfer(
                id=uuid4(), dossier_id=key, at=at, actor=actor.key, from_agency_id=here,
                to_agency_id=there, reason=reason,
            )
            for key in keys
        ],
        batch_size=2000,
    )  # fmt: skip
    chosen = Dossier.objects.filter(pk__in=keys)
    chosen.update(version=F("version") + 1)
    for place in PLACES[:1] if transfer.field else PLACES:
        chosen.filter(state__in=OPEN, **{place: here}).update(**{place: there})
    Step.objects.filter(dossier__in=keys, agency=here, closed_at=None).update(agency=there)
    WorkItem.objects.filter(dossier__in=keys, agency=here).update(agency=there)
    payload: dict[str, int | str] = {"from": here, "to": there}
    if transfer.field:
        payload["field"] = transfer.field
    subjects = chosen.order_by("pk").values_list("uuid", flat=True)
    record_all(
        prepare(events.MOVED, subject=subject, actor=actor, at=at, agency=there, payload=payload)
        for subject in list(subjects)
    )


DOSSIERS = WorkInHand(code="dossiers", name=_("Hồ sơ đang giải quyết"), count=count, move=move)
