"""What the papers about tasks say. Vietnamese, whatever the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.text import Truncator

from tinhso.calendars.clock import day_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from tinhso.tasks.queries.meeting import Meeting
    from tinhso.tasks.queries.performance import Line, Performance
    from tinhso.tasks.queries.tasks import Row

LETTERS = 118
"""Of a task on the page for the session: two lines of its column."""
SHORT = 55
HEADINGS = [
    "Cơ quan chủ trì",
    "Đến hạn",
    "Đúng hạn",
    "Trễ hạn",
    "Chờ xác nhận",
    "Chưa xong",
    "Chưa đến hạn",
    "Tỷ lệ đúng hạn",
]
COMMITTEE = ("TM. ỦY BAN NHÂN DÂN", "Chủ tịch")
"""In which capacity, and as what, the head of a people's committee signs (NĐ 30/2020/NĐ-CP Điều 13)."""
LATE_HEADINGS = ["Nhiệm vụ", "Chủ trì", "Hạn", "Quá hạn"]


def meeting_words(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """One page: the counts, then what waits, what is late, what is due within the week."""
    with translation.override("vi"):
        return {
            "title": "Nhiệm vụ trình phiên họp",
            "date": f"Số liệu lúc {formatting.with_weekday(at)}",
            "counts": [
                [label, formatting.number(value)]
                for label, value in (
                    ("Chờ quyết định", meeting.waiting_count),
                    ("Quá hạn", meeting.late_count),
                    ("Đến hạn trong 7 ngày", meeting.soon_count),
                    ("Đang mở", meeting.open_count),
                )
            ],
            "parts": [
                {
                    "title": "I. Chờ đồng chí quyết định",
                    "headings": ["TT", "Nhiệm vụ", "Chủ trì", "Việc cần quyết định"],
                    "rows": [
                        [_short(one.row.task.text), _short(one.row.lead, SHORT), one.what]
                        for one in meeting.waiting
                    ],
                    "more": _more(meeting.waiting_count - len(meeting.waiting)),
                },
                _part("II. Quá hạn", meeting.late, meeting.late_left),
                _part("III. Đến hạn trong 7 ngày", meeting.soon, meeting.soon_left),
            ],
        }


def _part(title: str, rows: Iterable[Row], left: int) -> dict[str, Any]:
    lines = [
        [
            _named(row, LETTERS),
            row.joint.words if row.joint and row.joint.here > 1 else _short(row.lead, SHORT),
            f"{_day(row.task.deadline_on)} · {row.pace.text}",
        ]
        for row in rows
    ]
    return {
        "title": title,
        "headings": ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"],
        "rows": lines,
        "more": _more(left),
    }


def _more(left: int) -> str:
    return f"Còn {formatting.number(left)} việc nữa." if left > 0 else ""


def _named(row: Row, letters: int) -> str:
    """The words of a task, and of recurring work the period."""
    text = _short(row.task.text, letters)
    return f"{text} ({row.period})" if row.period else text


def _short(text: str, letters: int = LETTERS) -> str:
    return Truncator(" ".join(text.split())).chars(letters)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def performance_words(
    found: Performance, *, agency: str, place: str, at: datetime
) -> dict[str, Any]:
    """The report of a period (báo cáo kết quả thực hiện nhiệm vụ) for PDF and Word."""
    capacity, post = COMMITTEE if notation(agency) == "UBND" else ("", "Thủ trưởng cơ quan")
    with translation.override("vi"):
        about = f"Kết quả thực hiện nhiệm vụ được giao {found.period.title}"
        return {
            "kind": "Báo cáo",
            "about": about,
            "title": f"Báo cáo {about[:1].lower()}{about[1:]}",
            "agency": agency.replace("UBND ", "Ủy ban nhân dân ", 1),
            "place": place,
            "number": f"          /BC-{notation(agency)}",
            "draft": True,
            "capacity": capacity,
            "date": _dated(day_of(at)),
            "blocks": _blocks(found, at),
            "recipients": ["Như trên;", "Lưu: VT."],
            "right": (post, ""),
        }


def notation(agency: str) -> str:
    """The letters of an agency in the number of its papers (ký hiệu): UBND, of a department (sở) its first letters.

    Of others ("Văn phòng UBND tỉnh", "Công an tỉnh") the name does not tell them: they stay blank, to be written in.
    """
    if agency.startswith(("UBND", "Ủy ban nhân dân")):
        return "UBND"
    if not agency.startswith("Sở "):
        return ""
    words = agency.partition(" tỉnh ")[0].replace("-", " ").replace(",", " ").split()
    return "".join(word[0].upper() for word in words if word.casefold() != "và")


def _dated(on: date) -> str:
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)  # noqa: PLR2004  (NĐ 30/2020: 01 and 02)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def _blocks(found: Performance, at: datetime) -> list[dict[str, Any]]:
    total, n = found.total, formatting.number
    shown = f"{formatting.clock(at)} ngày {day_of(at):%d/%m/%Y}"
    blocks: list[dict[str, Any]] = [
        {"heading": "I. Kết quả chung"},
        {
            "text": f"Từ ngày {found.period.first:%d/%m/%Y} đến ngày {found.period.last:%d/%m/%Y} có "
            f"{n(total.due)} nhiệm vụ đến hạn; {n(found.given)} nhiệm vụ được giao mới; "
            f"{n(found.extended)} nhiệm vụ được gia hạn. Số liệu do hệ thống tính lúc {shown}."
        },
        {
            "line": f"Hoàn thành đúng hạn {n(total.on_time)}, trễ hạn {n(total.late)}; "
            f"đã báo cáo, chờ xác nhận {n(total.waiting)}; "
            f"quá hạn chưa hoàn thành {n(total.overdue)}; chưa đến hạn {n(total.running)}."
        },
        {"heading": "II. Theo cơ quan chủ trì"},
    ]
    if found.lines:
        rows = [_cells(line) for line in (*found.lines,)]
        sums = _cells(total, "Tổng số")
        blocks.append({"headings": HEADINGS, "table": rows, "total": sums})
    else:
        blocks.append({"text": "Không có nhiệm vụ đến hạn trong kỳ."})
    blocks.append({"heading": "III. Nhiệm vụ quá hạn chưa hoàn thành"})
    if found.overdue:
        blocks.append({"headings": LATE_HEADINGS, "table": [_late(row) for row in found.overdue]})
        if more := _more(total.overdue - len(found.overdue)):
            blocks.append({"text": more})
    else:
        blocks.append({"text": "Không có."})
    return blocks


def _cells(line: Line, name: str = "") -> list[str]:
    numbers = (line.due, line.on_time, line.late, line.waiting, line.overdue, line.running)
    share = "—" if line.share is None else f"{formatting.number(line.share)}%"
    return [name or line.name, *map(formatting.number, numbers), share]


def _late(row: Row) -> list[str]:
    return [_named(row, 300), row.lead, _day(row.task.deadline_on), row.pace.text]
