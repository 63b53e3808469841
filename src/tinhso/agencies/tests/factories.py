"""Agencies for tests: plain functions with defaults that hold."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies.models import (
    Agency,
    AgencyKind,
    AgencyPeriod,
    Competence,
    FieldOfWork,
    Level,
)
from tinhso.kernel.actors import Scope
from tinhso.kernel.folding import tokens

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.permissions import Permission

_LEVELS = {
    AgencyKind.MINISTRY: Level.CENTRAL,
    AgencyKind.DISTRICT: Level.DISTRICT,
    AgencyKind.COMMUNE: Level.COMMUNE,
}


def make_agency(
    name: str = "Sở Thử nghiệm",
    *,
    kind: AgencyKind = AgencyKind.DEPARTMENT,
    parent: Agency | None = None,
    code: str = "",
    since: date | None = None,
    until: date | None = None,
    level: Level | None = None,
    key: str = "",
) -> Agency:
    """An agency with one period; without a code it gets one of its own that no other has."""
    identity = uuid.uuid4()
    agency = Agency.objects.create(uuid=identity, key=key or f"test/{identity}", kind=kind)
    AgencyPeriod.objects.create(
        agency=agency,
        parent=parent,
        name=name,
        level=level or _LEVELS.get(kind, Level.PROVINCE),
        agency_code=code or f"H99.{identity.hex[:8].upper()}",
        since=since,
        until=until,
        folded=" " + " ".join(tokens(f"{name} {code}")),
    )
    return agency


def make_field(code: str = "", name: str = "Lĩnh vực thử nghiệm") -> FieldOfWork:
    """A field of work; without a code it gets one of its own."""
    return FieldOfWork.objects.create(code=code or f"field-{uuid.uuid4().hex[:8]}", name=name)


def make_competence(
    agency: Agency,
    field: FieldOfWork,
    *,
    place: Agency,
    level: Level = Level.PROVINCE,
    since: date | None = None,
    until: date | None = None,
) -> Competence:
    """The agency decides in the field, at the level, within the place."""
    return Competence.objects.create(
        agency=agency,
        field=field,
        place=place,
        level=level,
        since=since,
        until=until,
        legal_basis="Quy định thử nghiệm",
    )


@dataclass(frozen=True)
class OfficerAt:
    """An officer who holds some verbs at some agencies (keys); enough of an Actor for a service."""

    permissions: frozenset[Permission]
    agencies: frozenset[int]
    label: str = "Tú"
    party: int | None = None

    @property
    def key(self) -> str:
        return "user:test"

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        held = self.scope(permission, at=at)
        return bool(held) if agency is None else agency in held

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del at
        return Scope(agencies=self.agencies) if permission in self.permissions else Scope()
