"""How a day is marked: shape, word and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from tinhso.calendars.models import DayKind
from tinhso.ui.templatetags.ui import pill

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from tinhso.calendars.models import SpecialDay
    from tinhso.calendars.queries import DayCell

register = template.Library()

STATES = {
    DayKind.HOLIDAY: "plain",
    DayKind.SWAP_OFF: "plain",
    DayKind.SWAP_WORK: "ok",
    DayKind.CLOSURE: "near",
}


@register.simple_tag
def kind_pill(entry: SpecialDay) -> SafeString:
    """The kind of an entry as a pill."""
    kind = DayKind(entry.kind)
    return pill(STATES[kind], kind.label)


@register.simple_tag
def day_class(cell: DayCell, today: date) -> str:
    """Classes of a day in the year view."""
    kind = cell.kind or ("" if cell.is_working else "rest")
    return " ".join(
        name
        for name in (f"is-{kind}" if kind else "", "is-today" if cell.day == today else "")
        if name
    )
