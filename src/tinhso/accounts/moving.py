"""What people hold at an agency that ends goes with its work to whoever follows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import Grant, Holding, PartnerToken
from tinhso.accounts.services import transfers as services
from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.calendars.clock import day_of, now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Roles, posts and tokens still held at each agency; none of them belongs to a field."""
    # The caller gives no time: what is open is open now, by the business clock.
    at = now()
    open_period = Q(until=None) | Q(until__gt=day_of(at))
    grants = Grant.objects.filter(open_period, agency__in=agencies, revocation=None)
    holdings = Holding.objects.filter(open_period, post__agency__in=agencies, departure=None)
    tokens = PartnerToken.objects.in_force(at).filter(agency__in=agencies)
    held = Counter(
        [
            *grants.values_list("agency", flat=True),
            *holdings.values_list("post__agency", flat=True),
            *tokens.values_list("agency", flat=True),
        ]
    )
    return {(agency, ""): number for agency, number in held.items() if agency is not None}


def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move roles and posts on the day of the reform, tokens at once; returns how many moved."""
    reason = f"Sắp xếp cơ quan từ ngày {on:%d/%m/%Y}"
    holding = services.holding(at)
    moved = 0
    for each in transfers:
        if each.field or each.predecessor not in holding:
            continue
        here, there = each.predecessor, each.successor
        said: dict[str, Any] = {"on": on, "reason": reason, "actor": actor, "at": at}
        number = services.move_grants(here, there, **said)
        number += services.move_holdings(here, there, **said)
        number += services.move_tokens(here, there, actor=actor, at=at)
        if number:
            holding.add(there)
        moved += number
    return moved


PEOPLE = WorkInHand(code="accounts", name=_("Vị trí, quyền và mã truy cập"), count=count, move=move)
