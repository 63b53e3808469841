"""What each form says: data for `form.typ`.

Forms of TT 03/2025/TT-VPCP, Phụ lục I. The QR code stands top left and opens the page that verifies the paper
(TT 01/2023/TT-VPCP Điều 26, TCVN 7322).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tinhso.agencies.queries import ancestors, names_of, period_of
from tinhso.calendars.clock import day_of, local
from tinhso.dossiers import definitions
from tinhso.dossiers.definitions import AfterSupplement
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.plans.interrupting import STOPPED
from tinhso.dossiers.printing import control, interruptions
from tinhso.dossiers.queries.kept_papers import codes_at
from tinhso.dossiers.queries.showing import people
from tinhso.dossiers.returning import post_address
from tinhso.parties.identity import mask_id
from tinhso.ui import qr, verifying
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.models.legal import LegalRow

TEMPLATE = "dossiers/printing/form.typ"


@dataclass(frozen=True)
class Form:
    """A form that can be printed: its number in Phụ lục I, its address, its name, the rows that it tells of, its words.

    `rows` come in the order in which they were written, each of them makes one paper; `until` is the day that counts on
    the paper (the appointed time, the last day to answer) and stands in its QR code. An internal paper names officers
    and what they proposed: it is never the applicant's.
    """

    kind: str
    slug: str
    label: StrOrPromise
    rows: Callable[[Dossier], QuerySet[Any]]
    words: Callable[[Dossier, Any], dict[str, Any]]
    until: Callable[[Any], datetime | date | None] = lambda _row: None
    template: str = TEMPLATE
    is_internal: bool = False


def _receipt(dossier: Dossier, row: Any) -> dict[str, Any]:
    definition = definitions.of_version(dossier.procedure_id)
    handed_in = codes_at(dossier, row.at)
    due = f"{local(row.due_at):%H giờ %M, ngày %d/%m/%Y}" if row.due_at else ""
    return {
        "kind": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "opening": "Đã tiếp nhận hồ sơ với nội dung như sau:",
        "more": [
            ["Nhận hồ sơ lúc", f"{local(row.at):%H giờ %M, ngày %d/%m/%Y}"],
            ["Hẹn trả kết quả", due],
            *([["Trả qua bưu chính tới", sent_to]] if (sent_to := post_address(dossier)) else []),
        ],
        "before_items": "Thành phần hồ sơ đã nhận:",
        "items": [[paper.name, "1"] for paper in definition.papers if paper.code in handed_in],
        "columns": ["Tên giấy tờ", "Số bản"],
        "closing": ["Quét mã QR ở góc trên bên trái để kiểm chứng giấy này và theo dõi hồ sơ."],
    }


CLOCK = {
    "not_begun": "Thời hạn giải quyết tính từ khi hồ sơ được tiếp nhận.",
    AfterSupplement.RESUME: "Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
    AfterSupplement.RESTART: "Thời hạn giải quyết dừng trong khi chờ và tính lại từ đầu khi nhận đủ.",
    AfterSupplement.CONTINUE: "Thời hạn giải quyết vẫn tính trong khi chờ bổ sung.",
}
"""What a request for supplement does to the time of the procedure; before receipt none runs."""


def _clock_of(dossier: Dossier, row: Any) -> str:
    if row.phase == "reception":
        return "not_begun"
    return definitions.of_version(dossier.procedure_id).supplement.after


def _supplement(dossier: Dossier, row: Any) -> dict[str, Any]:
    return {
        "kind": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "opening": "Hồ sơ dưới đây cần được bổ sung, hoàn thiện:",
        "more": [["Hạn bổ sung", f"{row.answer_by:%d/%m/%Y}"]],
        "before_items": "Nội dung cần bổ sung:",
        "items": [[item, ""] for item in row.items],
        "columns": ["Giấy tờ, nội dung", "Ghi chú"],
        "closing": [
            f"Lý do: {row.reason}",
            CLOCK[_clock_of(dossier, row)],
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
        Form("01", "giay-tiep-nhan", _("Giấy tiếp nhận và hẹn trả"), lambda dossier: dossier.receipts.order_by("at"),
             _receipt, lambda row: row.due_at),
        Form("02", "phieu-bo-sung", _("Phiếu yêu cầu bổ sung"),
             lambda dossier: dossier.supplementrequests.order_by("at"), _supplement, lambda row: row.answer_by),
        Form("03", "phieu-tu-choi", _("Phiếu từ chối tiếp nhận"), lambda dossier: dossier.refusals.order_by("at"),
             _refusal),
        Form("04", "van-ban-xin-loi", _("Văn bản xin lỗi, gia hạn"),
             lambda dossier: dossier.extensions.order_by("at"), interruptions.apology, lambda row: row.due_after),
        Form("04Q", "xin-loi-qua-han", _("Văn bản xin lỗi vì quá hạn"),
             lambda dossier: dossier.apologies.order_by("at"), interruptions.late_apology, lambda row: row.promised_on),
        Form("05", "thong-bao-dung", _("Thông báo dừng giải quyết"),
             lambda dossier: dossier.suspensions.filter(kind=STOPPED).order_by("at"), interruptions.suspension),
        Form("06", "phieu-kiem-soat", _("Phiếu kiểm soát"), lambda dossier: dossier.receipts.order_by("at"),
             control.words, template=control.TEMPLATE, is_internal=True),
    )
}  # fmt: skip


def available(dossier: Dossier) -> list[Form]:
    """The forms that this dossier has reason for."""
    if dossier.is_imported:
        return []
    return [form for form in FORMS.values() if form.rows(dossier).exists()]


@override("vi")
def printed(
    dossier: Dossier, form: Form, *, address: Callable[[str, str, dict[str, str]], str]
) -> bytes:
    """The latest paper of that form as PDF, in Vietnamese whoever prints it; the personal number is masked.

    `address` makes what the QR code carries, of the kind, the key and the marks of the paper.
    """
    rows = list(form.rows(dossier))
    if not rows:
        raise DossierNotFound(key=str(dossier.uuid))
    row = rows[-1]
    key = f"{dossier.reference}.{len(rows)}"
    data = {
        **_common(dossier, row.at, officer=people({row.actor})[row.actor]),
        **form.words(dossier, row),
        "qr": qr.drawing(address(form.kind, key, marks(dossier, form, row))),
        "code": verifying.code_of(form.kind, key),
        "title": f"{form.label} {dossier}",
    }
    data["facts"] = [*data["facts"], *data.pop("more")]
    return pdf(form.template, data, at=row.at)


@override("vi")
def marks(dossier: Dossier, form: Form, row: LegalRow) -> dict[str, str]:
    """What the QR code has to carry (TT 01/2023/TT-VPCP Điều 26), by short names, the number of the person masked.

    They are what held when the row was written: before receipt a paper bears the reference.
    """
    until = form.until(row)
    is_received = dossier.received_at is not None and row.at >= dossier.received_at
    return {
        "hs": (dossier.number if is_received else dossier.reference) or "",
        "tt": dossier.procedure.procedure.code,
        "dd": applicant_number(dossier).replace("•", "x"),
        "gt": str(form.label),
        "he": verifying.SYSTEM,
        "luc": f"{local(row.at):%Y-%m-%d %H:%M}",
        "han": f"{local(until) if isinstance(until, datetime) else until:%Y-%m-%d}"
        if until
        else "",
    }


def applicant_number(dossier: Dossier) -> str:
    """The personal number or the tax code of the applicant, masked."""
    applicant = dossier.applicant
    return mask_id(applicant.personal_id or applicant.tax_code) if applicant else ""


def _place(above: list[int], day: date) -> str:
    """Where it is written."""
    period = period_of(above[0], day) if above else None
    return period.place_name if period else ""


def _common(dossier: Dossier, at: datetime, *, officer: str) -> dict[str, Any]:
    day = day_of(at)
    desk = dossier.receiving_agency_id
    above = ancestors(desk, day)[:1]
    names = names_of({desk, *above, dossier.competent_agency_id}, day)
    applicant = dossier.applicant
    return {
        "parent": names.get(above[0]) if above else None,
        "agency": names.get(desk, ""),
        "number": str(dossier),
        "place": _place(above, day),
        "date": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "about": dossier.procedure.procedure.name,
        "facts": [
            ["Người nộp", applicant.name if applicant else ""],
            ["Số định danh, mã số thuế", applicant_number(dossier)],
            ["Mã hồ sơ", dossier.number or "chưa cấp"],
            ["Mã tra cứu", dossier.shown_reference],
            ["Mã thủ tục", dossier.procedure.procedure.code],
            ["Cơ quan giải quyết", names.get(dossier.competent_agency_id, "")],
        ],
        "recipients": ["Người nộp hồ sơ", "Lưu hồ sơ"],
        "post": "Người tiếp nhận hồ sơ",
        "name": officer,
    }
