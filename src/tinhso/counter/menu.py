"""Where the pages of the counter stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.counter.permissions import CounterPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="counter.day",
        group=_("Một cửa"),
        label=_("Đối chiếu cuối ngày"),
        url_name="counter:day",
        permission=CounterPermission.READ_DAY,
        order=36,
    ),
)
