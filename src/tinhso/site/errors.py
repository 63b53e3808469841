"""What the house refuses before any app is asked, by name."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid


class RequestTooLarge(Invalid):
    """The request says that it is larger than anything that is taken in (413)."""

    code = "site.request_too_large"
    status = 413
    message = _("Nội dung gửi lớn hơn {limit_mb} MB. Gửi ít tệp hơn trong mỗi lần.")
