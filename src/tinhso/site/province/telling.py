"""Whom the built days tell: the accounts that the demo shows find the last notices, and nobody waits for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.events.models import Event
from tinhso.notifications import rules
from tinhso.notifications.jobs import reader
from tinhso.notifications.services import TOLD_WITHIN, notify

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.site.province.people import Staff

LAST = 150
"""Events that are told. All of the last week would take the reader of the log minutes, and the first new act waits."""


def tell_shown(staff: Staff, until: datetime) -> None:
    """Tell of what happened last where the shown accounts work; of all else that was built nobody is told.

    Every event must have its place: the reader of the log goes on behind the last of them.
    """
    places = {agency for agency, _role in staff.shown_at()}
    wanted = Event.objects.filter(kind__in=rules.kinds(), at__gte=until - TOLD_WITHIN)
    last = wanted.filter(agency__in=places).order_by("-at", "-pk")[:LAST]
    notify(list(reversed(last)), at=until)
    reader().pass_over()
