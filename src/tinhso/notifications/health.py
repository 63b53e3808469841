"""What the health page asks of notifications."""

from __future__ import annotations

from django.conf import settings

from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.notifications.jobs import reader
from tinhso.notifications.models import Mail, RuleFailure

FAR_BEHIND = 5_000


def _mail() -> Health:
    if not settings.MAIL_IS_ON:
        return Health(State.WARNING, "Chưa đặt máy chủ thư (TINHSO_SMTP): không gửi thư điện tử.")
    dead = Mail.objects.given_up().count()
    waiting = Mail.objects.waiting().count()
    state = State.WARNING if dead else State.OK
    return Health(state, f"Thư chờ gửi: {waiting}; không gửi được: {dead}.", dead)


def _reading() -> Health:
    behind, failures = reader().behind(), RuleFailure.objects.count()
    state = State.WARNING if failures or behind > FAR_BEHIND else State.OK
    return Health(state, f"Thông báo còn phải đọc {behind} sự kiện; lỗi {failures}.", behind)


MAIL = HealthCheck("notifications.mail", "Thư điện tử", _mail)
READING = HealthCheck("notifications.reader", "Thông báo", _reading)
