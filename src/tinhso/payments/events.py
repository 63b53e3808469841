"""What payments record in the log; keys, codes and amounts in đồng, never who paid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

CHARGED = EventKind(
    "payments.charged",
    _("Lập khoản phải thu"),
    {"charge": "uuid", "code": "code", "amount": "integer", "full": "integer"},
)
CHARGE_WITHDRAWN = EventKind(
    "payments.charge_withdrawn",
    _("Hủy khoản phải thu"),
    {"charge": "uuid", "code": "code", "amount": "integer"},
)
CHARGE_MOVED = EventKind(
    "payments.charge_moved",
    _("Chuyển khoản phải thu sang cơ quan kế thừa"),
    {"charge": "uuid", "from": "integer", "to": "integer"},
)
TAKEN = EventKind(
    "payments.taken",
    _("Thu tiền, cấp biên lai"),
    {
        "payment": "uuid",
        "number": "code",
        "method": "code",
        "amount": "integer",
        "charges": "array",
    },
)
CANCELLED = EventKind(
    "payments.cancelled",
    _("Hủy biên lai"),
    {"payment": "uuid", "number": "code", "method": "code", "amount": "integer"},
)
ACCOUNT_DECLARED = EventKind(
    "payments.account_declared", _("Khai báo tài khoản thu"), {"since": "date", "bank": "code"}
)
ACCOUNT_CONFIRMED = EventKind(
    "payments.account_confirmed", _("Xác nhận tài khoản thu"), {"since": "date", "bank": "code"}
)

ALL = (
    CHARGED,
    CHARGE_WITHDRAWN,
    CHARGE_MOVED,
    TAKEN,
    CANCELLED,
    ACCOUNT_DECLARED,
    ACCOUNT_CONFIRMED,
)
