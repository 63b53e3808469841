"""Entries of the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.permissions import AgencyPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="agencies",
        group=_("Quản trị"),
        label=_("Danh bạ cơ quan"),
        url_name="agencies:directory",
        permission=AgencyPermission.READ,
        order=800,
    ),
    NavigationEntry(
        code="agencies-reforms",
        group=_("Quản trị"),
        label=_("Sắp xếp cơ quan"),
        url_name="agencies:reforms",
        permission=AgencyPermission.READ,
        order=810,
    ),
    NavigationEntry(
        code="agencies-restated",
        group=_("Quản trị"),
        label=_("Số liệu qua sắp xếp"),
        url_name="agencies:restated",
        permission=AgencyPermission.READ,
        order=820,
    ),
    NavigationEntry(
        code="agencies-directory",
        group=_("Cơ quan"),
        label=_("Danh bạ cơ quan"),
        url_name="agencies:directory",
        audience="portal",
        order=800,
    ),
)
