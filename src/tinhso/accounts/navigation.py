"""Where the pages of accounts stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.accounts.permissions import AccountPermission
from tinhso.ui.navigation import NavigationEntry

GROUP = _("Quản trị")
ENTRIES = (
    NavigationEntry(
        code="accounts.people",
        group=GROUP,
        label=_("Người dùng"),
        url_name="accounts:people",
        permission=AccountPermission.READ_USER,
        order=710,
    ),
    NavigationEntry(
        code="accounts.roles",
        group=GROUP,
        label=_("Vai trò"),
        url_name="accounts:roles",
        permission=AccountPermission.READ_ROLE,
        order=720,
    ),
    NavigationEntry(
        code="accounts.tokens",
        group=GROUP,
        label=_("Mã truy cập kết nối"),
        url_name="accounts:tokens",
        permission=AccountPermission.READ_TOKEN,
        order=730,
    ),
)
