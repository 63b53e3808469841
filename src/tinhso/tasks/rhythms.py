"""How often a recurring task falls due (nhiệm vụ định kỳ), and by which day of each period. Pure.

The words of the notice say it: "định kỳ hằng tháng", "trước ngày 25 hằng tháng", "hằng quý". Words without a month in
them ("thường xuyên", "hằng tuần", "hằng ngày") order standing work that has no periods.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from tinhso.indicators.reports.periods import Frequency, Period, named, next_after, period_on
from tinhso.kernel.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MOST = 24
"""So many periods are opened at once at most, after a long stop."""
_SAID = (
    (re.compile(r"\b(?:6|06|sau) thang\b"), Frequency.HALF_YEARLY),
    (re.compile(r"\bthang\b"), Frequency.MONTHLY),
    (re.compile(r"\bquy\b"), Frequency.QUARTERLY),
    (re.compile(r"\bnam\b"), Frequency.YEARLY),
)
_DAY = re.compile(r"\bngay\s+(?:mung\s+)?(\d{1,2})\b")


def rhythm_of(words: str) -> Frequency | None:
    """How often the words say; None where they name no month, quarter or year."""
    said = " ".join(fold(words).split())
    return next((each for pattern, each in _SAID if pattern.search(said)), None)


def due_in(period: Period, words: str) -> date:
    """The last day, or the one that the words name in its last month; the 31st of a short month is its end."""
    found = _DAY.search(" ".join(fold(words).split()))
    if found is None or int(found[1]) == 0:
        return period.last
    last = monthrange(period.last.year, period.last.month)[1]
    return period.last.replace(day=min(int(found[1]), last))


def periods_to_open(
    words: str, *, since: date, newest: date | None, today: date
) -> Iterator[Period]:
    """The periods that began by today and were not opened: after the first day of the `newest`, else from `since` on.

    Where the day of the period in which the task was given had passed already, its first period is the next one.
    """
    rhythm = rhythm_of(words)
    if rhythm is None:
        return
    if newest is not None:
        period = next_after(period_on(rhythm, 1, newest))
    else:
        period = period_on(rhythm, 1, since)
        if due_in(period, words) < since:
            period = next_after(period)
    for _ in range(MOST):
        if period.first > today:
            return
        yield period
        period = next_after(period)


def title_of(code: str, words: str) -> str:
    """The period as people say it ("tháng 8/2025"); the code itself where the words no longer say how often."""
    rhythm = rhythm_of(words)
    found = named(rhythm, 1, code) if rhythm else None
    return found.title if found else code
