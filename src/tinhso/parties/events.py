"""Kinds of event of this app: keys and codes, never a name, a number of a card or an address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

REGISTERED = EventKind("parties.registered", _("Ghi nhận công dân, tổ chức"), {"kind": "code"})
CORRECTED = EventKind(
    "parties.corrected", _("Sửa thông tin công dân, tổ chức"), {"fields": "array"}
)
VERIFIED = EventKind("parties.verified", _("Xác nhận nhân thân"), {"method": "code"})
READ = EventKind(
    "parties.read", _("Xem thông tin cá nhân"), {"parties": "array", "purpose": "code"}
)
JOINED = EventKind(
    "parties.joined", _("Kết nối tài khoản với hồ sơ đã có"), {"known": "uuid", "method": "code"}
)
SEPARATED = EventKind("parties.separated", _("Hủy kết nối tài khoản"), {"known": "uuid"})

ALL = (REGISTERED, CORRECTED, VERIFIED, READ, JOINED, SEPARATED)
