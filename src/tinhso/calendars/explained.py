"""Lines that explain a due date (vì sao hẹn ngày này), kept in Vietnamese, in the words of an English page."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from tinhso.calendars.clock import OFFICIAL_ZONE
from tinhso.calendars.models import SpecialDay
from tinhso.calendars.working_time import WEEKDAYS
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LINE = re.compile(r"(?P<weekday>[^\d:]+) (?P<day>\d\d/\d\d/\d{4}): (?P<reason>.+)", re.DOTALL)
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = dict(zip(WEEKDAYS, _ENGLISH, strict=True))
_NOTES = {"nghỉ hằng tuần": "weekly rest", "hết giờ làm việc": "outside working hours"}
_CLOCK = r"(\d\d:\d\d)"
_REASONS: tuple[tuple[str, str], ...] = (
    (r"ngày nhận, không tính", "day of receipt, not counted"),
    (r"ngày làm việc thứ (\d+)", "working day {}"),
    (r"ngày làm việc thứ (\d+) \((?P<note>.+)\)", "working day {} ({note})"),
    (r"không tính, (?P<note>.+)", "not counted, {note}"),
    (
        r"ngày cuối của (\d+) tháng, tính cả ngày nghỉ",
        "last day of a term of {} month(s), days of rest included",
    ),
    (r"ngày thứ (\d+), tính cả ngày nghỉ", "day {}, days of rest included"),
    (
        r"ngày nghỉ \((?P<note>.+)\), chuyển sang ngày sau",
        "day of rest ({note}), on to the next day",
    ),
    (r"nhận vào ngày nghỉ \((?P<note>.+)\)", "received on a day of rest ({note})"),
    (
        rf"nhận lúc {_CLOCK}, sau {_CLOCK}: sang ngày làm việc tiếp theo",
        "received at {}, after {}: on to the next working day",
    ),
    (
        rf"nhận lúc {_CLOCK}, không muộn hơn {_CLOCK}: trả trong ngày",
        "received at {}, not later than {}: answered the same day",
    ),
    (rf"đến hạn lúc {_CLOCK}, hết giờ làm việc", "due at {}, when work ends"),
    (rf"đến hạn lúc {_CLOCK}", "due at {}"),
    (rf"hạn cũ {_CLOCK}", "was due at {}"),
    (
        rf"hạn giữ nguyên {_CLOCK}, lúc tạm dừng không phải giờ làm việc",
        "still due at {}: no working time passed while the clock stood still",
    ),
    (rf"tạm dừng từ {_CLOCK}", "the clock stood still from {}"),
    (
        rf"tính tiếp từ {_CLOCK}, đã dừng (?P<duration>.+)",
        "counted on from {}, stood still for {duration}",
    ),
    (
        rf"hạn mới {_CLOCK}, bằng hạn cũ cộng thời gian làm việc đã dừng",
        "due now at {}: the former time and the working time that stood still",
    ),
    (r"tính (?P<duration>(?:\d+ giờ ?)?(?:\d+ phút)?)", "{duration} counted"),
)
_PATTERNS = [(re.compile(pattern, re.DOTALL), english) for pattern, english in _REASONS]


def told(lines: Iterable[str]) -> list[str]:
    """Kept lines in the language of the page; one that is not understood stays as it is."""
    if is_vietnamese():
        return list(lines)
    names = dict(SpecialDay.objects.exclude(name_en="").values_list("name", "name_en"))
    return [in_english(line, names) or line for line in lines]


def in_english(line: str, names: Mapping[str, str]) -> str | None:
    """A kept line in English, `names` giving those of days out of the ordinary; None where it is not understood."""
    read = _LINE.fullmatch(line)
    if read is None or read["weekday"] not in _WEEKDAYS:
        return None
    reason = _reason(read["reason"], names)
    day = datetime.strptime(read["day"], "%d/%m/%Y").replace(tzinfo=OFFICIAL_ZONE)
    return None if reason is None else f"{_WEEKDAYS[read['weekday']]} {day:%-d %b %Y}: {reason}"


def _reason(reason: str, names: Mapping[str, str]) -> str | None:
    worded: dict[str, Callable[[str], str | None]] = {
        "note": partial(_note, names=names),
        "duration": _duration,
    }
    for pattern, english in _PATTERNS:
        if read := pattern.fullmatch(reason):
            said = {name: worded[name](text) for name, text in read.groupdict().items()}
            named = set(pattern.groupindex.values())
            numbers = [text for place, text in enumerate(read.groups(), 1) if place not in named]
            return None if None in said.values() else english.format(*numbers, **said)
    return None


def _note(note: str, names: Mapping[str, str]) -> str | None:
    return _NOTES.get(note) or names.get(note)


def _duration(text: str) -> str:
    return text.replace("giờ", "h").replace("phút", "min").strip()
