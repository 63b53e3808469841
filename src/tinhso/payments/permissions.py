"""The verbs of payments that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class PaymentPermission(Permission):
    """Rights on money (quyền về thu phí, lệ phí)."""

    EDIT_ACCOUNT = "payments:account:edit"

    WITHDRAW = "payments:charge:withdraw"

    CANCEL = "payments:payment:cancel"
    READ = "payments:payment:read"
    TAKE = "payments:payment:take"


WORDS: Mapping[Permission, StrOrPromise] = {
    PaymentPermission.EDIT_ACCOUNT: _("Sửa tài khoản nhận tiền"),
    PaymentPermission.WITHDRAW: _("Rút khoản phải thu"),
    PaymentPermission.CANCEL: _("Hủy biên lai"),
    PaymentPermission.READ: _("Xem khoản thu và biên lai"),
    PaymentPermission.TAKE: _("Thu phí, lệ phí"),
}
"""What each right is called on the screen."""
