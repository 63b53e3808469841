"""Deadlines as official texts write them (thời hạn): "trong tháng 3/2024", "trước ngày 31-12", "hằng quý".

The day told is the last day of the stated period. A date without a year belongs to the year of the text, or
to the next when that day had passed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from holidays import country_holidays

from tinhso.tasks.notices.rhythms import MONTHLY_DAY, RECURRING, WEEKLY_DAY
from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words


class DeadlineKind(StrEnum):
    """What must have happened by the day."""

    COMPLETE = "complete"  # hoàn thành, xong, trình, báo cáo
    CARRY_OUT = "carry_out"  # thực hiện, triển khai trong kỳ
    RECURRING = "recurring"  # thường xuyên, định kỳ
    NONE = "none"  # không nêu


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: the words, the last day if one can be named, and what must have happened by then."""

    words: Span
    on: date | None
    kind: DeadlineKind


_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\d)(?!\s*[/.]\s*\d)"
_LONG_DAY = (
    r"(?P<lday>\d{1,2})\s+tháng\s+(?P<lmonth>\d{1,2})(?:\s*(?:năm|/)\s*(?P<lyear>\d{4}))?(?!\d)"
)
_BARE_LONG_DAY = re.sub(r"\?P<l", "?P<k", _LONG_DAY)
_ROMAN = r"(?:iv|iii|ii|i|[1-4])"
_LISTED_QUARTERS = (
    rf"(?:qu[yi]\s*{_ROMAN}(?:\s*/\s*\d{{4}})?\s*(?:,|và|-|đến)\s*)*"
    rf"(?:qu[yi]\s*(?:(?:i|ii|iii)(?:\s*/\s*\d{{4}})?\s*(?:,|và|-|đến)\s*)+(?={_ROMAN}\b)|qu[yi]\s*)"
)
_LISTED_MONTHS = (
    r"tháng\s*\d{1,2}(?:\s*/\s*\d{4})?(?:\s*,\s*(?:tháng\s*)?\d{1,2}(?:\s*/\s*\d{4})?)*\s*(?:và|-|đến|,)\s*"
    r"(?:tháng\s*|(?=\d{1,2}\s*(?:/|năm)\s*\d{4}))"
)
"""As in "tháng 02 và tháng 3/2024", "tháng 8, 9/2025": the last of them ends the period."""
_PERIOD = (
    r"(?:các\s+)?(?:(?P<part>đầu|giữa|cuối)\s+)?(?:"
    rf"{_LISTED_QUARTERS}(?P<quarter>{_ROMAN})\b(?:\s*(?:/|-|năm|,)?\s*(?:năm\s*)?(?P<qyear>\d{{4}}))?"
    rf"|(?:{_LISTED_MONTHS}|(?:tuần\s+(?P<week>đầu|cuối|thứ\s+(?:nhất|hai|ba|tư))\s+(?:của\s+)?)?tháng\s*)(?P<pmonth>\d{{1,2}})\b(?:\s*(?:/|-|năm)\s*(?:năm\s*)?(?P<myear>\d{{4}}))?"
    r"|(?P<half>6|sáu|06)\s+tháng\s+(?P<which>đầu|cuối)\s+năm(?:\s*(?P<hyear>\d{4}))?"
    r"|năm\s*(?P<pyear>\d{4})(?!\s*-\s*\d{4})"
    r"|(?P<now>tháng\s+này|quý\s+này|năm\s+nay|tuần\s+này|tuần\s+(?:sau|tới)|tháng\s+(?:sau|tới))"
    r")"
)
_UNTIL = words(
    *phrases(
        """
        xong trước | trước | chậm nhất là | chậm nhất vào | chậm nhất trong | chậm nhất đến |
        chậm nhất | muộn nhất | đến hết | hết | đến trước | từ nay đến trước | từ nay đến hết |
        từ nay đến | đến | hạn cuối | thời hạn | xong trong | ngay trong | trong | vào
        """
    )
)
_ACT = words(
    *phrases(
        """
        thời hạn hoàn thành | thời gian hoàn thành | hoàn thành | xong | thực hiện | triển khai |
        thời gian thực hiện | thời hạn thực hiện | báo cáo | trình | kết thúc | gửi
        """
    )
)
_HOUR = r"(?:(?:lúc\s+)?\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{1,2}\s*(?:phút)?)?\s*,?\s*(?=ngày\s))?"
DATED = pattern(
    rf"(?:(?P<act>{_ACT})\s*:?\s*)?(?P<by>{_UNTIL})\s*:?\s*(?:thời\s+điểm\s+)?{_HOUR}(?:ngày\s+)?(?:(?:khai\s+giảng|khai\s+mạc|bầu\s+cử)\s+)?"
    rf"(?:{_DAY}|ngày\s+{_LONG_DAY}|{_BARE_LONG_DAY}|{_PERIOD})"
)
_ALONE = pattern(rf"(?:ngày\s+)?(?:{_DAY}|{_BARE_LONG_DAY}|{_PERIOD})")
_LABELS = phrases(
    """
    hoàn thành | thời hạn hoàn thành | thời gian hoàn thành | thời gian thực hiện | thời hạn |
    xong | hạn hoàn thành | hạn thực hiện | thời hạn thực hiện | hạn chót | hạn cuối | hạn
    """
)
LABELLED = pattern(
    rf"\b(?P<act>{words(*_LABELS)})"
    rf"\s*[:(]?\s*{_HOUR}(?:ngày\s+)?(?:{_DAY}|{_PERIOD})"
)
RELATIVE = pattern(
    r"(?:trong\s+(?:vòng\s+|thời\s+hạn\s+)?|chậm\s+nhất\s+(?:là\s+|sau\s+)?|sau\s+|thời\s+hạn\s+|không\s+quá\s+)?"
    r"(?<![\d/.,-])(?P<count>\d{1,3})\s+(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|giờ|phút)\s*,?\s*(?:kể\s+từ|tính\s+từ|sau)\s+"
    r"(?P<from>ngày\s+(?:ban\s+hành|ký(?:\s+ban\s+hành)?|nhận(?:\s+được|\s+đủ)?|được\s+giao|có|họp|kết\s+thúc|hoàn\s+thành)"
    r"|khi\s+(?:ban\s+hành|có|nhận(?:\s+được)?|kết\s+thúc)|hội\s+nghị|cuộc\s+họp|ngày(?=\s))"
    r"(?P<paper>\s+(?:thông\s+báo|kết\s+luận|chỉ\s+thị|kế\s+hoạch|quyết\s+định|văn\s+bản|công\s+văn|nghị\s+quyết"
    r"|hợp\s+đồng|biên\s+bản|hồ\s+sơ)(?P<this>\s+này)?)?"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_OCCASION = pattern(
    r"(?:xong\s+trước|trước|chậm\s+nhất\s+(?:là|tại)|trình(?:\s+tại)?)\s+(?:khi\s+)?(?:kỳ\s+họp|phiên\s+họp|đại\s+hội"
    r"|tết|mùa\s+(?:mưa|bão|khô|lũ)|năm\s+học|(?:ngày\s+)?khai\s+giảng|(?:ngày\s+)?bầu\s+cử)\b[^,;.()]{0,60}"
)
"""An occasion whose day no calendar tells: the words are kept, the day stays open."""
_DOING = pattern(words("thực hiện", "triển khai", "thời gian thực hiện"))


def find_deadline(
    source: Source, within: Span, *, written: date | None, taken: list[Span]
) -> Deadline | None:
    """The deadline in that part of the text; the last one stated where several are.

    `written` is the day of the text, for dates without a year; `taken` are spans that belong to
    something else (the date of a document that is referred to).
    """
    found = [
        *_dated(source, within, written),
        *_relative(source, within, written),
    ]
    found = [one for one in found if not any(_touch(one.words, span) for span in taken)]
    if found:
        return found[-1]
    if occasion := source.search(_OCCASION, within):
        return Deadline(source.span(occasion), None, DeadlineKind.COMPLETE)
    for expression in (WEEKLY_DAY, MONTHLY_DAY, RECURRING):
        for match in source.every(expression, within):
            if source.search(_OF_A_NAME, Span(within.start, source.span(match).start)):
                continue
            return Deadline(source.span(match), None, DeadlineKind.RECURRING)
    return None


def deadline_of_cell(source: Source, cell: Span, *, written: date | None) -> Deadline | None:
    """The deadline that a cell of a table is: a day or a period may stand there alone ("15/9/2025", "Quý IV")."""
    found = find_deadline(source, cell, written=written, taken=[])
    match = None if found else source.match(_ALONE, cell)
    on = _last_day(match, written) if match else None
    return Deadline(source.span(match), on, DeadlineKind.COMPLETE) if match and on else found


def written_on(source: Source) -> date | None:
    """The day of the text, for dates without a year: its own, or of the notice or the meeting that it tells of."""
    return dateline(source) or next(
        (day for one in (_NOTICE_DAY, _MEETING_DAY, _STAMP) if (day := _first_day(source, one))),
        None,
    )


def dateline(source: Source) -> date | None:
    """The day that the text itself bears, on a line of its head: "Lâm Đồng, ngày 12 tháng 8 năm 2025"."""
    return _first_day(source, _DATELINE)


def _first_day(source: Source, expression: re.Pattern[str]) -> date | None:
    for match in source.every(expression, Span(0, min(len(source.text), _TOP))):
        day = _day(*(int(match.group(name)) for name in ("day", "month", "year")))
        if day and (expression is not _DATELINE or _is_dateline(source, match)):
            return day
    return None


def _is_dateline(source: Source, match: re.Match[str]) -> bool:
    """It begins with a capital, or stands under the number or the title: no end of a broken sentence."""
    start = source.span(match, "begins").start
    above = source.text[:start].rstrip(" \t\xa0").removesuffix("\n").rpartition("\n")[2].strip()
    is_of_head = not above or above.isupper() or above.casefold().startswith("số")
    return source.text[start].isupper() or is_of_head


def is_only_deadline(source: Source, rest: Span) -> bool:
    """Whether that part says no more than a day or a rhythm ("hoàn thành trước ngày 15/8/2025")."""
    place = source.match(_BLANK, rest)
    rest = Span(source.span(place).end if place else rest.start, rest.end)
    match = source.match(DATED, rest) or source.match(LABELLED, rest)
    if match and (match.group("act") or _nothing_after(source, match, rest)):
        return True
    again = source.match(_AGAIN, rest)
    return again is not None and _nothing_after(source, again, rest)


def _nothing_after(source: Source, match: re.Match[str], within: Span) -> bool:
    return not source.of(Span(source.span(match).end, within.end)).strip(" .;,/")


_AGAIN = pattern(
    rf"(?:{_ACT}\s*:?\s+)?(?:{WEEKLY_DAY.pattern}|{MONTHLY_DAY.pattern}|{RECURRING.pattern})"
)
_TOP = 2000
_BLANK = pattern(r"[\s,;:]*")
_NOTICE_DAY = pattern(
    r"thông\s+báo\s+(?:số\s+)?\d+\s*/\s*[\w-]+\s+ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_PLACE = r"[^\W\d][^\n,:;.]{1,40}(?:\.[^\n,:;.]{1,30})?,\s*"
_DATELINE = pattern(
    rf"(?:^|(?<=\n)|(?<=\s\s)|(?<=\t))[ \t\xa0]*(?P<begins>(?:{_PLACE})?ngày)\s+(?P<day>\d{{1,2}})"
    r"(?:\s+tháng\s+|/)(?P<month>\d{1,2})(?:\s+năm\s+|/)(?P<year>\d{4})[ \t\xa0]*(?=\r?\n|$)"
)
_STAMP = pattern(
    r"(?:^|(?<=\n))[ \t]*(?:\d{1,2}[:h]\d{2}\s*[,-]?\s*)?"
    r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})[ \t]*"
    r"(?:[,-]?\s*\d{1,2}[:h]\d{2}[ \t]*)?(?=\r?\n)"
)
"""As a page of news bears it, on a line of its own: "21:35, 12/11/2023"."""
_MEETING_DAY = pattern(
    r"(?:(?:phiên\s+họp|cuộc\s+họp|buổi\s+làm\s+việc|hội\s+nghị)[^\n.;:]{0,60}?|"
    r"(?<=\n)\s*(?:\d\.\s*)?thời\s+gian(?:\s+họp)?\s*:[^\n.;]{0,40}?|hôm\s+nay,?\s+|hồi\s[^\n.;]{0,30}?)\bngày\s+"
    r"(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})"
)


