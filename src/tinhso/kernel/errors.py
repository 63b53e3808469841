"""What can be refused: five families, each with a status, subclassed by name in every app's `errors.py`.

Services raise these; one handler renders them as problem+json (RFC 9457), as a page or fragment, or as an exit message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DomainError(Exception):
    """A refusal (từ chối) that names what is wrong; never a bug.

    `code` is stable and documented, `status` is the HTTP status, `message` is a Vietnamese sentence formatted with the
    details given to the constructor.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    message: ClassVar[StrOrPromise] = _("Yêu cầu không thực hiện được.")

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message).format(**self.details)


class NotAllowed(DomainError):
    """The actor lacks the right (403)."""

    code = "not_allowed"
    status = 403
    message = _("Bạn không có quyền thực hiện việc này.")


class NotFound(DomainError):
    """It does not exist, or it exists and is not yours to know (404)."""

    code = "not_found"
    status = 404
    message = _("Không tìm thấy, hoặc bạn không được xem.")


class Conflict(DomainError):
    """It is not in the state that the act requires (409)."""

    code = "conflict"
    status = 409
    message = _("Trạng thái hiện tại không cho phép việc này.")


class StaleVersion(Conflict):
    """The page is older than a change, by somebody else or the reader elsewhere (409); what was typed goes back."""

    code = "stale_version"
    message = _(
        "Nội dung đã thay đổi sau khi bạn mở trang này: người khác vừa làm, hoặc chính bạn ở cửa sổ khác."
        " Xem lại rồi thực hiện lần nữa."
    )


class Invalid(DomainError):
    """The input is malformed (422). `errors` maps a field path to sentences."""

    code = "invalid"
    status = 422
    message = _("Dữ liệu nhập chưa đúng.")

    def __init__(self, errors: dict[str, list[str]] | None = None, **details: Any) -> None:
        self.errors = errors or {}
        super().__init__(**details)


class Unavailable(DomainError):
    """A part that the act needs does not answer now (503)."""

    code = "unavailable"
    status = 503
    message = _("Hệ thống đang bận, hãy thử lại sau ít phút.")
