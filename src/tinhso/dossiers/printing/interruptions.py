"""What forms 04 (apology and extension) and 05 (suspension) say: data for `form.typ`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import local

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.models import Apology, Dossier, Extension, Suspension


def _moment(at: datetime) -> str:
    return f"{local(at):%H giờ %M, ngày %d/%m/%Y}"


def apology(dossier: Dossier, row: Extension) -> dict[str, Any]:
    """The apology with the new appointment (văn bản xin lỗi và đề nghị gia hạn, mẫu 04)."""
    del dossier
    return {
        "kind": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "opening": "Cơ quan giải quyết xin lỗi vì chưa trả được kết quả đúng hẹn đối với hồ sơ:",
        "more": [
            ["Hẹn trả trước đây", _moment(row.due_before)],
            ["Hẹn trả lại", _moment(row.due_after)],
        ],
        "before_items": "",
        "items": [],
        "columns": [],
        "closing": [f"Lý do: {row.reason}", "Thời hạn chỉ được gia hạn một lần."],
    }


def late_apology(dossier: Dossier, row: Apology) -> dict[str, Any]:
    """The apology when the appointed time was missed (văn bản xin lỗi, theo mẫu 04): no extension, a day promised."""
    missed = "quá hạn mà chưa trả được kết quả"
    told = ["Hẹn lại vào", f"ngày {row.promised_on:%d/%m/%Y}"]
    if dossier.finished_at is not None and dossier.finished_at <= row.at:
        missed, told = "chậm có kết quả", ["Có kết quả lúc", _moment(dossier.finished_at)]
    return {
        "kind": "VĂN BẢN XIN LỖI VÌ CHẬM TRẢ KẾT QUẢ",
        "opening": f"Cơ quan giải quyết xin lỗi vì đã {missed} đối với hồ sơ:",
        "more": [["Hẹn trả", _moment(row.due_at)], told],
        "before_items": "",
        "items": [],
        "columns": [],
        "closing": [f"Lý do: {row.reason}"],
    }


def suspension(dossier: Dossier, row: Suspension) -> dict[str, Any]:
    """The notice that the work is suspended (thông báo dừng giải quyết, mẫu 05)."""
    del dossier
    return {
        "kind": "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "opening": "Cơ quan giải quyết thông báo dừng giải quyết hồ sơ:",
        "more": [["Dừng từ", _moment(row.at)]],
        "before_items": "",
        "items": [],
        "columns": [],
        "closing": [
            f"Lý do: {row.reason}",
            "Thời gian dừng không tính vào thời hạn giải quyết.",
        ],
    }
