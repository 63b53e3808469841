"""An officer keeps filters of the queue under a name (bộ lọc đã lưu)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.accounts.models import User
from tinhso.dossiers import events
from tinhso.dossiers.errors import TooManyViews, ViewNotFound
from tinhso.dossiers.models import SavedView
from tinhso.dossiers.permissions import DossierPermission
from tinhso.events.services import record
from tinhso.kernel.errors import Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

MOST = 20
LONGEST_NAME = 60


@transaction.atomic
def save_view(
    name: str, filters: Mapping[str, str], *, is_default: bool, actor: Actor, at: datetime
) -> SavedView:
    """Keep filters under a name (lưu bộ lọc); the same name again replaces what stood there."""
    require(actor, DossierPermission.READ_QUEUE, at=at)
    owner = _locked(actor)
    named = " ".join(name.split())
    if not 0 < len(named) <= LONGEST_NAME or not named.isprintable():
        raise Invalid({"name": [_("Nhập tên bộ lọc, tối đa 60 ký tự.")]})
    own = SavedView.objects.filter(owner=owner)
    if own.exclude(name=named).count() >= MOST:
        raise TooManyViews(limit=MOST)
    if is_default:
        own.update(is_default=False)
    view, _is_new = SavedView.objects.update_or_create(
        name=named, owner_id=owner, defaults={"filters": dict(filters), "is_default": is_default}
    )
    record(
        events.VIEW_SAVED, subject=view.uuid, actor=actor, at=at, payload={"is_default": is_default}
    )
    return view


@transaction.atomic
def set_default_view(key: UUID, *, is_default: bool, actor: Actor, at: datetime) -> SavedView:
    """Let the queue open with this view, or no longer (đặt mặc định)."""
    require(actor, DossierPermission.READ_QUEUE, at=at)
    view = _own(key, actor)
    SavedView.objects.filter(owner=view.owner_id).update(is_default=False)
    view.is_default = is_default
    view.save(update_fields=["is_default"])
    record(
        events.VIEW_SAVED, subject=view.uuid, actor=actor, at=at, payload={"is_default": is_default}
    )
    return view


@transaction.atomic
def remove_view(key: UUID, *, actor: Actor, at: datetime) -> None:
    """Forget a view (xóa bộ lọc)."""
    require(actor, DossierPermission.READ_QUEUE, at=at)
    _own(key, actor).delete()
    record(events.VIEW_REMOVED, subject=key, actor=actor, at=at)


def _locked(actor: Actor) -> int:
    """The officer, locked, so that two saves at once keep one default; only people have views."""
    person = getattr(actor, "user", None)
    if person is None:
        raise ViewNotFound
    owner: int = User.objects.select_for_update(no_key=True).get(pk=person).pk
    return owner


def _own(key: UUID, actor: Actor) -> SavedView:
    found = SavedView.objects.filter(owner=_locked(actor), uuid=key).first()
    if found is None:
        raise ViewNotFound
    return found
