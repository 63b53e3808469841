"""What can be granted in accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class AccountPermission(Permission):
    """Verbs of accounts, in alphabetical order of their values."""

    ISSUE_GRANT = "accounts:grant:issue"
    REVOKE_GRANT = "accounts:grant:revoke"
    END_HOLDING = "accounts:holding:end"
    HOLD_POST = "accounts:holding:start"
    CREATE_POST = "accounts:post:create"
    READ_ROLE = "accounts:role:read"
    READ_SIGN_IN = "accounts:sign_in:read"
    APPOINT_STAND_IN = "accounts:stand_in:appoint"
    ISSUE_TOKEN = "accounts:token:issue"  # noqa: S105  # a verb
    READ_TOKEN = "accounts:token:read"  # noqa: S105  # a verb
    WITHDRAW_TOKEN = "accounts:token:withdraw"  # noqa: S105  # a verb
    CREATE_USER = "accounts:user:create"
    DEACTIVATE_USER = "accounts:user:deactivate"
    READ_USER = "accounts:user:read"


WORDS: Mapping[Permission, StrOrPromise] = {
    AccountPermission.ISSUE_GRANT: _("Giao vai trò"),
    AccountPermission.REVOKE_GRANT: _("Thu hồi vai trò đã giao"),
    AccountPermission.END_HOLDING: _("Cho thôi giữ vị trí"),
    AccountPermission.HOLD_POST: _("Bố trí người vào vị trí"),
    AccountPermission.CREATE_POST: _("Lập vị trí công tác"),
    AccountPermission.READ_ROLE: _("Xem vai trò và các quyền của vai trò"),
    AccountPermission.READ_SIGN_IN: _("Xem các lần đăng nhập"),
    AccountPermission.APPOINT_STAND_IN: _("Cử người thay thế"),
    AccountPermission.ISSUE_TOKEN: _("Cấp mã truy cập cho hệ thống kết nối"),
    AccountPermission.READ_TOKEN: _("Xem mã truy cập đã cấp"),
    AccountPermission.WITHDRAW_TOKEN: _("Thu hồi mã truy cập"),
    AccountPermission.CREATE_USER: _("Tạo tài khoản"),
    AccountPermission.DEACTIVATE_USER: _("Khóa, mở lại tài khoản"),
    AccountPermission.READ_USER: _("Xem tài khoản và quyền đã giao"),
}
"""What each right is called on the screen."""


PARTNER_RIGHTS = frozenset(
    {
        "dossiers:dossier:read",
        "dossiers:dossier:relay_national",
        "dossiers:dossier:submit_for",
        "parties:party:register",
    }
)
"""What any partner system may be given by whoever may issue tokens: send dossiers and follow them, decide nothing."""
