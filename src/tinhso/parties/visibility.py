"""Who may see which party. Apps above say, by registration, whose parties are in whose hands.

`visibility.register("dossiers", applicants)`, where `applicants(actor, *, at)` is a queryset of keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q, QuerySet

from tinhso.kernel.registry import Registry
from tinhso.parties.permissions import PartyPermission

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class InHand(Protocol):
    """Keys of the parties that an actor sees because of work in hand, as a one-column queryset."""

    def __call__(self, actor: Actor, /, *, at: datetime) -> QuerySet[Any, Any]: ...


_in_hand: Registry[InHand] = Registry("visibility of parties")


def register(code: str, in_hand: InHand) -> None:
    """Let actors see the parties of the work that they may see; called from an AppConfig above."""
    _in_hand.register(code, in_hand)


def visible_to(actor: Actor, *, at: datetime) -> Q:
    """The condition on `Party`: its own, those registered where it may read, those in hand."""
    scope = actor.scope(PartyPermission.READ, at=at)
    if scope.everywhere:
        return Q()
    from tinhso.parties.queries import stood_for  # noqa: PLC0415  (queries refer to parties, and they to this)

    own = Q(pk__in=stood_for(actor))
    if not scope:
        return own
    found = own | Q(agency__in=scope.agencies)
    for in_hand in _in_hand.values():
        found |= Q(pk__in=in_hand(actor, at=at))
    return found
