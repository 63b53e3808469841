"""The cast: who appears in every test, with the roles of the packs.

Lan applies, Hùng is another citizen, Minh works at the one-stop desk of a commune, Hoa heads it,
Nam works at the desk of another commune, Tú audits, Vân operates the house, An administers its
people, Cục is a partner system.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import yaml
from django.conf import settings

from tinhso.accounts.actors import CitizenActor, OfficerActor, PartnerActor, actor_for, partner_for
from tinhso.accounts.models import Holding, Post, Role, User
from tinhso.accounts.tests.factories import (
    give_second_factor,
    make_grant,
    make_role,
    make_token,
    make_user,
)
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.parties.models import Party
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from tinhso.accounts.models import PartnerToken
    from tinhso.agencies.models import Agency

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Friday 20 November 2026, 9:00 in Vietnam."""
PARTNER_SECRET = "ts_bi-mat-thu-nghiem"
ROLES = Path(__file__).resolve().parents[1] / "packs" / "core" / "roles.yaml"
PARTNER_RIGHTS = ("dossiers:dossier:read", "dossiers:dossier:submit_for")


@dataclass(frozen=True)
class Cast:
    """The agencies and people of the tests. People are actors; their accounts are in `users`."""

    province: Agency
    department: Agency
    commune: Agency
    elsewhere: Agency
    lan: CitizenActor
    hung: CitizenActor
    minh: OfficerActor
    hoa: OfficerActor
    nam: OfficerActor
    tu: OfficerActor
    van: OfficerActor
    an: OfficerActor
    cuc: PartnerActor
    users: dict[str, User]
    parties: dict[str, Party]
    posts: dict[str, Post]
    token: PartnerToken


def make_cast() -> Cast:
    """Everybody, in a fresh database: a province, a department, two communes and their people."""
    province = make_agency(
        "Tỉnh Thử nghiệm", kind=AgencyKind.PROVINCE, code="H99", key=settings.PROVINCE_KEY
    )
    department = make_agency("Sở Thử nghiệm", parent=province, code="H99.01")
    commune = make_agency("Xã Ba Gia", kind=AgencyKind.COMMUNE, parent=province, code="H99.41")
    elsewhere = make_agency("Xã Đăk Pơ", kind=AgencyKind.COMMUNE, parent=province, code="H99.42")
    parties = {
        "lan": make_party("Lan", personal_id="000190000001", phone="0000000001"),
        "hung": make_party("Hùng", personal_id="000090000002", phone="0000000002"),
    }
    users = {
        "lan": _citizen("Lan", parties["lan"]),
        "hung": _citizen("Hùng", parties["hung"]),
        "minh": _officer("Minh", "one-stop-officer", commune),
        "hoa": _officer("Hoa", "unit-head", commune),
        "nam": _officer("Nam", "one-stop-officer", elsewhere),
        "tu": _officer("Tú", "auditor", None),
        "van": _officer("Vân", "operator", None),
        "an": _officer("An", "administrator", None),
    }
    token = make_token(province, PARTNER_RIGHTS, secret=PARTNER_SECRET, includes_subordinates=True)
    return Cast(
        province=province,
        department=department,
        commune=commune,
        elsewhere=elsewhere,
        lan=_as_citizen(users["lan"]),
        hung=_as_citizen(users["hung"]),
        minh=_as_officer(users["minh"]),
        hoa=_as_officer(users["hoa"]),
        nam=_as_officer(users["nam"]),
        tu=_as_officer(users["tu"]),
        van=_as_officer(users["van"]),
        an=_as_officer(users["an"]),
        cuc=partner_for(token),
        users=users,
        parties=parties,
        posts=_posts(users, commune=commune, elsewhere=elsewhere),
        token=token,
    )


def make_pack_role(code: str) -> Role:
    """The role of this code as the pack declares it, made once."""
    role = Role.objects.filter(code=code).first()
    if role is not None:
        return role
    declared = _declared_roles()[code]
    return make_role(
        declared["permissions"],
        code=code,
        name=declared["name"],
        needs_second_factor=declared.get("second_factor", False),
    )


@cache
def _declared_roles() -> dict[str, Any]:
    roles = yaml.safe_load(ROLES.read_text(encoding="utf-8"))["roles"]
    return {role["code"]: role for role in roles}


def _officer(name: str, role: str, agency: Agency | None) -> User:
    user = make_user(name, email=f"{role}-{agency.pk if agency else 0}@example.vn")
    given = make_pack_role(role)
    make_grant(user, given, agency)
    if given.needs_second_factor:
        give_second_factor(user)
    return user


def _citizen(name: str, party: Party) -> User:
    return make_user(
        name,
        email=f"citizen-{party.pk}@example.vn",
        kind=User.Kind.CITIZEN,
        party_key=party.pk,
        party_uuid=UUID(str(party.uuid)),
    )


def _posts(users: dict[str, User], *, commune: Agency, elsewhere: Agency) -> dict[str, Post]:
    since = date(2025, 7, 1)
    held = {
        "minh": (commune, "Cán bộ một cửa"),
        "hoa": (commune, "Trưởng bộ phận"),
        "nam": (elsewhere, "Cán bộ một cửa"),
    }
    posts = {}
    for who, (agency, title) in held.items():
        posts[who] = Post.objects.create(agency=agency, title=title, since=since)
        Holding.objects.create(
            user=users[who], post=posts[who], since=since, at=AT, actor="system:test"
        )
    return posts


def _as_officer(user: User) -> OfficerActor:
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def _as_citizen(user: User) -> CitizenActor:
    actor = actor_for(user)
    assert isinstance(actor, CitizenActor)
    return actor
