"""Whom the built days tell: the accounts that the demo shows find the last notices, and nobody waits for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.accounts.models import Grant
from tinhso.events.models import Event
from tinhso.notifications import rules
from tinhso.notifications.jobs import read_log, reader
from tinhso.notifications.services import TOLD_WITHIN, notify
from tinhso.site.province.figures import place_all
from tinhso.site.province.people import SHOWN

if TYPE_CHECKING:
    from datetime import datetime

LAST = 150
"""Events that are told. All of the last week would take the reader of the log minutes, and the first new act waits."""


def tell_all() -> None:
    """Tell of everything that people did: what is played next tells nobody but the shown accounts."""
    place_all()
    while read_log():
        pass


def tell_shown(until: datetime) -> None:
    """Tell of what happened last where the shown accounts work; of all else that was played nobody is told.

    No process but this one may read the log meanwhile.
    """
    place_all()
    shown = Grant.objects.in_force(until).filter(reason=SHOWN, agency__isnull=False)
    places = set(shown.values_list("agency", flat=True))
    wanted = Event.objects.filter(kind__in=rules.kinds(), at__gte=until - TOLD_WITHIN)
    last = wanted.filter(agency__in=places).order_by("-at", "-pk")[:LAST]
    notify(list(reversed(last)), at=until)
    reader().pass_over()
