"""Who works and who applies in the demo: given names only, numbers that no authority gives."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from tinhso.accounts.actors import OfficerActor
from tinhso.accounts.models import Grant, Role, User
from tinhso.accounts.services import rights, users
from tinhso.kernel.folding import fold, sort_key, tokens
from tinhso.parties.facts import PartyFacts, plan_register, read
from tinhso.parties.models import Party, PartyKey
from tinhso.parties.services import register_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.kernel.actors import Actor

GIVEN = [
    "An",
    "Bình",
    "Châu",
    "Chi",
    "Dung",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hiếu",
    "Hoa",
    "Hòa",
    "Hồng",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Ngân",
    "Ngọc",
    "Nhung",
    "Phong",
    "Phúc",
    "Phương",
    "Quang",
    "Quân",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Thanh",
    "Thảo",
    "Thu",
    "Thúy",
    "Trang",
    "Tú",
    "Tuấn",
    "Tùng",
    "Uyên",
    "Vân",
    "Vinh",
    "Xuân",
    "Yến",
]
SHOWN = "Tài khoản mẫu"
"""The reason of the grants to accounts whose sign-in is printed."""
CITIZEN, CITIZEN_EMAIL = "Công dân", "lan@tinhso.example"
STREETS = ("Thôn Một", "Thôn Hai", "Thôn Ba", "Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3")


@dataclass(frozen=True)
class SignIn:
    """One of the accounts that the demo shows: role, address, password."""

    role: str
    email: str
    password: str


@dataclass
class Staff:
    """Officers of the demo by agency and role."""

    by_place: dict[tuple[int, str], list[OfficerActor]] = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)
    by_user: dict[int, OfficerActor] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    """Users whose sign-in is printed: they may have all the work of a place today, not that of the days to come."""

    def at(self, agency: int, role: str, rng: random.Random) -> OfficerActor:
        """Somebody with the role at the agency."""
        return rng.choice(self.by_place[agency, role])

    def lacks(self, place: tuple[int, str]) -> bool:
        """Whether nobody is there but those whose sign-in is printed."""
        return all(officer.user in self.shown for officer in self.by_place.get(place, []))

    def person(self, user: int) -> OfficerActor | None:
        """One of these officers by user key."""
        return self.by_user.get(user)

    def hire(self, agency: int, role: str, officer: OfficerActor) -> None:
        """Somebody begins at a place."""
        self.by_place.setdefault((agency, role), []).append(officer)
        self.by_user[officer.user] = officer


def employ(
    staff: Staff,
    places: Iterable[tuple[int, str]],
    *,
    since: date,
    until: date | None,
    actor: Actor,
    at: datetime,
    rng: random.Random,
) -> None:
    """An officer for each place (agency, role) that has none of these; nobody signs in with their accounts."""
    roles = {role.code: role for role in Role.objects.all()}
    wanted = [place for place in dict.fromkeys(places) if staff.lacks(place)]
    made = []
    for agency, role in wanted:
        name = f"{rng.choice(GIVEN)} {agency % 1000:03d}"
        email = f"{role}-{agency}-{since:%Y}@tinhso.example"
        user = User(
            email=email,
            name=name,
            kind=User.Kind.OFFICER,
            sort_key=sort_key(name),
            words=tokens(f"{name} {email}"),
            created_at=at,
        )
        user.set_unusable_password()
        made.append(user)
    User.objects.bulk_create(made)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    Grant.objects.bulk_create(
        Grant(
            user=user,
            role=roles[role],
            agency_id=agency,
            includes_subordinates=False,
            since=since,
            until=until,
            reason="Phân công mẫu",
            at=at,
            actor=actor.key,
        )
        for user, (agency, role) in zip(made, wanted, strict=True)
    )
    for user, place in zip(made, wanted, strict=True):
        staff.hire(*place, OfficerActor(user=user.pk, uuid=user.uuid, name=user.name))


def at_work(at: datetime) -> Staff:
    """The officers of this house with whose accounts nobody signs in, where they hold a role now."""
    staff = Staff()
    grants = Grant.objects.in_force(at).filter(agency__isnull=False)
    held = grants.filter(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    for grant in held.select_related("user", "role").order_by("pk"):
        officer = OfficerActor(user=grant.user.pk, uuid=grant.user.uuid, name=grant.user.name)
        staff.hire(grant.agency_id or 0, grant.role.code, officer)
    return staff


def sign_in_for(
    staff: Staff,
    role: str,
    label: str,
    name: str,
    agency: int | None,
    *,
    since: date,
    deep: bool,
    actor: Actor,
    at: datetime,
) -> OfficerActor:
    """An account that the demo shows, with a password of this house alone."""
    password = secrets.token_urlsafe(9)
    email = f"{fold(name).replace(' ', '.')}.{role}@tinhso.example"
    user = users.create(email=email, name=name, password=password, actor=actor, at=at)
    rights.grant(
        user.uuid,
        role=role,
        agency=agency,
        includes_subordinates=deep,
        since=since,
        until=None,
        reason=SHOWN,
        actor=actor,
        at=at,
    )
    shown = OfficerActor(user=user.pk, uuid=user.uuid, name=user.name)
    staff.shown.add(user.pk)
    if agency is not None:
        staff.hire(agency, role, shown)
    staff.sign_ins.append(SignIn(label, email, password))
    return shown


def citizen_sign_in(staff: Staff, *, at: datetime) -> Party:
    """Lan, a citizen with an account of her own; her party."""
    password = secrets.token_urlsafe(9)
    from tinhso.accounts.actors import actor_for  # noqa: PLC0415
    from tinhso.kernel.actors import SystemActor  # noqa: PLC0415

    user = users.sign_up(
        email=CITIZEN_EMAIL, name="Lan", password=password, actor=SystemActor("demo"), at=at
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    facts = PartyFacts(
        name="Lan", personal_id="000190000412", phone="0000000412", address="Thôn Một"
    )
    party = register_own(user.uuid, facts, actor=actor_for(user), at=at)
    staff.sign_ins.append(SignIn(CITIZEN, CITIZEN_EMAIL, password))
    return party


def populate(
    count: int, *, at: datetime, on: date, rng: random.Random, first: int = 1
) -> list[Party]:
    """People who apply: a given name and a number, an ID that begins with 000."""
    made: list[Party] = []
    keys: list[PartyKey] = []
    for number in range(first, first + count):
        facts = read(
            PartyFacts(
                name=f"{rng.choice(GIVEN)} {number:05d}",
                personal_id=f"000{rng.choice('0123')}{rng.randint(50, 99)}{number:06d}",
                phone=f"0000{number:06d}",
                address=rng.choice(STREETS),
            ),
            on=on,
        )
        rows = plan_register(
            facts, key=UUID(int=rng.getrandbits(128), version=4), agency=None, at=at
        )
        made.append(rows.party)
        keys += rows.keys
    Party.objects.bulk_create(made, batch_size=2000)
    PartyKey.objects.bulk_create(keys, batch_size=4000)
    return made
