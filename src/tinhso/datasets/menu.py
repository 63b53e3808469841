"""Where the pages of shared data stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.datasets.permissions import DatasetPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="datasets.sources",
        group=_("Báo cáo"),
        label=_("Kho dữ liệu"),
        url_name="datasets:sources",
        permission=DatasetPermission.READ,
        order=62,
    ),
)
