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
    "agency": gettext_lazy("mã cơ quan"),
    "amount": gettext_lazy("số tiền (đồng)"),
    "channel": gettext_lazy("cách nộp"),
    "code": gettext_lazy("mã"),
    "day": gettext_lazy("ngày"),
    "due_at": gettext_lazy("hạn"),
    "due_before": gettext_lazy("hạn cũ"),
    "effect": gettext_lazy("hệ quả"),
    "errand": gettext_lazy("việc đến làm"),
    "field": gettext_lazy("lĩnh vực"),
    "file": gettext_lazy("tệp"),
    "filters": gettext_lazy("điều kiện lọc"),
    "from": gettext_lazy("từ"),
    "is_default": gettext_lazy("mặc định"),
    "items": gettext_lazy("số mục"),
    "kind": gettext_lazy("loại"),
    "method": gettext_lazy("cách trả tiền"),
    "node": gettext_lazy("bước của quy trình"),
    "number": gettext_lazy("số"),
    "on": gettext_lazy("ngày"),
    "on_time": gettext_lazy("đúng hạn"),
    "outcome": gettext_lazy("kết quả"),
    "parties": gettext_lazy("người nộp đã hiện"),
    "person": gettext_lazy("người được giao"),
    "procedure": gettext_lazy("thủ tục"),
    "purpose": gettext_lazy("mục đích"),
    "reason": gettext_lazy("lý do"),
    "reference": gettext_lazy("mã tra cứu"),
    "result": gettext_lazy("giấy kết quả"),
    "role": gettext_lazy("vai trò"),
    "rows": gettext_lazy("số dòng"),
    "since": gettext_lazy("từ ngày"),
    "step": gettext_lazy("bước"),
    "steps": gettext_lazy("số bước"),
    "subjects": gettext_lazy("đối tượng đã hiện"),
    "to": gettext_lazy("đến"),
    "until": gettext_lazy("đến ngày"),
    "user": gettext_lazy("tài khoản"),
    "version": gettext_lazy("phiên bản"),
    "way": gettext_lazy("cách trả kết quả"),
}
"""Names of facts; a fact without one is shown by its key, as the reference of events names it."""


values: dict[tuple[str, str], Mapping[str, StrOrPromise]] = {}
"""Words for the codes that stand as values, by the app of the event and the name of the fact."""


def register(app: str, fact: str, words: Mapping[str, StrOrPromise]) -> None:
    """Say what the codes of a fact are called (`dossiers`, `channel`); from the AppConfig of whoever knows them."""
    values[app, fact] = {**values.get((app, fact), {}), **words}


def facts_of(kind: str, payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The facts of an event with their names, each value as the house writes its declared type."""
    known = kinds.get(kind)
    declared = known.payload if known else {}
    app = kind.partition(".")[0]
    for name, value in payload.items():
        known_values = values.get((app, name), {})
        said = known_values.get(value) if isinstance(value, str) else None
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
