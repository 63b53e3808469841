"""What each form says: data for `form.typ`.

Forms 01, 02 and 03 of TT 03/2025/TT-VPCP, Phụ lục I; the QR code carries the address of the look-up with the
reference, and stands top left (TT 01/2023/TT-VPCP Điều 26, TCVN 7322).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import day_of, local
from tinhso.dossiers import definitions
from tinhso.dossiers.errors import DossierNotFound
from tinhso.parties.identity import mask_id
from tinhso.ui import qr
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.models.legal import LegalRow

TEMPLATE = "dossiers/printing/form.typ"


@dataclass(frozen=True)
class Form:
    """A form that can be printed: its address, its name, the row that it tells of, and its own words."""

    slug: str
    label: StrOrPromise
    row: Callable[[Dossier], LegalRow | None]
    words: Callable[[Dossier, Any], dict[str, Any]]


def _receipt(dossier: Dossier, row: Any) -> dict[str, Any]:
    definition = definitions.of_version(dossier.procedure_id)
    handed_in = set(dossier.papers.values_list("code", flat=True))
    due = f"{local(row.due_at):%H giờ %M, ngày %d/%m/%Y}" if row.due_at else ""
    return {
        "kind": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "opening": "Đã tiếp nhận hồ sơ với nội dung như sau:",
        "more": [
            ["Nhận hồ sơ lúc", f"{local(row.at):%H giờ %M, ngày %d/%m/%Y}"],
            ["Hẹn trả kết quả", due],
        ],
        "before_items": "Thành phần hồ sơ đã nhận:",
        "items": [[paper.name, "1"] for paper in definition.papers if paper.code in handed_in],
        "columns": ["Tên giấy tờ", "Số bản"],
        "closing": [
            "Theo dõi hồ sơ bằng cách quét mã QR ở góc trên bên trái hoặc nhập mã tra cứu."
        ],
    }


def _supplement(dossier: Dossier, row: Any) -> dict[str, Any]:
    del dossier
    return {
        "kind": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "opening": "Hồ sơ dưới đây cần được bổ sung, hoàn thiện:",
        "more": [["Hạn bổ sung", f"{row.answer_by:%d/%m/%Y}"]],
        "before_items": "Nội dung cần bổ sung:",
        "items": [[item, ""] for item in row.items],
        "columns": ["Giấy tờ, nội dung", "Ghi chú"],
        "closing": [
            f"Lý do: {row.reason}",
            "Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
        ],
    }


def _refusal(dossier: Dossier, row: Any) -> dict[str, Any]:
    del dossier
    return {
        "kind": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "opening": "Bộ phận tiếp nhận thông báo không tiếp nhận, giải quyết hồ sơ:",
        "more": [],
        "before_items": "",
        "items": [],
        "columns": [],
        "closing": [f"Lý do: {row.reason}"],
    }


FORMS = {
    form.slug: form
    for form in (
        Form("giay-tiep-nhan", _("Giấy tiếp nhận và hẹn trả"), lambda dossier: dossier.receipts.first(), _receipt),
        Form("phieu-bo-sung", _("Phiếu yêu cầu bổ sung"),
             lambda dossier: dossier.supplementrequests.order_by("-at").first(), _supplement),
        Form("phieu-tu-choi", _("Phiếu từ chối tiếp nhận"), lambda dossier: dossier.refusals.first(), _refusal),
    )
}  # fmt: skip


def available(dossier: Dossier) -> list[Form]:
    """The forms that this dossier has reason for."""
    return (
        []
        if dossier.is_imported
        else [form for form in FORMS.values() if form.row(dossier) is not None]
    )


@override("vi")
def printed(dossier: Dossier, form: Form, *, address: str, officer: str) -> bytes:
    """The form as PDF, in Vietnamese whoever prints it. `address` is what the QR code opens.

    The personal number is masked.
    """
    row = form.row(dossier)
    if row is None:
        raise DossierNotFound(key=str(dossier.uuid))
    data = {
        **_common(dossier, row.at, address=address, officer=officer),
        **form.words(dossier, row),
    }
    data["title"] = f"{form.label} {dossier}"
    data["facts"] = [*data["facts"], *data.pop("more")]
    return pdf(TEMPLATE, data, at=row.at)


def _place(above: list[int], day: date) -> str:
    """Where it is written: the unit's name without its kind ("Xã Trà Bồng" is Trà Bồng)."""
    period = period_of(above[0], day) if above else None
    name = period.name if period else ""
    for kind in ("Xã ", "Phường ", "Đặc khu ", "Tỉnh ", "Huyện ", "Thành phố ", "Thị trấn "):
        name = name.removeprefix(kind)
    return name


def _common(dossier: Dossier, at: datetime, *, address: str, officer: str) -> dict[str, Any]:
    day = day_of(at)
    desk = dossier.receiving_agency_id
    above = ancestors(desk, day)[:1]
    names = names_of({desk, *above, dossier.competent_agency_id}, day)
    applicant = dossier.applicant
    return {
        "qr": qr.drawing(address),
        "parent": names.get(above[0]) if above else None,
        "agency": names.get(desk, ""),
        "number": str(dossier),
        "place": _place(above, day),
        "date": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "about": dossier.procedure.procedure.name,
        "facts": [
            ["Người nộp", applicant.name if applicant else ""],
            [
                "Số định danh, mã số thuế",
                mask_id(applicant.personal_id or applicant.tax_code) if applicant else "",
            ],
            ["Mã hồ sơ", dossier.number or "chưa cấp"],
            ["Mã tra cứu", dossier.reference or ""],
            ["Mã thủ tục", dossier.procedure.procedure.code],
            ["Cơ quan giải quyết", names.get(dossier.competent_agency_id, "")],
        ],
        "recipients": ["Người nộp hồ sơ", "Lưu hồ sơ"],
        "post": "Người tiếp nhận hồ sơ",
        "name": officer,
    }
