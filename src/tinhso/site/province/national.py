"""The token by which the pages that play the national portal speak to the province of this house."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.accounts.services import tokens
from tinhso.agencies.queries import agency_by_key
from tinhso.dossiers.permissions import DossierPermission
from tinhso.site.loopback import token_path

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

NAME = "Cổng Dịch vụ công quốc gia (đóng vai)"


def open_way(*, actor: Actor, now: datetime) -> bool:
    """Issue the token and keep its secret in the house; False when it has one. `now` is of the real clock."""
    path = token_path()
    if path.exists():
        return False
    _token, secret = tokens.issue(
        name=NAME,
        permissions=[DossierPermission.RELAY_NATIONAL.value],
        agency=agency_by_key(settings.PROVINCE_KEY).pk,
        includes_subordinates=True,
        expires_at=now + tokens.LONGEST,
        actor=actor,
        at=now,
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as kept:
        kept.write(secret)
    return True
