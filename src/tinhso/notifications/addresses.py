"""Where a person's mail goes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tinhso.accounts.models import User
from tinhso.notifications.models import Preference
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Collection

    from tinhso.kernel.actors import Actor

USER, PARTY = "user:", "party:"


def keys_of(actor: Actor) -> list[str]:
    """The keys under which an actor is told of things; none for visitors and systems.

    A citizen is told as the party that the account stands for, and as the account.
    """
    uuid = getattr(actor, "uuid", None)
    keys = {actor.key, f"{USER}{uuid}" if uuid else actor.key}
    return sorted(key for key in keys if key.startswith((USER, PARTY)))


def of(keys: Collection[str]) -> dict[str, str]:
    """The address of each key that has one: the account's, else the one that the party declared."""
    users, parties = _uuids(keys, USER), _uuids(keys, PARTY)
    declared = Party.objects.filter(uuid__in=parties).exclude(email="")
    found = {f"{PARTY}{uuid}": email for uuid, email in declared.values_list("uuid", "email")}
    accounts = User.objects.active().filter(Q(uuid__in=users) | Q(party_uuid__in=parties))
    for uuid, party_uuid, email in accounts.values_list("uuid", "party_uuid", "email"):
        found[f"{USER}{uuid}"] = email
        if party_uuid:
            found[f"{PARTY}{party_uuid}"] = email
    return found


def refusing(keys: Collection[str]) -> set[str]:
    """Those of the keys whose person chose to get no mail."""
    refused = Preference.objects.filter(recipient__in=keys, wants_email=False)
    return set(refused.values_list("recipient", flat=True))


def _uuids(keys: Collection[str], prefix: str) -> list[UUID]:
    return [UUID(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
