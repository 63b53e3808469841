"""Which column or attribute of a log means what: written in a YAML file, else found by name.

A name that begins with `case:` is an attribute of the case (in XES: of the trace), as in the
tables that process mining programs exchange; any other name is one of the event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from tinhso.calendars.clock import OFFICIAL_ZONE
from tinhso.dossiers.importing.errors import LogMapInvalid, LogMissing
from tinhso.kernel.folding import fold
from tinhso.kernel.os_errors import reason_of
from tinhso.packs.reading import Unreadable, read
from tinhso.packs.sources import Document

USUAL: dict[str, tuple[str, ...]] = {
    "case": (
        *("case:concept:name", "case_id", "case", "ma_ho_so", "so_ho_so", "case_key", "trace_id"),
        *("process_id", "request_id", "application_id", "incident_id", "ticket_id", "order_id"),
    ),
    "activity": (
        *("concept:name", "activity", "activity_name", "buoc", "buoc_xu_ly", "ten_buoc"),
        *("task", "task_name", "activity_en", "event", "event_name", "action", "step"),
    ),
    "time": (
        *("time:timestamp", "complete_timestamp", "timestamp", "end_timestamp", "complete_time"),
        *("end_time", "event_time", "thoi_diem", "thoi_gian", "datetime", "date_time"),
        *("start_timestamp", "start_time", "time", "when", "date", "datestamp", "ngay_gio"),
    ),
    "resource": ("org:resource", "resource", "can_bo", "user", "user_name", "nguoi_xu_ly"),
    "department": ("case:department", "department", "org:group", "bo_phan", "phong_ban"),
    "place": ("case:place", "place", "noi_xu_ly"),
    "channel": ("case:channel", "channel", "kenh", "kenh_nop"),
    "deadline": ("case:deadline", "deadline", "han_tra", "ngay_hen_tra", "due_date"),
    "finished": ("case:enddate", "enddate", "ngay_tra", "ngay_tra_ket_qua"),
}
"""What each purpose is called where no map says it, in the order in which names are tried.

In a table case, accents, spaces and signs make no difference: `Mã hồ sơ` is `ma_ho_so`, `Case ID` is `case_id`.
"""
PURPOSES: dict[str, str] = {
    "case": "mã hồ sơ",
    "activity": "tên bước",
    "time": "thời điểm",
    "resource": "người làm",
    "department": "bộ phận",
    "place": "nơi làm",
    "channel": "kênh nộp",
    "deadline": "hạn trả",
    "finished": "ngày xong",
    "attributes": "thuộc tính giữ thêm",
}
NEEDED = ("case", "activity", "time")
_SETTINGS = ("attributes", "timezone", "time_format", "delimiter")
_DELIMITERS = (",", ";", "|", "\t", "tab")
OF_CASE = "case:"


def plain(name: str) -> str:
    """The name of a column without what its writers differ in; the colon parts a case from its events."""
    return "".join(sign for sign in fold(name) if sign.isalnum() or sign == ":")


@dataclass(frozen=True)
class LogMap:
    """How a log is read (bảng ánh xạ).

    `names` gives for each purpose the names to try, first found wins; `told` are the purposes that
    a person named, whose absence is refused. `attributes` are kept with the case as they are; what
    is not named here is not imported. `zone` holds for times without one; `time_format` is a
    pattern of `strptime`, None for what `times` knows; `delimiter` None is found out.
    """

    names: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(USUAL))
    told: frozenset[str] = frozenset()
    attributes: tuple[str, ...] = ()
    zone: ZoneInfo = OFFICIAL_ZONE
    time_format: str | None = None
    delimiter: str | None = None
    source: str = ""


def read_map(path: Path) -> LogMap:
    """Read a map file. Raises `LogMissing` and `LogMapInvalid` with the line."""
    try:
        content = path.read_bytes()
    except OSError as failure:
        raise LogMissing(file=str(path), where="", reason=reason_of(failure)) from None
    try:
        document = read(content, str(path))
    except Unreadable as unreadable:
        problem = unreadable.problem
        raise _invalid(path, problem.position.line, problem.found) from None
    if not isinstance(document.value, dict):
        raise _invalid(path, 1, "cần các cặp «mục: tên cột»")
    for key in document.value:
        if key not in USUAL and key not in _SETTINGS:
            known = ", ".join((*USUAL, *_SETTINGS))
            raise _invalid(path, _line(document, key), f"không có mục «{key}»; có: {known}")
    told = {key for key in document.value if key in USUAL}
    return LogMap(
        names={
            key: (_text(path, document, key),) if key in told else usual
            for key, usual in USUAL.items()
        },
        told=frozenset(told),
        attributes=_attributes(path, document),
        zone=_zone(path, document),
        time_format=_optional(path, document, "time_format"),
        delimiter=_delimiter(path, document),
        source=str(path),
    )


def _invalid(path: Path, line: int, reason: str) -> LogMapInvalid:
    return LogMapInvalid(file=str(path), where=f"dòng {line}", reason=reason)


def _line(document: Document, key: str) -> int:
    return document.position(key).line


def _text(path: Path, document: Document, key: str) -> str:
    value = document.value[key]
    if not isinstance(value, str) or not value:
        raise _invalid(path, _line(document, key), f"mục «{key}» cần một chuỗi")
    return value


def _optional(path: Path, document: Document, key: str) -> str | None:
    return _text(path, document, key) if key in document.value else None


def _attributes(path: Path, document: Document) -> tuple[str, ...]:
    value = document.value.get("attributes", [])
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise _invalid(path, _line(document, "attributes"), "mục «attributes» cần danh sách tên")
    return tuple(value)


def _zone(path: Path, document: Document) -> ZoneInfo:
    name = _optional(path, document, "timezone")
    if name is None:
        return OFFICIAL_ZONE
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise _invalid(path, _line(document, "timezone"), f"không có múi giờ «{name}»") from None


def _delimiter(path: Path, document: Document) -> str | None:
    sign = _optional(path, document, "delimiter")
    if sign is None:
        return None
    if sign not in _DELIMITERS:
        raise _invalid(path, _line(document, "delimiter"), "dấu ngăn cột là , ; | hoặc tab")
    return "\t" if sign == "tab" else sign
