"""Where the pages of the counter stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.counter.permissions import CounterPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="counter.serving",
        group=_("Một cửa"),
        label=_("Gọi số"),
        url_name="counter:serving",
        permission=CounterPermission.SERVE,
        order=15,
    ),
    NavigationEntry(
        code="counter.appointments",
        group=_("Một cửa"),
        label=_("Lịch hẹn"),
        url_name="counter:appointments",
        permission=CounterPermission.KEEP_APPOINTMENTS,
        order=16,
    ),
    NavigationEntry(
        code="counter.load",
        group=_("Một cửa"),
        label=_("Lượng việc tại quầy"),
        url_name="counter:load",
        permission=CounterPermission.READ_LOAD,
        order=37,
    ),
    NavigationEntry(
        code="counter.day",
        group=_("Một cửa"),
        label=_("Đối chiếu cuối ngày"),
        url_name="counter:day",
        permission=CounterPermission.READ_DAY,
        order=36,
    ),
)
