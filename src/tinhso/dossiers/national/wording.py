"""What is said of a dossier to the national portal: the fields of its adapter, built from the record when it is sent.

Dates `yyyyMMddHHmmss`, Asia/Ho_Chi_Minh. `LoaiDoiTuong` 1 is a citizen, 2 an enterprise (the classic API).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.models import User
from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of, local
from tinhso.dossiers.models import Channel, SupplementRequest
from tinhso.dossiers.plans.moving import BESIDE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.dossiers.models import Dossier, Step
    from tinhso.dossiers.models.national import NationalMessage
    from tinhso.parties.models import Party

CITIZEN, ENTERPRISE = "1", "2"


def whole(message: NationalMessage, *, is_known: bool) -> dict[str, Any]:
    """The dossier as it stands, besides session and service; `is_known` says whether the portal has it."""
    return {"isUpdating": str(is_known), "data": [_dossier(message.dossier, message)]}


def progress(message: NationalMessage) -> dict[str, Any]:
    """One act upon it, besides session and service."""
    return {"data": [_progress(message.dossier, message)]}


def code_of(dossier: Dossier) -> str:
    """MaHoSo: the portal's own code where it has one, for it knows the dossier by that; else our number."""
    return dossier.foreign_code or dossier.number or ""


def _dossier(dossier: Dossier, message: NationalMessage) -> dict[str, Any]:
    definition = dossier.procedure.procedure
    applicant = dossier.applicant
    results = list(dossier.results.order_by("at"))
    is_over = dossier.finished_at is not None
    handed = dossier.handovers.order_by("-at").first() if is_over else None
    return {
        "MaHoSo": code_of(dossier),
        "SoHoSo": dossier.number or "",
        "MaTTHC": definition.code,
        "TenTTHC": definition.name,
        **_applicant(applicant),
        "NgayTiepNhan": _time(dossier.received_at),
        "NgayHenTra": _time(dossier.due_at),
        "TrangThaiHoSo": str(message.state),
        "NgayTra": _time(handed.at if handed else None),
        "NgayKetThucXuLy": _time(dossier.finished_at),
        "HinhThuc": "1" if dossier.channel == Channel.POST else "0",
        "DonViXuLy": name_of(dossier.competent_agency_id, day_of(message.at)),
        "DanhSachHoSoBoSung": [_supplement(row) for row in _requests(dossier)],
        "DanhSachGiayToKetQua": [
            {"TenGiayTo": row.title, "SoKyHieu": row.document_number, "GiayToId": str(row.pk)}
            for row in results
        ],
    }


def _applicant(applicant: Party | None) -> dict[str, str]:
    if applicant is None:
        return {"ChuHoSo": "", "LoaiDoiTuong": CITIZEN, "MaDoiTuong": ""}
    return {
        "ChuHoSo": applicant.name,
        "LoaiDoiTuong": ENTERPRISE if applicant.tax_code else CITIZEN,
        "MaDoiTuong": applicant.tax_code or applicant.personal_id,
        "SoDienThoai": applicant.phone,
        "Email": applicant.email,
    }


def _requests(dossier: Dossier) -> Sequence[SupplementRequest]:
    return list(
        SupplementRequest.objects.filter(dossier=dossier).select_related("answer").order_by("at")
    )


def _supplement(row: SupplementRequest) -> dict[str, str]:
    answer = getattr(row, "answer", None)
    return {
        "HoSoBoSungId": str(row.pk),
        "NoiDungBoSung": "; ".join([*row.items, row.reason]),
        "NgayBoSung": _time(row.at),
        "NgayTiepNhanBoSung": _time(answer.at if answer else None),
        "TrangThaiBoSung": "1" if answer else "0",
    }


def _progress(dossier: Dossier, message: NationalMessage) -> dict[str, str]:
    step = _step_then(dossier, message.at)
    day = day_of(message.at)
    return {
        "MaHoSo": code_of(dossier),
        "NguoiXuLy": _name(message.actor),
        "ThoiDiemXuLy": _time(message.at),
        "PhongBanXuLy": name_of(step.agency_id if step else dossier.competent_agency_id, day),
        "NoiDungXuLy": step.name if step else "",
        "TrangThai": str(message.state),
        "NgayBatDau": _time(step.opened_at if step else dossier.received_at),
        "NgayKetThucTheoQuyDinh": _time(dossier.due_at),
    }


def _step_then(dossier: Dossier, at: datetime) -> Step | None:
    """The step at which the act was done: the last that was open before it."""
    held = dossier.steps.filter(opened_at__lt=at).exclude(node__in=BESIDE)
    return held.order_by("-ordinal").first()


def _name(actor: str) -> str:
    kind, _colon, key = actor.partition(":")
    if kind != "user":
        return ""
    return User.objects.filter(uuid=key).values_list("name", flat=True).first() or ""


def _time(at: datetime | None) -> str:
    return f"{local(at):%Y%m%d%H%M%S}" if at else ""
