"""What the house refuses before any app is asked, and its own faults, by name."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import DomainError, Invalid


class RequestTooLarge(Invalid):
    """The request says that it is larger than anything that is taken in (413)."""

    code = "site.request_too_large"
    status = 413
    message = _("Nội dung gửi lớn hơn {limit_mb} MB. Gửi ít tệp hơn trong mỗi lần.")


class RequestUnusable(Invalid):
    """The request cannot be understood at all, or is addressed to another host (400)."""

    code = "site.request_unusable"
    status = 400
    message = _("Yêu cầu không đọc được.")


class MethodNotAllowed(DomainError):
    """The address is known, but not by this method; `Allow` names those that it has (405)."""

    code = "site.method_not_allowed"
    status = 405
    message = _("Địa chỉ này không nhận phương thức vừa gọi.")


class NotAPage(MethodNotAllowed):
    """The same for a person: the address of a form's button, opened by itself (405)."""

    code = "site.not_a_page"
    message = _(
        "Đây là địa chỉ của một nút bấm, không phải một trang. Bấm nút quay lại của trình duyệt để về trang trước,"
        " hoặc chọn trong thực đơn."
    )


class InternalFault(DomainError):
    """The house made a mistake; it stands in its own log, with the moment (500)."""

    code = "site.internal_fault"
    status = 500
    message = _("Hệ thống có lỗi. Lỗi đã được ghi lại; hãy thử lại sau.")
