"""New passwords for the accounts that a restored demo shows: those of its first house are in no backup."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from tinhso.accounts.models import Grant, User
from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.site.province.people import CITIZEN, CITIZEN_EMAIL, SHOWN, SignIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


def give_passwords(home: Path, *, at: datetime) -> list[SignIn]:
    """Each shown account gets a password of this house alone, noted where the launcher finds it.

    Without the mark to go on from: the restored province is shown as it stood.
    """
    given = list(_given(at))
    note = {"address_path": "/", "sign_ins": [vars(sign_in) for sign_in in given]}
    path = home / "demo.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(note, ensure_ascii=False, indent=1))
    return given


def _given(at: datetime) -> Iterator[SignIn]:
    # A reform has moved some of their grants, and written its own reason into them.
    shown = Grant.objects.filter(reason=SHOWN).values("user")
    for user in User.objects.filter(pk__in=shown, is_active=True).order_by("pk"):
        held = Grant.objects.in_force(at).filter(user=user).select_related("role").order_by("pk")
        yield _with_new_password(_label(held.first(), at) or user.name, user)
    for user in User.objects.filter(email=CITIZEN_EMAIL, is_active=True):
        yield _with_new_password(CITIZEN, user)


def _label(grant: Grant | None, at: datetime) -> str:
    """The role and where it is held now."""
    if grant is None:
        return ""
    place = name_of(grant.agency_id, day_of(at)) if grant.agency_id else ""
    return f"{grant.role.name} {place}".strip()


def _with_new_password(label: str, user: User) -> SignIn:
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=["password"])
    return SignIn(label, user.email, password)
