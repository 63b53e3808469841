"""Reads of parties. Whoever shows what they return says so with `services.note_read`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tinhso.accounts.actors import CitizenActor
from tinhso.accounts.models import User
from tinhso.kernel.folding import tokens
from tinhso.parties.errors import AccountUnknown, PartyNotFound
from tinhso.parties.facts import PartyFacts
from tinhso.parties.identity import read_account_code
from tinhso.parties.models import Joining, Party, PartyKey
from tinhso.parties.permissions import PartyPermission

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor
    from tinhso.parties.models import JoiningQuerySet, PartyQuerySet

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


def stood_for(actor: Actor) -> list[int]:
    """Keys of the parties for which the actor stands: its own and, for an account, those joined to it.

    Empty for officers and systems. A visitor who proved one dossier stands for its applicant alone.
    """
    if actor.party is None:
        return []
    if not isinstance(actor, CitizenActor):
        return [actor.party]
    known = Joining.objects.in_force().filter(own=actor.party).values_list("known", flat=True)
    return [actor.party, *known]


def same_person(party: int) -> set[int]:
    """Keys of the parties that officers found to be the same person as this one, itself among them."""
    own = set(Joining.objects.in_force().filter(known=party).values_list("own", flat=True))
    known = Joining.objects.in_force().filter(own__in={party, *own})
    return {party, *own, *known.values_list("known", flat=True)}


def own_party_of_account(text: str) -> Party | None:
    """The own party of the citizen's account with this e-mail, or with the short code of its page."""
    accounts = User.objects.filter(kind=User.Kind.CITIZEN, is_active=True).exclude(party_key=None)
    if "@" in text:
        accounts = accounts.filter(email__iexact=text.strip())
    else:
        keys = read_account_code(text)
        if keys is None:
            return None
        accounts = accounts.filter(party_uuid__range=keys)
    return Party.objects.filter(pk__in=accounts.values("party_key")).first()


def own_party(key: UUID) -> Party:
    """The own party of a citizen's account; refuses with `AccountUnknown` any other."""
    accounts = User.objects.filter(kind=User.Kind.CITIZEN, is_active=True, party_uuid=key)
    found = Party.objects.filter(uuid=key, pk__in=accounts.values("party_key")).first()
    if found is None:
        raise AccountUnknown
    return found


def alike(own: Party, *, actor: Actor, at: datetime) -> list[Party]:
    """Parties that no account owns and that may be the same person as an account's own.

    By the same number across the province, else by equal name without accents and equal birthday among those that
    the actor may see. Likeness is for a person to judge.
    """
    same = PartyFacts(name=own.name, personal_id=own.personal_id, tax_code=own.tax_code)
    by_number = with_identity(same).exclude(pk=own.pk).filter(kind=own.kind)
    found = {party.pk: party for party in by_number[:MOST_DUPLICATES]}
    if own.born_on is not None:
        likely = possible_duplicates(
            own.name, born_on=own.born_on, actor=actor, at=at, besides=own.pk
        )
        found |= {party.pk: party for party in likely if party.born_on == own.born_on}
    owned = set(User.objects.filter(party_key__in=found).values_list("party_key", flat=True))
    return [party for key, party in found.items() if key not in owned]


def joinings(actor: Actor, *, at: datetime) -> JoiningQuerySet:
    """Joinings made where the actor may confirm identities, the latest first."""
    scope = actor.scope(PartyPermission.VERIFY, at=at)
    made = Joining.objects.select_related("own", "known", "separation").order_by("-at", "-pk")
    return made if scope.everywhere else made.filter(agency__in=scope.agencies)
