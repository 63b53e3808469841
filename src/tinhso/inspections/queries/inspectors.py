"""Who may inspect, found by what somebody types: names without accents, with the agency where a name is not enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.accounts.models import Grant
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.inspections.permissions import InspectionPermission
from tinhso.kernel.folding import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True)
class Inspector:
    """An officer who may take part in an inspection, with the agencies where they work."""

    user: int
    name: str
    agencies: str
    words: frozenset[str]

    @property
    def label(self) -> str:
        """The name with the agencies."""
        return ", ".join(part for part in (self.name, self.agencies) if part)


def inspectors(at: datetime) -> list[Inspector]:
    """Active officers with the right to inspect, by given name."""
    granted = Grant.objects.in_force(at).filter(
        role__permissions__permission=InspectionPermission.HOLD, user__is_active=True
    )
    rows = list(granted.select_related("user").order_by("user__sort_key", "user_id").distinct())
    names = names_of({row.agency_id for row in rows if row.agency_id}, day_of(at))
    places: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if (name := names.get(row.agency_id or 0)) and name not in places[row.user_id]:
            places[row.user_id].append(name)
    users = {row.user_id: row.user for row in rows}
    return [_inspector(key, user.name, user.email, places[key]) for key, user in users.items()]


def _inspector(key: int, name: str, email: str, places: Iterable[str]) -> Inspector:
    agencies = "; ".join(places)
    return Inspector(key, name, agencies, frozenset(tokens(f"{name} {email} {agencies}")))


def found(said: str, people: Iterable[Inspector]) -> list[Inspector]:
    """Those whom the words fit, each word a beginning; alone whoever is called exactly so."""
    wanted = tokens(said)
    fitting = [
        one for one in people if all(any(w.startswith(t) for w in one.words) for t in wanted)
    ]
    same = [one for one in fitting if fold(one.name) == fold(said)]
    return same if len(same) == 1 else fitting