def _dated(source: Source, within: Span, written: date | None) -> list[Deadline]:
    found: dict[int, Deadline] = {}
    for expression in (LABELLED, DATED):
        for match in source.every(expression, within):
            on = _last_day(match, written)
            if on is None or _is_of_a_name(match):
                continue
            place = source.span(match)
            act = match.group("act")
            if act:
                place = Span(_after_act(source, match), place.end)
            kind = _kind(source, match, within)
            found[place.end] = Deadline(source.trimmed(place, strip=" \t\r\n\xa0:("), on, kind)
    return [found[end] for end in sorted(found)]


def _is_of_a_name(match: re.Match[str]) -> bool:
    """As "… đến năm 2030" alone names a strategy, not a day by which something is done."""
    given = match.groupdict()
    is_year = given.get("pyear") is not None and given.get("part") is None
    return is_year and given["act"] is None and given.get("by") in {"den", "truoc"}


_OF_A_NAME = pattern(r"(?:kế\s+hoạch|dự\s+toán|ngân\s+sách|kinh\s+phí|chỉ\s+tiêu)\s*$")


def _after_act(source: Source, match: re.Match[str]) -> int:
    """The words of a deadline begin after "hoàn thành", which says the kind and not the day."""
    return source.places[match.end("act")]


def _kind(source: Source, match: re.Match[str], within: Span) -> DeadlineKind:
    act = match.group("act")
    if match.groupdict().get("by", "").startswith("xong"):
        return DeadlineKind.COMPLETE
    if act is None:
        before = Span(
            max(within.start, source.places[match.start()] - 20), source.places[match.start()]
        )
        tail = source.of(before).rstrip()
        is_doing = tail.casefold().endswith(("thực hiện", "triển khai"))
        return DeadlineKind.CARRY_OUT if is_doing else DeadlineKind.COMPLETE
    return DeadlineKind.CARRY_OUT if _DOING.fullmatch(act) else DeadlineKind.COMPLETE


