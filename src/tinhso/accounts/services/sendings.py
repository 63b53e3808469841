"""Once per key: what a partner system sends again under the same key changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.accounts.errors import KeyUsedOtherwise
from tinhso.accounts.models import SentKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.sendings import Sending


@transaction.atomic
def once(
    act: Callable[[], object], *, sending: Sending | None, actor: PartnerActor, at: datetime
) -> bool:
    """Do an act unless the same was sent under this key before; whether it was done now.

    The key is written first: two at once wait for each other here, and a refused act takes its key back with it.
    Refuses with `KeyUsedOtherwise` when something else came under the key.
    """
    if sending is None:
        act()
        return True
    known, is_new = SentKey.objects.get_or_create(
        owner=actor.key, key=sending.key, defaults={"digest": sending.digest, "at": at}
    )
    if is_new:
        act()
    elif bytes(known.digest) != sending.digest:
        raise KeyUsedOtherwise
    return is_new
