"""Once per key: what a partner system sends again under the same key changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.accounts.errors import KeyUsedOtherwise
from tinhso.accounts.models import SentKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.sendings import Sending


@transaction.atomic
def once(
    act: Callable[[], object], *, sending: Sending | None, actor: PartnerActor, at: datetime
) -> None:
    """Do an act unless the same was sent under this key before.

    The key is written first: two at once wait for each other here, and a refused act takes its key back with it.
    Refuses with `KeyUsedOtherwise` when something else came under the key.
    """
    if sending is None or _first_of(sending, actor, at) is not None:
        act()


@transaction.atomic
def made_once(
    make: Callable[[], UUID], *, sending: Sending | None, actor: PartnerActor, at: datetime
) -> tuple[UUID, bool]:
    """The same for what comes into being: its uuid, and whether this very sending made it."""
    if sending is None:
        return make(), True
    first = _first_of(sending, actor, at)
    if first is not None:
        first.subject = make()
        first.save(update_fields=["subject"])
        return first.subject, True
    known = SentKey.objects.get(owner=actor.key, key=sending.key)
    if known.subject is None:
        raise KeyUsedOtherwise
    return known.subject, False


def _first_of(sending: Sending, actor: PartnerActor, at: datetime) -> SentKey | None:
    """The key as it was written now; None when the same was sent under it before."""
    known, is_new = SentKey.objects.get_or_create(
        owner=actor.key, key=sending.key, defaults={"digest": sending.digest, "at": at}
    )
    if not is_new and bytes(known.digest) != sending.digest:
        raise KeyUsedOtherwise
    return known if is_new else None
