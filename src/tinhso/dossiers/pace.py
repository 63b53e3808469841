"""How long is left or lost, in working time, as a status with its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.calendars.working_time import WorkingCalendar

MINUTES_IN_AN_HOUR = 60
WORKING_DAY = 450
"""Minutes of a working day of seven and a half hours; only for saying "còn 6 ngày làm việc"."""


@dataclass(frozen=True)
class Pace:
    """A status (ok, near, late, wait, done, plain) and the words beside its shape."""

    state: Literal["ok", "near", "late", "wait", "done", "plain"]
    text: str


def amount(minutes: int) -> str:
    """Working minutes as working days, from one whole day on, else as hours, else as minutes."""
    if minutes >= WORKING_DAY:
        days = minutes // WORKING_DAY
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days) % {"n": days}
    if minutes >= MINUTES_IN_AN_HOUR:
        hours = minutes // MINUTES_IN_AN_HOUR
        return ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}
    return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}


def pace_of(
    *,
    due_at: datetime | None,
    near_at: datetime | None,
    is_paused: bool,
    at: datetime,
    calendar: WorkingCalendar,
    act: str = "",
) -> Pace:
    """Where work stands against its appointed time at that instant; `act` tells what timeless work waits for."""
    if is_paused:
        return Pace("wait", _("Chờ bổ sung"))
    if due_at is None:
        timeless = {
            "hand_over": Pace("done", _("Chờ trả")),
            "receive": Pace("plain", _("Chờ tiếp nhận")),
        }
        return timeless.get(act, Pace("plain", _("Chưa hẹn")))
    if at > due_at and not calendar.working_minutes(due_at, at):
        return Pace("late", _("Vừa quá hạn"))
    if at > due_at:
        return Pace(
            "late",
            _("Quá hạn %(amount)s") % {"amount": amount(calendar.working_minutes(due_at, at))},
        )
    left = _("Còn %(amount)s") % {"amount": amount(calendar.working_minutes(at, due_at))}
    return Pace("near" if near_at is not None and at >= near_at else "ok", left)


def finished_pace(
    *,
    due_at: datetime | None,
    finished_at: datetime,
    calendar: WorkingCalendar,
    is_refused: bool = False,
) -> Pace:
    """How finished work kept its appointed time; what was refused says so first."""
    if due_at is None or finished_at <= due_at:
        return Pace("plain", _("Từ chối, đúng hạn")) if is_refused else Pace("done", _("Đúng hạn"))
    lost = {"amount": amount(calendar.working_minutes(due_at, finished_at))}
    words = _("Từ chối, trễ %(amount)s") if is_refused else _("Trễ %(amount)s")
    return Pace("late", words % lost)
