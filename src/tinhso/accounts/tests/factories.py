"""People, roles and grants for tests: plain functions with defaults that hold."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tinhso.accounts.models import Grant, PartnerToken, Post, Role, RolePermission, User
from tinhso.accounts.services.tokens import digest_of
from tinhso.events.models import Event
from tinhso.kernel.folding import sort_key, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.agencies.models import Agency

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Friday 20 November 2026, 9:00 in Vietnam."""
BEGUN = date(2020, 1, 1)


def make_user(
    name: str = "Minh",
    *,
    email: str = "",
    kind: str = User.Kind.OFFICER,
    password: str | None = None,
    **fields: object,
) -> User:
    """A user whose e-mail is proved; without a password nobody can sign in."""
    address = email or f"{uuid.uuid4().hex[:12]}@example.vn"
    user = User(
        email=address,
        name=name,
        kind=kind,
        sort_key=sort_key(name),
        words=tokens(f"{name} {address}"),
        created_at=AT,
        **fields,
    )
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def make_role(
    permissions: Iterable[str] = (),
    *,
    code: str = "",
    name: str = "",
    needs_second_factor: bool = False,
) -> Role:
    """A role that holds these rights."""
    given = code or f"role-{uuid.uuid4().hex[:8]}"
    role = Role.objects.create(
        code=given,
        name=name or given,
        needs_second_factor=needs_second_factor,
        pack="test",
        version="1",
    )
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=str(permission)) for permission in permissions
    )
    return role


def give_second_factor(user: User) -> Authenticator:
    """An authenticator app joined to the account."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )


def make_grant(
    user: User,
    role: Role,
    agency: Agency | None = None,
    *,
    since: date = BEGUN,
    until: date | None = None,
    includes_subordinates: bool = False,
    reason: str = "Phân công thử nghiệm",
) -> Grant:
    """The role for the user at the agency; without an agency, in the whole province."""
    return Grant.objects.create(
        user=user,
        role=role,
        agency=agency,
        includes_subordinates=includes_subordinates,
        since=since,
        until=until,
        reason=reason,
        at=AT,
        actor="system:test",
    )


def make_post(agency: Agency, title: str = "Chuyên viên", *, since: date = BEGUN) -> Post:
    """A post at the agency."""
    return Post.objects.create(agency=agency, title=title, since=since)


def make_token(
    agency: Agency | None = None,
    permissions: Iterable[str] = (),
    *,
    secret: str = "",
    name: str = "Hệ thống của Cục",
    includes_subordinates: bool = False,
) -> PartnerToken:
    """A partner's token that ends in 2128; with `secret` it can be presented."""
    text = secret or uuid.uuid4().hex
    return PartnerToken.objects.create(
        name=name,
        digest=digest_of(text),
        hint=text[:4],
        permissions=[str(permission) for permission in permissions],
        agency=agency,
        includes_subordinates=includes_subordinates,
        at=datetime(2020, 1, 1, tzinfo=UTC),
        expires_at=datetime(2128, 1, 1, tzinfo=UTC),
        actor="system:test",
    )


def last_event() -> Event:
    """The event recorded last."""
    event = Event.objects.order_by("-pk").first()
    assert event is not None
    return event
