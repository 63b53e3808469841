"""What can be refused of notifications, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, NotAllowed, NotFound


class NotificationUnknown(NotFound):
    """There is no such notification, or it is somebody else's."""

    code = "notifications.unknown"


class NobodyToNotify(NotAllowed):
    """A visitor has neither notifications nor a choice about them."""

    code = "notifications.nobody"
    message = _("Đăng nhập để xem thông báo của bạn.")


class MailNotGivenUp(Conflict):
    """The mail was sent or is still being tried; there is nothing to try anew."""

    code = "notifications.mail_not_given_up"
    message = _("Thư này đã gửi hoặc còn đang được gửi.")
