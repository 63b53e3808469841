"""What an address asks for by day, typed again where it was no day: one form for every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.ui.fields import plain_field

if TYPE_CHECKING:
    from django.http import QueryDict

    from tinhso.kernel.days import DayUnreadable

PAGE = "trang"


def asked_again(query: QueryDict, error: DayUnreadable) -> dict[str, Any]:
    """The fields that were wrong as they were typed, and whatever else the address says, kept."""
    labels = {
        "tu": _("Từ ngày"),
        "den": _("Đến hết ngày"),
        "thang": _("Tháng"),
        "nam": _("Năm"),
        "ky": _("Kỳ"),
    }
    hints = {
        "thang": _("Ví dụ: 2026-11"),
        "nam": _("Ví dụ: 2026"),
        "ky": _("Ví dụ: 2026-11, 2026-Q4 hoặc 2026"),
    }
    fields = [
        plain_field(
            name,
            label=labels.get(name, _("Ngày")),
            value=typed,
            hint=hints.get(name, _("Ví dụ: 21/11/2026")),
            error=error.errors.get(name),
            required=True,
        )
        for name, typed in error.asked.items()
    ]
    kept = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in error.asked and name != PAGE
    ]
    return {"fields": fields, "kept": kept}
