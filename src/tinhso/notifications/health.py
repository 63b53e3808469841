"""What the health page asks of notifications."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.notifications.jobs import reader
from tinhso.notifications.models import Mail, RuleFailure

FAR_BEHIND = 5_000


def _mail() -> Health:
    if not settings.MAIL_IS_ON:
        return Health(
            State.WARNING, _("Chưa đặt máy chủ thư (TINHSO_SMTP): không gửi thư điện tử.")
        )
    dead = Mail.objects.given_up().count()
    waiting = Mail.objects.waiting().count()
    state = State.WARNING if dead else State.OK
    sentence = _("Thư chờ gửi: {waiting}; không gửi được: {dead}.")
    return Health(state, sentence.format(waiting=waiting, dead=dead), dead)


def _reading() -> Health:
    behind, failures = reader().behind(), RuleFailure.objects.count()
    state = State.WARNING if failures or behind > FAR_BEHIND else State.OK
    sentence = _("Thông báo còn phải đọc {behind} sự kiện; lỗi {failures}.")
    return Health(state, sentence.format(behind=behind, failures=failures), behind)


MAIL = HealthCheck("notifications.mail", gettext_lazy("Thư điện tử"), _mail)
READING = HealthCheck("notifications.reader", gettext_lazy("Thông báo"), _reading)