def _last_day(match: re.Match[str], written: date | None) -> date | None:
    given = {key: value for key, value in match.groupdict().items() if value is not None}
    for day, month, year in (
        ("day", "month", "year"),
        ("lday", "lmonth", "lyear"),
        ("kday", "kmonth", "kyear"),
    ):
        if day in given:
            return _dated_day(int(given[day]), int(given[month]), given.get(year), written)
    return _period_end(given, written)


def _dated_day(day: int, month: int, year: str | None, written: date | None) -> date | None:
    if year:
        return _day(day, month, int(year))
    if written is None:
        return None
    found = _day(day, month, written.year)
    return _day(day, month, written.year + 1) if found and found < written else found


def _period_end(given: dict[str, str], written: date | None) -> date | None:
    year = next(
        (int(given[key]) for key in ("qyear", "myear", "hyear", "pyear") if key in given), None
    )
    if "now" in given:
        return _this(given["now"], written)
    if year is None and written is None:
        return None
    at = year or (written.year if written else 0)
    if "quarter" in given:
        last = _QUARTERS[given["quarter"]] * 3
        month = last - 2 if given.get("part") == "dau" else last
        found = _month_end(at, month)
    elif "pmonth" in given:
        found = _in_month(at, int(given["pmonth"]), _part(given))
    elif "half" in given:
        found = _month_end(at, 6 if given["which"] == "dau" else 12)
    else:
        found = _month_end(at, {"dau": 3, "giua": 6}.get(given.get("part", ""), 12))
    if found and year is None and written and found < written:
        return _month_end(found.year + 1, found.month)
    return found


