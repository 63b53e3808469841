"""The verbs of payments that can be granted."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class PaymentPermission(Permission):
    """Rights on money (quyền về thu phí, lệ phí)."""

    EDIT_ACCOUNT = "payments:account:edit"

    WITHDRAW = "payments:charge:withdraw"

    CANCEL = "payments:payment:cancel"
    READ = "payments:payment:read"
    TAKE = "payments:payment:take"
