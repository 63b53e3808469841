"""Where the pages of parties stand in the officers' menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.parties.permissions import PartyPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        "joining",
        _("Một cửa"),
        _("Kết nối tài khoản"),
        "parties:joining",
        permission=PartyPermission.VERIFY,
        order=27,
    ),
)
"""The lines of the menu."""
