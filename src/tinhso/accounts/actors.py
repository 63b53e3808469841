"""Who acts: an officer, a citizen, a partner system; each says where it holds a right when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.accounts.rights import Rights, rights_of, scopes
from tinhso.kernel.actors import NOWHERE, AnonymousVisitor, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tinhso.accounts.models import PartnerToken, User
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


@dataclass(frozen=True)
class OfficerActor:
    """An officer (cán bộ, công chức): the rights granted to them and to those they stand in for.

    The rights of an instant are asked from the database once and kept on the instance, so make one
    actor for a request, not for a process.
    """

    user: int
    uuid: UUID
    name: str
    _rights: dict[datetime, Rights] = field(default_factory=dict, repr=False, compare=False)

    @property
    def key(self) -> str:
        return f"user:{self.uuid}"

    @property
    def label(self) -> str:
        return self.name

    @property
    def party(self) -> int | None:
        return None

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        scope = self.scope(permission, at=at)
        return bool(scope) if agency is None else agency in scope

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        return self._held(at).scopes.get(permission.value, NOWHERE)

    def given(self, at: datetime) -> Mapping[int, bool]:
        """The agencies where a role was given to them or to those they stand in for; whether it reaches those below."""
        return self._held(at).given

    def _held(self, at: datetime) -> Rights:
        if at not in self._rights:
            self._rights[at] = rights_of(self.user, at=at)
        return self._rights[at]


@dataclass(frozen=True)
class CitizenActor:
    """A citizen or organisation with an account: holds no right, but acts for its own party.

    `party` is empty as long as the account has not said whom it stands for.
    """

    user: int
    uuid: UUID
    name: str
    party: int | None = None
    party_uuid: UUID | None = None

    @property
    def key(self) -> str:
        return f"party:{self.party_uuid}" if self.party_uuid else f"user:{self.uuid}"

    @property
    def label(self) -> str:
        return self.name

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del permission, at, agency
        return False

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del permission, at
        return NOWHERE


@dataclass(frozen=True)
class PartnerActor:
    """A partner system (hệ thống kết nối) with the rights written on its token.

    `speaks_for` is the party for which it files, where it has identified them and may say so.
    """

    uuid: UUID
    name: str
    permissions: frozenset[str]
    agency: int | None
    includes_subordinates: bool
    speaks_for: int | None = None
    _rights: dict[datetime, Mapping[str, Scope]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def key(self) -> str:
        return f"partner:{self.uuid}"

    @property
    def label(self) -> str:
        return self.name

    @property
    def party(self) -> int | None:
        return self.speaks_for

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        scope = self.scope(permission, at=at)
        return bool(scope) if agency is None else agency in scope

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        if at not in self._rights:
            granted = [(code, self.agency, self.includes_subordinates) for code in self.permissions]
            self._rights[at] = scopes(granted, at=at)
        return self._rights[at].get(permission.value, NOWHERE)


def actor_for(user: User) -> OfficerActor | CitizenActor:
    """The actor that a signed-in user is."""
    if user.is_officer:
        return OfficerActor(user=user.pk, uuid=user.uuid, name=user.name)
    return CitizenActor(
        user=user.pk,
        uuid=user.uuid,
        name=user.name,
        party=user.party_key,
        party_uuid=user.party_uuid,
    )


def partner_for(token: PartnerToken) -> PartnerActor:
    """The actor that a token stands for; `queries.partner` judges whether it is in force."""
    return PartnerActor(
        uuid=token.uuid,
        name=token.name,
        permissions=frozenset(token.permissions),
        agency=token.agency_id,
        includes_subordinates=token.includes_subordinates,
    )


VISITOR: Actor = AnonymousVisitor()
