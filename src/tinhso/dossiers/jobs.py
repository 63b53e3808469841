"""The loops of this app: timers of workflows go off, silence ends dossiers, drafts that nobody touches go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.dossiers.services import apologising, drafting, keeping, mornings, timing
from tinhso.kernel import loops
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop

BATCH = 100
TIMER = SystemActor("timer")
SWEEPER = SystemActor("drafts")
TELLER = SystemActor("mornings")


def fire_timers() -> bool:
    """Let a batch of due alarms go off."""
    return timing.fire_due(actor=TIMER, at=clock.now(), limit=BATCH)


def stop_unanswered() -> bool:
    """Stop a batch of dossiers whose applicants let the day to answer pass."""
    return timing.stop_unanswered(actor=TIMER, at=clock.now(), limit=BATCH)


def lapse_opinions() -> bool:
    """Let a batch of opinions lapse whose agencies did not answer in time."""
    return timing.lapse_opinions(actor=TIMER, at=clock.now(), limit=BATCH)


def warn_of_drafts() -> bool:
    """Tell a batch of accounts that their drafts go within a week."""
    return keeping.warn(actor=SWEEPER, at=clock.now(), limit=BATCH) == BATCH


def sweep_drafts() -> bool:
    """Delete drafts after their thirty days."""
    drafting.sweep(actor=SWEEPER, at=clock.now())
    return False


FIRE_TIMERS = Loop("dossiers.timers", _("Hẹn giờ của quy trình"), 30, fire_timers)
STOP_UNANSWERED = Loop("dossiers.silence", _("Dừng hồ sơ quá hạn bổ sung"), 3600, stop_unanswered)
LAPSE_OPINIONS = Loop(
    "dossiers.opinions", _("Hết hạn cho ý kiến mà không trả lời"), 600, lapse_opinions
)
WARN_OF_DRAFTS = Loop("dossiers.draft_warnings", _("Báo bản nháp sắp bị xóa"), 3600, warn_of_drafts)
SWEEP_DRAFTS = Loop("dossiers.drafts", _("Xóa bản nháp quá 30 ngày"), 3600, sweep_drafts)


def note_overdue() -> bool:
    """Let the heads know of a batch of dossiers that became late without an apology."""
    return apologising.note_overdue(actor=TIMER, at=clock.now(), limit=BATCH) == BATCH


def tell_mornings() -> bool:
    """Tell the heads who want it how the day begins."""
    mornings.tell_mornings(actor=TELLER, at=clock.now())
    return False


TELL_MORNINGS = Loop("dossiers.mornings", _("Thư mỗi sáng cho người phụ trách"), 300, tell_mornings)
NOTE_OVERDUE = Loop("dossiers.overdue", _("Báo hồ sơ quá hạn chưa xin lỗi"), 600, note_overdue)


def register() -> None:
    """The worker runs these."""
    for loop in (
        FIRE_TIMERS,
        STOP_UNANSWERED,
        LAPSE_OPINIONS,
        WARN_OF_DRAFTS,
        SWEEP_DRAFTS,
        NOTE_OVERDUE,
        TELL_MORNINGS,
    ):
        loops.register(loop)
