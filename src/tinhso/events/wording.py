"""What the facts of an event are called on screen (từ ngữ của nhật ký), and how their values are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.events.kinds import kinds
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django_stubs_ext import StrOrPromise

LONGEST = 60  # characters of a list shown as it is
WORDS = {
    "absent": gettext_lazy("người vắng"),
    "accepts": gettext_lazy("nhận"),
    "added": gettext_lazy("thêm"),
    "agencies": gettext_lazy("số cơ quan"),
    "agency": gettext_lazy("cơ quan"),
    "agency_code": gettext_lazy("mã định danh"),
    "agrees": gettext_lazy("đồng ý"),
    "amount": gettext_lazy("số tiền (đồng)"),
    "answer_by": gettext_lazy("trả lời trước ngày"),
    "approves": gettext_lazy("đồng ý giải quyết"),
    "begun": gettext_lazy("số cơ quan bắt đầu"),
    "by": gettext_lazy("người rút"),
    "calendar": gettext_lazy("lịch làm việc"),
    "cases": gettext_lazy("số hồ sơ"),
    "changed": gettext_lazy("đã đổi"),
    "channel": gettext_lazy("cách nộp"),
    "charge": gettext_lazy("khoản thu"),
    "charges": gettext_lazy("các khoản thu"),
    "code": gettext_lazy("mã"),
    "competences": gettext_lazy("số lĩnh vực giao lại"),
    "content_type": gettext_lazy("loại tệp"),
    "continued": gettext_lazy("số cơ quan đổi thông tin"),
    "day": gettext_lazy("ngày"),
    "deadline_on": gettext_lazy("hạn"),
    "due_at": gettext_lazy("hạn"),
    "due_before": gettext_lazy("hạn cũ"),
    "due_on": gettext_lazy("hạn"),
    "effect": gettext_lazy("hệ quả"),
    "ended": gettext_lazy("số cơ quan kết thúc"),
    "entered": gettext_lazy("số ngày đã thêm"),
    "entries": gettext_lazy("số mục"),
    "errand": gettext_lazy("việc đến làm"),
    "expires_at": gettext_lazy("hết hiệu lực"),
    "field": gettext_lazy("lĩnh vực"),
    "fields": gettext_lazy("các mục"),
    "file": gettext_lazy("tệp"),
    "filters": gettext_lazy("điều kiện lọc"),
    "first": gettext_lazy("từ"),
    "format": gettext_lazy("định dạng"),
    "from": gettext_lazy("từ"),
    "full": gettext_lazy("mức đầy đủ (đồng)"),
    "ground": gettext_lazy("căn cứ"),
    "includes_subordinates": gettext_lazy("cả đơn vị trực thuộc"),
    "indicator": gettext_lazy("chỉ tiêu"),
    "is_default": gettext_lazy("mặc định"),
    "items": gettext_lazy("số mục"),
    "key": gettext_lazy("khóa"),
    "kind": gettext_lazy("loại"),
    "known": gettext_lazy("người nộp đã biết"),
    "last": gettext_lazy("đến"),
    "late": gettext_lazy("quá hạn"),
    "message": gettext_lazy("thông điệp"),
    "method": gettext_lazy("cách trả tiền"),
    "minutes": gettext_lazy("số phút"),
    "near": gettext_lazy("sắp đến hạn"),
    "node": gettext_lazy("bước của quy trình"),
    "number": gettext_lazy("số"),
    "on": gettext_lazy("ngày"),
    "on_time": gettext_lazy("đúng hạn"),
    "outcome": gettext_lazy("kết quả"),
    "pack": gettext_lazy("gói nghiệp vụ"),
    "parties": gettext_lazy("người nộp đã hiện"),
    "party": gettext_lazy("người nộp"),
    "payment": gettext_lazy("lần thu"),
    "period": gettext_lazy("kỳ"),
    "permissions": gettext_lazy("các quyền"),
    "person": gettext_lazy("người được giao"),
    "post": gettext_lazy("vị trí"),
    "procedure": gettext_lazy("thủ tục"),
    "promised_on": gettext_lazy("ngày hẹn lại"),
    "purpose": gettext_lazy("mục đích"),
    "reason": gettext_lazy("lý do"),
    "reference": gettext_lazy("mã tra cứu"),
    "regime": gettext_lazy("chế độ báo cáo"),
    "removed": gettext_lazy("bớt"),
    "result": gettext_lazy("giấy kết quả"),
    "role": gettext_lazy("vai trò"),
    "rows": gettext_lazy("số dòng"),
    "score": gettext_lazy("điểm"),
    "sha256": gettext_lazy("giá trị băm"),
    "signed_early": gettext_lazy("ký trước ngày nộp"),
    "signed_on": gettext_lazy("ngày ký"),
    "since": gettext_lazy("từ ngày"),
    "size": gettext_lazy("số byte"),
    "starts_at": gettext_lazy("bắt đầu lúc"),
    "step": gettext_lazy("bước"),
    "steps": gettext_lazy("số bước"),
    "subject_kind": gettext_lazy("loại đối tượng"),
    "subjects": gettext_lazy("đối tượng đã hiện"),
    "substitute": gettext_lazy("người thay"),
    "successions": gettext_lazy("số kế thừa"),
    "tables": gettext_lazy("các bảng"),
    "to": gettext_lazy("đến"),
    "unheard": gettext_lazy("không chờ ý kiến của"),
    "units": gettext_lazy("số đơn vị"),
    "until": gettext_lazy("đến ngày"),
    "user": gettext_lazy("tài khoản"),
    "valid_from": gettext_lazy("có hiệu lực từ"),
    "version": gettext_lazy("phiên bản"),
    "way": gettext_lazy("cách trả kết quả"),
    "window": gettext_lazy("quầy"),
    "withdrawn": gettext_lazy("số ngày đã rút"),
    "work_moved": gettext_lazy("số việc đã chuyển"),
}
"""Names of facts; a fact without one is shown by its key, as the reference of events names it."""


values: dict[tuple[str, str], Mapping[str, StrOrPromise]] = {}
"""Words for the codes that stand as values, by the app of the event and the name of the fact."""


def register(app: str, fact: str, words: Mapping[str, StrOrPromise]) -> None:
    """Say what the codes of a fact are called (`dossiers`, `channel`); from the AppConfig of whoever knows them."""
    values[app, fact] = {**values.get((app, fact), {}), **words}


_PEOPLE = ("absent", "person", "substitute", "user")
_BEARERS = {"agency": "agency", "calendar": "calendar", **dict.fromkeys(_PEOPLE, "user")}
"""The facts whose values are keys of something with a name, and the prefix under which `naming` knows it."""


def keys_in(payload: Mapping[str, Any]) -> dict[str, str]:
    """The keys among an event's facts by the name of the fact, for `naming.names_of`."""
    said = {name: str(payload[name]) for name in _BEARERS if payload.get(name) is not None}
    return {name: f"{_BEARERS[name]}:{value.removeprefix('user:')}" for name, value in said.items()}


def facts_of(
    kind: str, payload: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The facts of an event with their names, each value as the house writes its declared type.

    `names` are those of the `keys_in` it, where they were asked for.
    """
    named = {
        fact: names[key] for fact, key in keys_in(payload).items() if names.get(key, key) != key
    }
    known = kinds.get(kind)
    declared = known.payload if known else {}
    app = kind.partition(".")[0]
    for name, value in payload.items():
        known_values = values.get((app, name), {})
        said = known_values.get(value) if isinstance(value, str) else None
        said = said or named.get(name)
        yield str(WORDS.get(name, name)), str(said or _written(value, declared.get(name, "")))


def _written(value: Any, declared: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        words = ", ".join(map(str, value))
        return words if len(words) <= LONGEST else _("%(n)s mục") % {"n": len(value)}
    if declared == "date-time":
        return formatting.moment(datetime.fromisoformat(value))
    if declared == "date":
        return formatting.day(date.fromisoformat(value))
    return str(value)
