"""Where the pages of inspections stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.inspections.permissions import InspectionPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="inspections.plans",
        group=_("Nhiệm vụ"),
        label=_("Kiểm tra"),
        url_name="inspections:plans",
        permission=InspectionPermission.READ,
        order=56,
    ),
)
