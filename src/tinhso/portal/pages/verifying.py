"""Verify a printed paper by its QR code, or by the code printed under it (kiểm chứng giấy tờ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.portal.pages import attempts
from tinhso.ui.verifying import Telling, is_code, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

LONGEST_TYPED = 200
"""A code has at most 76 characters; blanks and unseen signs that were copied with it are read over."""
MANY = 429
MARK_NAMES = {
    "hs": gettext_lazy("mã hồ sơ"),
    "tt": gettext_lazy("mã thủ tục"),
    "dd": gettext_lazy("số định danh"),
    "gt": gettext_lazy("tên giấy"),
    "luc": gettext_lazy("thời điểm cấp"),
    "han": gettext_lazy("hạn"),
    "tien": gettext_lazy("số tiền"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: ActedRequest) -> HttpResponse:
    """The form for whoever has no camera at hand."""
    if request.method != "POST":
        return _form(request, "", {}, status=200)
    code = request.POST.get("ma", "").strip()[:LONGEST_TYPED]
    if not code:
        return _form(request, code, {"ma": [_("Nhập mã in dưới mã QR của tờ giấy.")]}, status=422)
    return _judged(request, code)


@require_safe
def paper(request: ActedRequest, code: str) -> HttpResponse:
    """What the records say of the paper whose QR code was read."""
    return _judged(request, code[:LONGEST_TYPED])


def _judged(request: ActedRequest, code: str) -> HttpResponse:
    if not is_code(code):
        return _form(request, code, {"ma": [_malformed()]}, status=404)
    places = attempts.take_place(request, code)
    if not places:
        much = _("Bạn đã thử sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại.")
        return _form(request, code, {"": [much]}, status=MANY)
    telling = tell(code, request.GET.dict())
    if telling is None:
        wrong = _(
            "Không có giấy tờ nào mang mã này. Tờ giấy có thể đã bị làm giả, hoặc mã bị nhập sai."
        )
        return _form(request, code, {"ma": [wrong]}, status=404)
    attempts.give_back(places)
    return _told(request, code, telling)


def _malformed() -> str:
    return _(
        "Mã chưa đúng dạng. Nhập đủ ba phần in dưới mã QR, ví dụ 01-ABCDE12345.1-H7J4K9TQWX."
        " Có thể gõ khoảng trắng thay cho dấu gạch."
    )


def _told(request: ActedRequest, code: str, telling: Telling) -> HttpResponse:
    differing = [MARK_NAMES[mark] for mark in telling.differing if mark in MARK_NAMES]
    context = {
        "code": code,
        "telling": telling,
        "facts": [(_("Nơi cấp"), telling.issuer), *telling.facts],
        "differing": differing,
        "errors": {},
    }
    return render(request, "portal/verify.html", context)


def _form(
    request: ActedRequest, code: str, errors: dict[str, list[str]], *, status: int
) -> HttpResponse:
    context = {"code": code, "telling": None, "errors": errors}
    return render(request, "portal/verify.html", context, status=status)
