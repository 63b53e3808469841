"""A province for the measure: agencies, the procedures of the packs, open channels, a partner's token.

Sequences of keys begin far apart, so that a recorded statement says by the number alone which key stands where.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from tinhso.accounts.services import tokens
from tinhso.agencies.models import AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import now
from tinhso.dossiers.models import Channel, ChannelRule
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from datetime import datetime

FIRST_KEYS = {
    "dossiers_dossier": 5_000_000,
    "parties_party": 7_000_000,
    "agencies_agency": 3_000_000,
}
PROVINCE_CODE = "H99"
ACTOR = SystemActor("bench")


def seed(agencies: int) -> dict[str, Any]:
    """Make everything; the secret of the token, the codes of the communes, their first and last key."""
    at = now()
    with connection.cursor() as cursor:
        for table, first in FIRST_KEYS.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first])
    establish(
        key=settings.PROVINCE_KEY,
        kind=AgencyKind.PROVINCE,
        facts={"name": "Tỉnh Thử nghiệm", "level": Level.PROVINCE, "agency_code": PROVINCE_CODE},
        since=None,
        actor=ACTOR,
        at=at,
    )
    codes = [f"{PROVINCE_CODE}.{number:03d}" for number in range(1, agencies + 1)]
    communes = [_commune(code, at) for code in codes]
    services.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=at)
    for channel in Channel:
        ChannelRule.objects.create(
            channel=channel.value, period=(date(2020, 1, 1), None), legal_basis="bench"
        )
    return {
        "secret": _token(at),
        "codes": codes,
        "first": min(communes),
        "last": max(communes),
    }


def _commune(code: str, at: datetime) -> int:
    facts = {
        "name": f"Xã số {code[-3:]}",
        "level": Level.COMMUNE,
        "agency_code": code,
        "parent": settings.PROVINCE_KEY,
    }
    made = establish(key=code, kind=AgencyKind.COMMUNE, facts=facts, since=None, actor=ACTOR, at=at)
    return made.pk


def _token(at: datetime) -> str:
    _issued, secret = tokens.issue(
        name="bench",
        permissions=["dossiers:dossier:submit_for", "dossiers:dossier:relay_national"],
        agency=None,
        includes_subordinates=False,
        expires_at=at + timedelta(days=30),
        actor=ACTOR,
        at=at,
    )
    return secret
