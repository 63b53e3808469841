"""Kinds of event of this app: keys and codes, never a name, an e-mail or an address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

USER_CREATED = EventKind("accounts.user_created", _("Tạo tài khoản"), {"kind": "code"})
USER_RENAMED = EventKind("accounts.user_renamed", _("Sửa tên người dùng"))
USER_DEACTIVATED = EventKind("accounts.user_deactivated", _("Khóa tài khoản"))
USER_REACTIVATED = EventKind("accounts.user_reactivated", _("Mở khóa tài khoản"))
PARTY_LINKED = EventKind(
    "accounts.party_linked", _("Gắn tài khoản với công dân"), {"party": "uuid"}
)
POST_CREATED = EventKind(
    "accounts.post_created", _("Lập vị trí công tác"), {"since": "date", "until": "date"}
)
POST_HELD = EventKind(
    "accounts.post_held",
    _("Bố trí vị trí"),
    {"user": "uuid", "post": "uuid", "since": "date", "until": "date"},
)
POST_LEFT = EventKind(
    "accounts.post_left", _("Thôi giữ vị trí"), {"user": "uuid", "post": "uuid", "on": "date"}
)
HOLDING_WITHDRAWN = EventKind(
    "accounts.holding_withdrawn",
    _("Rút việc bố trí chưa bắt đầu"),
    {"user": "uuid", "post": "uuid", "since": "date", "until": "date"},
)
POST_WITHDRAWN = EventKind(
    "accounts.post_withdrawn", _("Bỏ vị trí chưa ai giữ"), {"since": "date", "until": "date"}
)
GRANT_ISSUED = EventKind(
    "accounts.grant_issued",
    _("Phân quyền"),
    {
        "user": "uuid",
        "role": "code",
        "includes_subordinates": "boolean",
        "since": "date",
        "until": "date",
    },
)
GRANT_REVOKED = EventKind(
    "accounts.grant_revoked", _("Thu hồi quyền"), {"user": "uuid", "role": "code"}
)
STAND_IN_APPOINTED = EventKind(
    "accounts.stand_in_appointed",
    _("Cử người thay thế"),
    {"absent": "uuid", "substitute": "uuid", "since": "date", "until": "date"},
)
STAND_IN_WITHDRAWN = EventKind(
    "accounts.stand_in_withdrawn", _("Chấm dứt thay thế"), {"absent": "uuid", "substitute": "uuid"}
)
TOKEN_ISSUED = EventKind(
    "accounts.token_issued",
    _("Cấp mã truy cập cho hệ thống kết nối"),
    {"permissions": "array", "includes_subordinates": "boolean", "expires_at": "date-time"},
)
TOKEN_MOVED = EventKind("accounts.token_moved", _("Chuyển mã truy cập sang cơ quan kế thừa"))
TOKEN_WITHDRAWN = EventKind("accounts.token_withdrawn", _("Thu hồi mã truy cập"))
ROLE_APPLIED = EventKind(
    "accounts.role_applied",
    _("Áp dụng vai trò"),
    {"role": "code", "version": "string", "added": "array", "removed": "array"},
)
ROLE_RETIRED = EventKind("accounts.role_retired", _("Ngừng dùng vai trò"), {"role": "code"})
SIGNED_IN = EventKind("accounts.signed_in", _("Đăng nhập"))
SIGN_IN_FAILED = EventKind("accounts.sign_in_failed", _("Đăng nhập không thành công"))
SIGNED_OUT = EventKind("accounts.signed_out", _("Đăng xuất"))
SESSION_ENDED = EventKind("accounts.session_ended", _("Đăng xuất thiết bị"), {"devices": "integer"})

ALL = (
    USER_CREATED,
    USER_RENAMED,
    USER_DEACTIVATED,
    USER_REACTIVATED,
    PARTY_LINKED,
    POST_CREATED,
    POST_HELD,
    POST_LEFT,
    HOLDING_WITHDRAWN,
    POST_WITHDRAWN,
    GRANT_ISSUED,
    GRANT_REVOKED,
    STAND_IN_APPOINTED,
    STAND_IN_WITHDRAWN,
    TOKEN_ISSUED,
    TOKEN_MOVED,
    TOKEN_WITHDRAWN,
    ROLE_APPLIED,
    ROLE_RETIRED,
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_OUT,
    SESSION_ENDED,
)
