"""The loops of this app: timers of workflows go off, silence ends dossiers, drafts that nobody touches go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.dossiers.services import drafting, keeping, timing
from tinhso.kernel import loops
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop

BATCH = 100
TIMER = SystemActor("timer")
SWEEPER = SystemActor("drafts")


def fire_timers() -> bool:
    """Let a batch of due alarms go off."""
    return timing.fire_due(actor=TIMER, at=clock.now(), limit=BATCH)


def stop_unanswered() -> bool:
    """Stop a batch of dossiers whose applicants let the day to answer pass."""
    return timing.stop_unanswered(actor=TIMER, at=clock.now(), limit=BATCH)


def warn_of_drafts() -> bool:
    """Tell a batch of accounts that their drafts go within a week."""
    return keeping.warn(actor=SWEEPER, at=clock.now(), limit=BATCH) == BATCH


def sweep_drafts() -> bool:
    """Delete drafts after their thirty days."""
    drafting.sweep(actor=SWEEPER, at=clock.now())
    return False


FIRE_TIMERS = Loop("dossiers.timers", _("Hẹn giờ của quy trình"), 30, fire_timers)
STOP_UNANSWERED = Loop("dossiers.silence", _("Dừng hồ sơ quá hạn bổ sung"), 3600, stop_unanswered)
WARN_OF_DRAFTS = Loop("dossiers.draft_warnings", _("Báo bản nháp sắp bị xóa"), 3600, warn_of_drafts)
SWEEP_DRAFTS = Loop("dossiers.drafts", _("Xóa bản nháp quá 30 ngày"), 3600, sweep_drafts)


def register() -> None:
    """The worker runs these."""
    for loop in (FIRE_TIMERS, STOP_UNANSWERED, WARN_OF_DRAFTS, SWEEP_DRAFTS):
        loops.register(loop)
