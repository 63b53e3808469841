"""The verbs of payments that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.actors import Actor


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


def holds_over(actor: Actor, permission: PaymentPermission, *, agency: int, at: datetime) -> bool:
    """Whether the right is held at the agency, or over all who follow it once it has ended."""
    scope = actor.scope(permission, at=at)
    return agency in scope or agency in inherited(scope.agencies, day_of(at))


def require_over(actor: Actor, permission: PaymentPermission, *, agency: int, at: datetime) -> None:
    """Refuse with `PermissionMissing` unless the right is held over the agency (`holds_over`)."""
    if not holds_over(actor, permission, agency=agency, at=at):
        require(actor, permission, agency=agency, at=at)
