"""Kinds of event of notifications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

EMAIL_CHOSEN = EventKind(
    "notifications.email_chosen", _("Chọn nhận thư điện tử"), {"wants_email": "boolean"}
)
MAIL_RETRIED = EventKind("notifications.mail_retried", _("Gửi lại thư"), {"tries": "integer"})
