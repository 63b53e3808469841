"""The loops of this app: people are reminded of their tasks, periods of recurring tasks open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop
from tinhso.tasks.services import moving, proving, recurring, reminding

REMINDER = SystemActor("reminders")
MOVER = SystemActor("successors")
OPENER = SystemActor("periods")
PROVER = SystemActor("proofs")


def remind() -> bool:
    """Remind everybody whose office opens, once a day."""
    reminding.remind(actor=REMINDER, at=clock.now())
    return False


def open_periods() -> bool:
    """Open the periods of recurring tasks that have begun."""
    recurring.open_periods(actor=OPENER, at=clock.now())
    return False


def follow_ended() -> bool:
    """Move tasks that stand at agencies which have ended."""
    moving.follow_ended(actor=MOVER, at=clock.now())
    return False


def find_reached() -> bool:
    """Propose to leads what figures and dossiers show to be done."""
    proving.find_reached(actor=PROVER, at=clock.now())
    return False


FIND_REACHED = Loop("tasks.proofs", _("Đối chiếu nhiệm vụ với số liệu, hồ sơ"), 600, find_reached)
FOLLOW_ENDED = Loop(
    "tasks.successors", _("Chuyển nhiệm vụ của cơ quan đã kết thúc"), 3600, follow_ended
)
OPEN_PERIODS = Loop("tasks.periods", _("Mở kỳ của nhiệm vụ định kỳ"), 1800, open_periods)
REMIND = Loop("tasks.reminders", _("Nhắc việc mỗi ngày, báo lên cấp trên"), 300, remind)
ALL = (REMIND, FOLLOW_ENDED, OPEN_PERIODS, FIND_REACHED)
