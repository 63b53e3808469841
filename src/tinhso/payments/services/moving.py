"""Charges for which money is still to come, at a reform: to whoever takes the rest of their agency's work over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.events.services import prepare, record_all
from tinhso.payments import events
from tinhso.payments.models import Charge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Charges still to be paid at each agency; they belong to the desk that receives, so to no field."""
    there = Charge.objects.unpaid().filter(agency__in=agencies)
    return Counter((agency, "") for (agency,) in there.values_list("agency"))


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move what is still owed (chuyển khoản phải thu) to the successor, whose account codes carry then; how many.

    Receipts stay with the agency that gave them. Part of the act of the reform, which has required its right.
    """
    del on
    whole = [transfer for transfer in transfers if not transfer.field]
    held = _owed_to({transfer.predecessor for transfer in whole})
    moved = 0
    for transfer in whole:
        rows = held.pop(transfer.predecessor, [])
        moved += carry(rows, transfer.successor, actor=actor, at=at)
        held[transfer.successor] = held.get(transfer.successor, []) + rows
    return moved


def _owed_to(agencies: Collection[int]) -> dict[int, list[Charge]]:
    """Charges for which money is still to come, locked, by agency.

    They are asked for twice: while the lock was awaited a cashier may have taken some.
    """
    owed = Charge.objects.unpaid().filter(agency__in=agencies).order_by("pk")
    locked = [row.pk for row in owed.select_for_update(of=("self",))]
    held: dict[int, list[Charge]] = {}
    for row in Charge.objects.unpaid().filter(pk__in=locked).order_by("pk") if locked else ():
        held.setdefault(row.agency_id, []).append(row)
    return held


def carry(charges: Iterable[Charge], to: int, *, actor: Actor, at: datetime) -> int:
    """Owe these charges, which the caller has locked, to another agency; one event for each; how many."""
    rows = list(charges)
    if not rows:
        return 0
    record_all(
        prepare(
            events.CHARGE_MOVED,
            subject=row.subject,
            actor=actor,
            at=at,
            agency=to,
            payload={"charge": row.uuid, "from": row.agency_id, "to": to},
        )
        for row in rows
    )
    Charge.objects.filter(pk__in=[row.pk for row in rows]).update(agency=to)
    for row in rows:
        row.agency_id = to
    return len(rows)


OWED = WorkInHand(code="payments", name=_("Khoản chưa thu"), count=count, move=move)
