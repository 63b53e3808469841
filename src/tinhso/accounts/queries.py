"""Reads of accounts that answer a screen, a request or another app."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.translation import gettext as _

from tinhso.accounts import errors
from tinhso.accounts.actors import PartnerActor, partner_for
from tinhso.accounts.models import Grant, Holding, PartnerToken, Role, SignIn, StandIn, User
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services.tokens import digest_of
from tinhso.agencies import queries as agencies
from tinhso.agencies.models import Agency, AgencyKind
from tinhso.calendars.clock import day_of
from tinhso.kernel.compiled import Compiled
from tinhso.kernel.folding import is_called
from tinhso.kernel.permissions import registry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from tinhso.accounts.models import WithdrawnHolding
    from tinhso.kernel.actors import Actor, Scope

LATEST_SIGN_INS = 10
SEARCH = "tim"
"""What an address calls the words by which a desk is looked for."""


def visible_user(key: UUID, *, actor: Actor, at: datetime) -> User:
    """The user with this key; refuses with `UserNotFound` when the actor may not see them."""
    user: User | None = User.objects.visible_to(actor, at=at).filter(uuid=key).first()
    if user is None:
        raise errors.UserNotFound
    return user


def partner(secret: str, *, now: datetime) -> PartnerActor | None:
    """The partner system that presents this secret; None when it is unknown, expired or withdrawn.

    `now` is read from the real clock, not from the one of official business.
    """
    found = _PARTNER.first(digest=digest_of(secret), now=now)
    return partner_for(PartnerToken(*found)) if found else None


def _presented(digest: bytes, now: datetime) -> QuerySet[PartnerToken, Any]:
    return PartnerToken.objects.in_force(now).filter(digest=digest).values_list()


_PARTNER = Compiled(_presented, digest=b"?", now=datetime.min.replace(tzinfo=UTC))
"""Asked on every request of a partner system."""


def officers_at(agency: int, *, permission: str, at: datetime) -> list[User]:
    """Active officers who hold the right at exactly this agency, by given name: whom to assign to."""
    granted = Grant.objects.in_force(at).filter(
        agency=agency, role__permissions__permission=permission, user__is_active=True
    )
    return list(User.objects.filter(pk__in=granted.values("user")).order_by("sort_key", "pk"))


@dataclass(frozen=True)
class ShownHolding:
    """A post that somebody holds or held."""

    pk: int
    uuid: UUID
    title: str
    agency_name: str
    since: date
    until: date | None
    last_on: date | None
    decision: str
    has_left: bool
    is_open: bool
    is_to_come: bool


@dataclass(frozen=True)
class ShownGrant:
    """A role that somebody is or was granted."""

    pk: int
    uuid: UUID
    role: str
    agency_name: str
    is_provincial: bool
    includes_subordinates: bool
    since: date
    until: date | None
    last_on: date | None
    reason: str
    is_revoked: bool
    revocation_reason: str


@dataclass(frozen=True)
class Person:
    """One user with everything that their page shows."""

    user: User
    holdings: list[ShownHolding]
    withdrawn: list[tuple[WithdrawnHolding, str]]
    grants: list[ShownGrant]
    substitutes: list[StandIn]
    stands_in: list[StandIn]
    sign_ins: list[SignIn]


def person(user: User, *, at: datetime, with_sign_ins: bool) -> Person:
    """The user's posts, grants and stand-ins, the latest first, with the names of the agencies."""
    holdings = list(user.holdings.select_related("post", "departure").order_by("-since", "-pk"))
    grants = list(user.grants.select_related("role", "revocation").order_by("-since", "-pk"))
    stands = StandIn.objects.select_related("absent", "substitute", "withdrawal").order_by("-since")
    withdrawn = list(user.withdrawn_holdings.order_by("-at"))
    keys = {row.post.agency_id for row in holdings} | {row.agency_id or 0 for row in grants}
    keys |= {row.agency_id for row in withdrawn}
    on = day_of(at)
    names = agencies.names_of(keys, on)
    return Person(
        user=user,
        holdings=[_shown_holding(row, names, on) for row in holdings],
        withdrawn=[(row, names.get(row.agency_id, "")) for row in withdrawn],
        grants=[_shown_grant(row, names) for row in grants],
        substitutes=list(stands.filter(absent=user)),
        stands_in=list(stands.filter(substitute=user)),
        sign_ins=list(user.sign_ins.order_by("-at")[:LATEST_SIGN_INS]) if with_sign_ins else [],
    )


