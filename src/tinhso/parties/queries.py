"""Reads of parties. Whoever shows what they return says so with `services.note_read`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tinhso.events.models import Event
from tinhso.kernel.folding import tokens
from tinhso.parties import events
from tinhso.parties.errors import PartyNotFound
from tinhso.parties.models import Party, PartyKey

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor
    from tinhso.parties.facts import PartyFacts
    from tinhso.parties.models import PartyQuerySet

_NUMBER = re.compile(r"^[\d\s.+-]{3,}$")
_SIGNS = re.compile(r"[\s.+]")
SHORTEST_ENDING = 4
FEW = 500
MOST_DUPLICATES = 20


def visible(key: UUID, *, actor: Actor, at: datetime) -> Party:
    """The party with this key; refuses with `PartyNotFound` when the actor may not see it."""
    party = Party.objects.visible_to(actor, at=at).filter(uuid=key).first()
    if party is None:
        raise PartyNotFound
    return party


def search(text: str, *, actor: Actor, at: datetime) -> PartyQuerySet:
    """Parties that the actor may see, by number first, else by name without accents.

    A number is matched from its beginning, or from its end when four digits or more are given.
    """
    seen = Party.objects.visible_to(actor, at=at).order_by("sort_key", "pk")
    typed = text.strip()
    if "@" in typed or _NUMBER.match(typed):
        keys = _with_number(typed).values("party")
        some = list(keys[: FEW + 1])
        if "@" in typed or some:
            # Few keys are given as such: joined to what may be seen, the planner starts there.
            if len(some) <= FEW:
                return seen.filter(pk__in=[row["party"] for row in some])
            return seen.filter(pk__in=keys)
    return seen.named(typed) if tokens(typed) else seen.none()


def _with_number(typed: str) -> QuerySet[PartyKey]:
    value = typed.lower() if "@" in typed else _SIGNS.sub("", typed)
    beginning = Q(value__startswith=value)
    if len(value) < SHORTEST_ENDING:
        return PartyKey.objects.filter(beginning)
    return PartyKey.objects.filter(beginning | Q(mirrored__startswith=value[::-1]))


def with_identity(facts: PartyFacts) -> PartyQuerySet:
    """Parties that hold the personal ID or the tax code of the facts, confirmed ones first."""
    same = Q(pk__in=[])
    if facts.personal_id:
        same |= _holds(PartyKey.Kind.PERSONAL_ID, facts.personal_id)
    if facts.tax_code:
        same |= _holds(PartyKey.Kind.TAX_CODE, facts.tax_code)
    return Party.objects.filter(same).order_by("-is_verified", "pk")


def _holds(kind: PartyKey.Kind, value: str) -> Q:
    return Q(pk__in=PartyKey.objects.filter(kind=kind, value=value).values("party"))


def possible_duplicates(
    name: str, *, born_on: date | None, actor: Actor, at: datetime, besides: int | None = None
) -> list[Party]:
    """Parties that may be the same: equal folded name and, where both are known, equal birthday.

    Only those that the actor may see, at most twenty; likeness is for a person to judge.
    """
    folded = tokens(name)
    if not folded:
        return []
    alike = Party.objects.visible_to(actor, at=at).filter(words__matches=name)
    if born_on is not None:
        alike = alike.filter(Q(born_on=None) | Q(born_on=born_on))
    if besides is not None:
        alike = alike.exclude(pk=besides)
    return [party for party in alike[: 5 * MOST_DUPLICATES] if tokens(party.name) == folded][
        :MOST_DUPLICATES
    ]


def reads_of(party: UUID) -> QuerySet[Event]:
    """Who looked at the data of this party and why, latest first (ai đã xem thông tin của tôi)."""
    return Event.objects.filter(
        kind=events.READ.code, payload__parties__contains=[str(party)]
    ).order_by("-id")
