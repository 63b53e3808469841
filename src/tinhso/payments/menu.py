"""Where the pages of payments stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.payments.permissions import PaymentPermission
from tinhso.ui.navigation import NavigationEntry

ENTRIES = (
    NavigationEntry(
        code="payments.day",
        group=_("Một cửa"),
        label=_("Bảng kê thu trong ngày"),
        url_name="payments:day",
        permission=PaymentPermission.READ,
        order=35,
    ),
    NavigationEntry(
        code="payments.accounts",
        group=_("Quản trị"),
        label=_("Tài khoản thu phí"),
        url_name="payments:accounts",
        permission=PaymentPermission.EDIT_ACCOUNT,
        order=845,
    ),
)
