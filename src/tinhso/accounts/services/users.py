"""Accounts of people: creating, signing up, closing, opening again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from tinhso.accounts import errors, events
from tinhso.accounts.models import Deactivation, Reactivation, User
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services.reach import is_self, require_over_person
from tinhso.events.services import record
from tinhso.kernel.folding import sort_key, tokens
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


@transaction.atomic
def create(
    *, email: str, name: str, actor: Actor, at: datetime, password: str | None = None
) -> User:
    """Create an officer's account (tạo tài khoản cán bộ).

    Without a password it waits for one to be chosen by link. Refuses with `EmailTaken`. The e-mail
    counts as proved: the agency vouches for it.
    """
    require(actor, AccountPermission.CREATE_USER, at=at)
    user = _add(email=email, name=name, kind=User.Kind.OFFICER, password=password, at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(events.USER_CREATED, subject=user.uuid, actor=actor, at=at, payload={"kind": user.kind})
    return user


@transaction.atomic
def sign_up(*, email: str, name: str, password: str | None, actor: Actor, at: datetime) -> User:
    """A citizen opens an account (đăng ký tài khoản công dân); the e-mail is not proved yet."""
    user = _add(email=email, name=name, kind=User.Kind.CITIZEN, password=password, at=at)
    record(events.USER_CREATED, subject=user.uuid, actor=actor, at=at, payload={"kind": user.kind})
    return user


def _add(*, email: str, name: str, kind: str, password: str | None, at: datetime) -> User:
    address = email.strip().lower()
    shown = " ".join(name.split())
    if User.objects.filter(email=address).exists():
        raise errors.EmailTaken
    user = User(
        email=address,
        name=shown,
        kind=kind,
        sort_key=sort_key(shown),
        words=tokens(f"{shown} {address}"),
        created_at=at,
    )
    user.set_password(password)
    user.save(force_insert=True)
    return user


@transaction.atomic
def rename(user: User, *, name: str, actor: Actor, at: datetime) -> User:
    """Correct a person's name (sửa họ tên): by themselves, or by who may create accounts."""
    locked = locked_user(user.uuid)
    if not is_self(actor, locked):
        require_over_person(actor, AccountPermission.CREATE_USER, user=locked, at=at)
    locked.name = " ".join(name.split())
    locked.sort_key = sort_key(locked.name)
    locked.words = tokens(f"{locked.name} {locked.email}")
    locked.save(update_fields=["name", "sort_key", "words"])
    record(events.USER_RENAMED, subject=locked.uuid, actor=actor, at=at)
    return locked


@transaction.atomic
def deactivate(key: UUID, *, actor: Actor, reason: str, at: datetime) -> User:
    """Close an account (khóa tài khoản): it signs in no more and holds nothing; its past stays."""
    user = locked_user(key)
    require_over_person(actor, AccountPermission.DEACTIVATE_USER, user=user, at=at)
    if is_self(actor, user):
        raise errors.NotToOneself
    if not user.is_active:
        raise errors.UserAlreadyDeactivated
    Deactivation.objects.create(user=user, at=at, actor=actor.key, reason=reason)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(events.USER_DEACTIVATED, subject=user.uuid, actor=actor, at=at)
    return user


@transaction.atomic
def reactivate(key: UUID, *, actor: Actor, reason: str, at: datetime) -> User:
    """Open a closed account again (mở khóa tài khoản)."""
    user = locked_user(key)
    require_over_person(actor, AccountPermission.DEACTIVATE_USER, user=user, at=at)
    if user.is_active:
        raise errors.UserIsActive
    last = Deactivation.objects.filter(user=user, reactivation=None).latest("pk")
    Reactivation.objects.create(deactivation=last, at=at, actor=actor.key, reason=reason)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(events.USER_REACTIVATED, subject=user.uuid, actor=actor, at=at)
    return user


@transaction.atomic
def link_party(key: UUID, *, party: int, party_uuid: UUID, actor: Actor, at: datetime) -> User:
    """Say for which party a citizen's account stands; `parties` judges whether it may."""
    user = locked_user(key)
    if user.is_officer:
        raise errors.NotACitizenAccount
    if user.party_key is not None or User.objects.filter(party_key=party).exists():
        raise errors.PartyAlreadyLinked
    user.party_key = party
    user.party_uuid = party_uuid
    user.save(update_fields=["party_key", "party_uuid"])
    record(
        events.PARTY_LINKED,
        subject=user.uuid,
        actor=actor,
        at=at,
        payload={"party": str(party_uuid)},
    )
    return user


def locked_user(key: UUID) -> User:
    """The user, locked until the act is over; refuses with `UserNotFound`."""
    user: User | None = User.objects.select_for_update().filter(uuid=key).first()
    if user is None:
        raise errors.UserNotFound
    return user


def officer_for_change(key: UUID) -> User:
    """The officer, locked, to whom something is to be given; refuses closed and citizens' accounts."""
    user = locked_user(key)
    if not user.is_officer:
        raise errors.CitizenHoldsNothing
    if not user.is_active:
        raise errors.UserInactive
    return user
