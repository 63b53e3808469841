"""Where the pages of reports stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="reports.lists",
        group=_("Báo cáo"),
        label=_("Báo cáo định kỳ"),
        url_name="reports:lists",
        permission=ReportPermission.READ,
        order=60,
    ),
)