def _shown_holding(row: Holding, names: Mapping[int, str], on: date) -> ShownHolding:
    return ShownHolding(
        pk=row.pk,
        uuid=row.uuid,
        title=row.post.title,
        agency_name=names.get(row.post.agency_id, ""),
        since=row.since,
        until=row.until,
        last_on=row.last_on,
        decision=row.decision,
        has_left=hasattr(row, "departure"),
        is_open=row.until is None or row.until > on,
        is_to_come=row.since > on,
    )


def _shown_grant(row: Grant, names: Mapping[int, str]) -> ShownGrant:
    return ShownGrant(
        pk=row.pk,
        uuid=row.uuid,
        role=row.role.title,
        agency_name=names.get(row.agency_id or 0, ""),
        is_provincial=row.is_provincial,
        includes_subordinates=row.includes_subordinates,
        since=row.since,
        until=row.until,
        last_on=row.last_on,
        reason=row.reason,
        is_revoked=row.is_revoked,
        revocation_reason=row.revocation.reason if row.is_revoked else "",
    )


@dataclass(frozen=True)
class Place:
    """Where somebody works: the agency, the posts held there and the roles granted for it."""

    agency: str
    posts: list[str]
    roles: list[str]

    @property
    def role_names(self) -> str:
        """The roles in one line."""
        return ", ".join(self.roles)


@dataclass(frozen=True)
class Listed:
    """One line of the list of users."""

    user: User
    places: list[Place]
    has_left: bool
    """Whether posts were held, and none is any more."""


def listed(users: Iterable[User], *, at: datetime) -> list[Listed]:
    """Users with where they work at the instant: the posts that they hold, the roles that they are granted."""
    people = list(users)
    on = day_of(at)
    holdings = Holding.objects.current(on).filter(user__in=people).select_related("post")
    grants = Grant.objects.in_force(at).filter(user__in=people).select_related("role")
    posts: dict[int, dict[int | None, list[str]]] = {}
    roles: dict[int, dict[int | None, list[str]]] = {}
    for held in holdings:
        posts.setdefault(held.user_id, {}).setdefault(held.post.agency_id, []).append(
            held.post.title
        )
    for grant in grants:
        roles.setdefault(grant.user_id, {}).setdefault(grant.agency_id, []).append(grant.role.title)
    held_ever = set(Holding.objects.filter(user__in=people).values_list("user", flat=True))
    found = {key for each in (posts, roles) for places in each.values() for key in places}
    names = agencies.names_of({key for key in found if key is not None}, on)
    return [
        Listed(
            user,
            _places(posts.get(user.pk, {}), roles.get(user.pk, {}), names),
            has_left=user.pk in held_ever and user.pk not in posts,
        )
        for user in people
    ]


def working_first(users: QuerySet[User], *, at: datetime) -> QuerySet[User]:
    """By given name, whoever has a post or a role at the instant before those who have none any more."""
    held = Holding.objects.current(day_of(at)).filter(user=OuterRef("pk"))
    granted = Grant.objects.in_force(at).filter(user=OuterRef("pk"))
    works = ExpressionWrapper(Exists(held) | Exists(granted), output_field=BooleanField())
    return users.annotate(works=works).order_by("-works", "sort_key", "pk")


def with_duties(users: Iterable[User], *, at: datetime) -> list[tuple[User, str]]:
    """People to choose from, each as "Hùng · Công chức tư pháp": with the posts held, else the roles given."""
    named = []
    for one in listed(users, at=at):
        posts = [post for place in one.places for post in place.posts]
        roles = [role for place in one.places for role in place.roles]
        duties = dict.fromkeys(posts or roles)
        named.append((one.user, " · ".join([one.user.name, *duties])))
    return named


