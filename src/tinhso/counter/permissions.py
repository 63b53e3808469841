"""The verbs of the counter that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class CounterPermission(Permission):
    """Rights at the counter (quyền tại quầy)."""

    KEEP_APPOINTMENTS = "counter:appointment:keep"
    OFFER_APPOINTMENTS = "counter:appointment:offer"

    CLOSE_DAY = "counter:day:close"
    READ_DAY = "counter:day:read"
    REOPEN_DAY = "counter:day:reopen"

    OPEN_DESK = "counter:desk:open"

    READ_LOAD = "counter:load:read"

    SERVE = "counter:ticket:serve"


WORDS: Mapping[Permission, StrOrPromise] = {
    CounterPermission.KEEP_APPOINTMENTS: _("Giữ lịch hẹn tại quầy"),
    CounterPermission.OFFER_APPOINTMENTS: _("Mở khung giờ hẹn"),
    CounterPermission.CLOSE_DAY: _("Đối chiếu, khóa sổ cuối ngày"),
    CounterPermission.READ_DAY: _("Xem đối chiếu cuối ngày"),
    CounterPermission.REOPEN_DAY: _("Mở lại sổ đã khóa"),
    CounterPermission.OPEN_DESK: _("Mở quầy lấy số"),
    CounterPermission.READ_LOAD: _("Xem lượng việc tại quầy"),
    CounterPermission.SERVE: _("Gọi số, phục vụ tại quầy"),
}
"""What each right is called on the screen."""
