"""Form 06, the control slip of a dossier (phiếu kiểm soát quá trình giải quyết hồ sơ): who held it from when to when.

TT 03/2025/TT-VPCP, Phụ lục I, mẫu 06.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of, local
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.naming import outcome_title
from tinhso.dossiers.pace import amount

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.models import Dossier, Receipt, Step

TEMPLATE = "dossiers/printing/control.typ"


def words(dossier: Dossier, row: Receipt) -> dict[str, Any]:
    """The steps in their order, each with its unit, person, times, working time used, and outcome."""
    steps = list(dossier.steps.select_related("person", "opinion_request"))
    names = names_of({step.agency_id for step in steps}, day_of(row.at))
    calendar = working_calendar()
    due = f"{local(row.due_at):%H giờ %M, ngày %d/%m/%Y}" if row.due_at else ""
    return {
        "kind": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "opening": "Quá trình giải quyết hồ sơ dưới đây:",
        "more": [["Nhận hồ sơ lúc", _time(row.at)], ["Hẹn trả kết quả", due]],
        "columns": [
            "Bước",
            "Đơn vị, người xử lý",
            "Nhận lúc",
            "Xong lúc",
            "Thời gian làm việc",
            "Kết quả",
        ],
        "steps": [_line(step, names, calendar) for step in steps],
        "closing": [f"In từ hệ thống; hồ sơ {_standing(dossier)}."],
    }


def _line(step: Step, names: dict[int, str], calendar: WorkingCalendar) -> list[str]:
    closed = step.closed_at
    who = names.get(step.agency_id, "")
    return [
        step.name,
        f"{who}, {step.person.name}" if step.person else who,
        _time(step.opened_at),
        _time(closed) if closed else "",
        str(amount(calendar.working_minutes(step.opened_at, closed))) if closed else "",
        str(outcome_title(step)) if closed else "Đang xử lý",
    ]


def _standing(dossier: Dossier) -> str:
    if dossier.finished_at is None:
        return "đang được giải quyết"
    late = dossier.due_at is not None and dossier.finished_at > dossier.due_at
    return f"xong lúc {_time(dossier.finished_at)}, {'quá hạn' if late else 'đúng hạn'}"


def _time(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"