def _places(
    posts: Mapping[int | None, list[str]],
    roles: Mapping[int | None, list[str]],
    names: Mapping[int, str],
) -> list[Place]:
    """One person's places: where a post is held first, then the other agencies, the whole province last."""
    keys = dict.fromkeys([*posts, *(key for key in roles if key is not None), *roles])
    return [
        Place(
            agency=_("Toàn tỉnh") if key is None else names.get(key, ""),
            posts=sorted(posts.get(key, [])),
            roles=sorted(set(roles.get(key, []))),
        )
        for key in keys
    ]


def agency_choices(scope: Scope, *, at: datetime) -> list[tuple[int, str]]:
    """The agencies of a scope that exist on the day, as choices of a form, in the official order."""
    on = day_of(at)
    return [
        (period.agency_id, period.official_title)
        for period in agencies.directory(on)
        if period.agency_id in scope
    ]


def agencies_called(
    choices: Sequence[tuple[int, str]], query: Mapping[str, str]
) -> list[tuple[int, str]]:
    """The choices whose name the address looks for, without accents; all of them where it is the name of none."""
    search = query.get(SEARCH, "")
    return [pair for pair in choices if is_called(pair[1], search)] or list(choices)


def desk_asked(
    choices: Sequence[tuple[int, str]],
    named: str | None,
    *,
    actor: Actor,
    at: datetime,
    opened: Sequence[int] = (),
) -> int:
    """The desk that an address names, else the officer's own, else one of those opened, else a one-stop centre.

    Where none of them is a desk, the officer's own agency, else the first; 0 when there are none.
    """
    keys = [key for key, _name in choices]
    asked = next((key for key in keys if str(key) == named), None)
    if asked is not None:
        return asked
    own = agencies_of([actor.key], day_of(at)).get(actor.key)
    usual = own if own in keys else next(iter(keys), 0)
    centres = Agency.objects.filter(pk__in=keys, kind=AgencyKind.CENTRE).order_by("pk")
    desks = [*(key for key in opened if key in keys), *centres.values_list("pk", flat=True)]
    return usual if usual in desks else next(iter(desks), usual)


def roles_in_use() -> QuerySet[Role]:
    """Roles that can be granted, with their rights."""
    return Role.objects.filter(retired_at=None).prefetch_related("permissions")


@dataclass(frozen=True)
class ShownToken:
    """A partner's token with the name of its agency, its rights in words and whether it still opens anything."""

    token: PartnerToken
    agency_name: str
    rights: list[StrOrPromise]
    is_withdrawn: bool
    is_expired: bool


def tokens(*, actor: Actor, at: datetime, now: datetime) -> list[ShownToken]:
    """Partner tokens where the actor may read them, newest first; `now`, the real clock, ends them."""
    scope = actor.scope(AccountPermission.READ_TOKEN, at=at)
    rows = PartnerToken.objects.select_related("withdrawal").order_by("-at")
    seen = list(rows if scope.everywhere else rows.filter(agency__in=scope.agencies))
    names = agencies.names_of({row.agency_id or 0 for row in seen}, day_of(at))
    return [
        ShownToken(
            token=row,
            agency_name=names.get(row.agency_id or 0, ""),
            rights=[registry[code].label if code in registry else code for code in row.permissions],
            is_withdrawn=hasattr(row, "withdrawal"),
            is_expired=row.expires_at <= now,
        )
        for row in seen
    ]


def sessions(user: User) -> list[UserSession]:
    """The devices on which the user is signed in, latest first; ended ones are cleared away."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def needs_second_factor(user: User, *, at: datetime) -> list[str]:
    """Names of the roles granted to the user that hold nothing until a second factor is joined.

    A demonstration asks nobody for one.
    """
    if (
        settings.DEMO
        or Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    ):
        return []
    granted = Grant.objects.in_force(at).filter(user=user, role__needs_second_factor=True)
    return sorted({row.role.title for row in granted.select_related("role")})


def agencies_of(actors: Collection[str], on: date) -> dict[str, int]:
    """For officers by their actor key: the agency of their latest right that had begun by that day."""
    keys = [actor.removeprefix("user:") for actor in actors if actor.startswith("user:")]
    held = Grant.objects.filter(user__uuid__in=keys, agency__isnull=False, since__lte=on)
    found = held.order_by("since").values_list("user__uuid", "agency")
    return {f"user:{key}": agency for key, agency in found if agency is not None}
