"""The loop of reports: periods end, days come near, days pass."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.indicators.reports.services import call_ended, find_late, remind
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop

CALLER = SystemActor("reports")


def run() -> bool:
    """Call for reports of ended periods, remind who has not submitted, note who is late."""
    at = clock.now()
    call_ended(actor=CALLER, at=at)
    remind(actor=CALLER, at=at)
    find_late(actor=CALLER, at=at)
    return False


CALL = Loop("indicators.reports", _("Đến kỳ, nhắc hạn báo cáo"), 1800, run)