def _part(given: dict[str, str]) -> str | None:
    """The first week is the first seven days."""
    week = given.get("week")
    return "thu nhat" if week == "dau" else week or given.get("part")


def _in_month(year: int, month: int, part: str | None) -> date | None:
    end = _month_end(year, month)
    return end and end.replace(day=_PARTS.get(" ".join((part or "").split()), end.day))


_PARTS = {"dau": 10, "giua": 20, "thu nhat": 7, "thu hai": 14, "thu ba": 21, "thu tu": 28}


def _this(words_: str, written: date | None) -> date | None:
    if written is None:
        return None
    is_next = words_.endswith(("sau", "toi"))
    if words_.startswith("tuan"):
        return written + timedelta(days=(13 if is_next else 6) - written.weekday())
    if words_.startswith("thang"):
        if is_next:
            return _month_end(written.year + written.month // 12, written.month % 12 + 1)
        return _month_end(written.year, written.month)
    if words_.startswith("quy"):
        return _month_end(written.year, (written.month + 2) // 3 * 3)
    return date(written.year, 12, 31)


def _relative(source: Source, within: Span, written: date | None) -> list[Deadline]:
    found = []
    for match in source.every(RELATIVE, within):
        is_ours = bool(re.search(r"\b(?:ban\s+hanh|ky|hoi|hop)\b", match.group("from"))) and (
            match.group("paper") is None or match.group("this") is not None
        )
        on = (
            _after(written, int(match.group("count")), match.group("unit"))
            if written and is_ours and match.group("unit") not in _SHORTER
            else None
        )
        found.append(Deadline(source.span(match), on, DeadlineKind.COMPLETE))
    return found


_SHORTER = ("gio", "phut")


def _after(written: date, count: int, unit: str) -> date | None:
    """That long after the text; the first day counted is the next one, or the next working one."""
    if unit.startswith("tuan"):
        return written + timedelta(weeks=count)
    if unit.startswith("thang"):
        months = written.month - 1 + count
        year, month = written.year + months // 12, months % 12 + 1
        return date(year, month, min(written.day, monthrange(year, month)[1]))
    return _working_days_after(written, count) if "lam" in unit else written + timedelta(days=count)


def _working_days_after(written: date, count: int) -> date:
    """Monday to Friday without public holidays; swapped days are a matter of each agency's own calendar."""
    free = country_holidays("VN", years=range(written.year, written.year + 5))
    day = written
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in free
    return day


_SATURDAY = 5


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    first = _day(1, month, year)
    return first and first.replace(day=monthrange(year, month)[1])


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
