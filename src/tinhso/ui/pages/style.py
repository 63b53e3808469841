"""The living style page (trang mẫu giao diện): every component once, with invented values.

It opens only in a demonstration or with DEBUG.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.ui import qr
from tinhso.ui.components import Step, Tab
from tinhso.ui.pages import style_charts

APPOINTMENT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
SUMMARY = {"so-dien-thoai": ["Số điện thoại có 10 chữ số."], "ly-do": ["Nêu lý do."]}


def workspace(request: HttpRequest) -> HttpResponse:
    """Components as officers meet them."""
    _only_where_nothing_is_real()
    return render(
        request, "ui/style_workspace.html", _components(request) | style_charts.examples()
    )


def portal(request: HttpRequest) -> HttpResponse:
    """Components as citizens meet them."""
    _only_where_nothing_is_real()
    return render(request, "ui/style_portal.html", _components(request))


def _only_where_nothing_is_real() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


def _components(request: HttpRequest) -> dict[str, Any]:
    return {
        "tabs": _tabs(),
        "steps": _steps(),
        "rows": _rows(),
        "page": Paginator(range(86), 6).get_page(request.GET.get("trang")),
        "appointment": APPOINTMENT,
        "errors": SUMMARY,
        "levels": [("", _("Tất cả")), ("tinh", _("Cấp tỉnh")), ("xa", _("Cấp xã"))],
        "ways": [("online", _("Trực tuyến")), ("counter", _("Tại quầy")), ("post", _("Bưu chính"))],
        "qr": qr.svg("H48.36-261120-0004", label=_("Mã QR của hồ sơ H48.36-261120-0004")),
    }


def _tabs() -> list[Tab]:
    return [
        Tab(_("Tất cả"), "?", 86, is_current=True),
        Tab(_("Quá hạn"), "?han=qua", 2, "late"),
        Tab(_("Sắp đến hạn"), "?han=sap", 9, "near"),
        Tab(_("Trong hạn"), "?han=trong", 68, "ok"),
        Tab(_("Chờ bổ sung"), "?han=cho", 7),
    ]


def _steps() -> list[Step]:
    return [
        Step(_("Đã tiếp nhận"), "22/11, 08:15 · Trung tâm Phục vụ hành chính công", "done"),
        Step(_("Đã kiểm tra hồ sơ"), "22/11, 14:02 · Phòng chuyên môn", "done"),
        Step(_("Đang thẩm định"), "Từ 23/11 · Phòng chuyên môn", "now"),
        Step(_("Ký duyệt")),
        Step(_("Trả kết quả"), "Hẹn 01/12, 17:00"),
    ]


def _rows() -> list[tuple[str, ...]]:
    return [
        ("late", _("Quá hạn 2 ngày"), "18/11 17:00", "Đăng ký biến động đất đai", "0042", "Lan"),
        ("late", _("Quá hạn 3 giờ"), "22/11 08:00", "Cấp lại giấy chứng nhận", "0107", "Hùng"),
        ("near", _("Còn 2 giờ"), "22/11 13:30", "Xác nhận đăng ký môi trường", "0011", "Minh"),
        ("wait", _("Chờ bổ sung"), _("Tạm dừng tính hạn"), "Chuyển mục đích đất", "0071", "Tú"),
        ("ok", _("Còn 6 ngày"), "01/12 17:00", "Gia hạn sử dụng đất", "0004", "Nam"),
        ("done", _("Đã trả kết quả"), "20/11 09:12", "Đăng ký khai sinh", "0033", "Hoa"),
    ]
