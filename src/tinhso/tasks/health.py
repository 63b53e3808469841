"""What the health page asks of tasks."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.calendars import clock
from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.errors import CalendarMissing
from tinhso.calendars.queries import working_calendar
from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.tasks.models import ReminderDay
from tinhso.tasks.reminders import rules

PATIENCE = timedelta(hours=2)
"""So long after the offices opened everybody has been reminded."""


def _reminders() -> Health:
    at = clock.now()
    today = day_of(at)
    done = ReminderDay.objects.filter(day=today).first()
    if done is not None:
        told = _("Đã nhắc việc hôm nay: {told} người.").format(told=done.told)
        return Health(State.OK, told, done.told)
    if not rules.in_force():
        return Health(State.WARNING, _("Chưa có quy tắc nhắc việc: áp dụng gói tasks."))
    try:
        shifts = working_calendar().shifts_on(today)
    except CalendarMissing:
        return Health(State.WARNING, _("Chưa có lịch làm việc: không nhắc việc."))
    if shifts and at > instant(today, shifts[0][0]) + PATIENCE:
        return Health(State.WARNING, _("Hôm nay chưa nhắc việc xong."))
    return Health(State.OK, _("Chưa đến giờ nhắc việc hôm nay."))


REMINDERS = HealthCheck("tasks.reminders", gettext_lazy("Nhắc việc"), _reminders)
