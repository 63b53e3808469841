"""Numbers, dates and times as Vietnamese administration writes them.

On an English page numbers are written as English does.
"""

from __future__ import annotations

from calendar import month_abbr, month_name
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext

from tinhso.ui.languages import is_vietnamese

NO_VALUE = "—"
PERCENT = "%"
ALL, TENTH, HUNDREDTH = Decimal(100), Decimal("0.1"), Decimal("0.01")


def number(value: float | Decimal | None, places: int | None = None) -> str:
    """`220.050` and `98,25`: a point between thousands, a comma before decimals.

    On an English page it is `220,050` and `98.25`. `places` fixes the number of decimals, rounding
    half up; without it decimals stay as they are, trailing zeros cut. None is a dash: "no figure" is never zero.
    """
    if value is None:
        return NO_VALUE
    if isinstance(value, int) and places is None:  # most of what a page shows are counts
        return f"{value:,}" if not is_vietnamese() else f"{value:,}".replace(",", ".")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{exact:,f}".partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    if exact == 0:
        whole = whole.removeprefix("-")
    if not is_vietnamese():
        return whole + (f".{decimals}" if decimals else "")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def told(
    value: Decimal | None, unit: str, part: int | None = None, whole: int | None = None
) -> str:
    """A value with its unit: `21,74%` at once, `1.316 hồ sơ` after a space; of a percentage see `percent`."""
    if value is not None and unit == PERCENT:
        return percent(value, part, whole)
    return f"{number(value)} {unit}".strip()


def share(part: int, whole: int) -> str:
    """How much of the whole a part is, to a tenth: `4,2%`, `< 0,1%`; a dash of nothing."""
    if not whole:
        return NO_VALUE
    value = (Decimal(100 * part) / whole).quantize(TENTH, rounding=ROUND_HALF_UP)
    return percent(value, part, whole, TENTH)


def percent(
    value: Decimal, part: int | None = None, whole: int | None = None, step: Decimal = HUNDREDTH
) -> str:
    """`21,74%`; of a part and its whole, what is something is never told as 0%, nor what is not all as 100%.

    Then it is less than the step that it is told in, or more than all but that step.
    """
    if part and not value:
        return f"< {number(step)}%"
    if part is not None and whole is not None and part < whole and value == ALL:
        return f"> {number(ALL - step)}%"
    return f"{number(value)}%"


def day(value: date | None) -> str:
    """`05/09/2023` as officials write (Nghị định 30/2020/NĐ-CP); on an English page `5 Sep 2023`.

    There `5/9` would be May to some. An instant is first read in the official time zone.
    """
    if value is None:
        return NO_VALUE
    local = _local(value)
    if is_vietnamese():
        return f"{local:%d/%m/%Y}"
    return f"{local.day} {month_abbr[local.month]} {local.year}"


def month(year: int, number: int) -> str:
    """`tháng 11/2026`; on an English page `November 2026`."""
    if is_vietnamese():
        return f"tháng {number}/{year}"
    return f"{month_name[number]} {year}"


def clock(value: datetime | None) -> str:
    """`17:00` in the official time zone."""
    return NO_VALUE if value is None else f"{_local(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """`08:15, 22/09/2023`."""
    return NO_VALUE if value is None else f"{clock(value)}, {day(value)}"


def with_weekday(value: date | None) -> str:
    """How an appointment is written: `17:00, thứ Ba 03/10/2023`, or without time for a date."""
    if value is None:
        return NO_VALUE
    local = _local(value)
    written = f"{weekday(local)} {day(local)}"
    return f"{local:%H:%M}, {written}" if isinstance(local, datetime) else written


def weekday(value: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    return (
        gettext("thứ Hai"),
        gettext("thứ Ba"),
        gettext("thứ Tư"),
        gettext("thứ Năm"),
        gettext("thứ Sáu"),
        gettext("thứ Bảy"),
        gettext("Chủ nhật"),
    )[value.weekday()]


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
