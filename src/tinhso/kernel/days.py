"""Days, months and years that a person typed into a filter or an address.

What is no day of the calendar is refused by name, with the form to type it again: a page never answers as if
nothing, or another day, had been asked for.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tinhso.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST = 40
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_YEAR = re.compile(r"(\d{4})-(\d{1,2})\b")


class DayUnreadable(Invalid):
    """What an address asks for is no day, month or year of the calendar, or no period (422).

    `asked` is what was typed, by the name that the address gives it: the page has it typed again.
    """

    code = "kernel.day_unreadable"
    message = _lazy("Không có thời gian như đã nhập.")

    def __init__(self, errors: dict[str, list[str]], asked: dict[str, str]) -> None:
        self.asked = asked
        super().__init__(errors)


def read_day(typed: str) -> date | None:
    """The day that was typed, `2026-11-21` or as people write it: `21/11/2026`; None when it is none of these times."""
    text = typed.strip()
    try:
        if written := _WRITTEN.fullmatch(text):
            day, month, year = map(int, written.groups())
            found = date(year, month, day)
        else:
            found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day_in(query: Mapping[str, str], name: str = "ngay") -> date | None:
    """The day that an address asks for under that name; None where it asks for none. Raises `DayUnreadable`."""
    typed = query.get(name, "").strip()
    found = read_day(typed)
    if typed and found is None:
        raise unreadable(name, typed)
    return found


def days_in(query: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The first (`tu`) and the last day (`den`) that an address asks for. Raises `DayUnreadable` for both."""
    typed = {name: query.get(name, "").strip() for name in ("tu", "den")}
    first, last = map(read_day, typed.values())
    wrong = {
        name: [not_in_calendar(text)]
        for name, text in typed.items()
        if text and read_day(text) is None
    }
    if wrong:
        raise DayUnreadable(wrong, {name: text[:LONGEST] for name, text in typed.items()})
    return first, last


def unreadable(
    name: str, typed: str, years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
) -> DayUnreadable:
    """The refusal of what was typed under a name."""
    return DayUnreadable({name: [not_in_calendar(typed, years)]}, {name: typed[:LONGEST]})


def not_in_calendar(typed: str, years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)) -> str:
    """The sentence that names it."""
    told = {"typed": typed[:LONGEST], "first": years[0], "last": years[1]}
    found = _IN_YEAR.match(typed.strip())
    if found and years[0] <= int(found[1]) <= years[1] and not 1 <= int(found[2]) <= 12:  # noqa: PLR2004  (months)
        told["month"] = int(found[2])
        return _("“%(typed)s” không có trong lịch: tháng %(month)s không có.") % told
    return _("“%(typed)s” không có trong lịch (từ năm %(first)s đến %(last)s).") % told
