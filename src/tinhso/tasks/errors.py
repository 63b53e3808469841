"""What can be refused of notices and tasks, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid


class NoticeUnreadable(Invalid):
    """The file cannot be opened or is none of the kinds that are read."""

    code = "tasks.notice_unreadable"
    message = _("Không đọc được tệp {name}: {why}")


class NoticeTooLarge(Invalid):
    """The file, or what it unpacks to, is larger than any notice."""

    code = "tasks.notice_too_large"
    message = _("Tệp {name} quá lớn (trên {limit} MB), không phải một thông báo.")


class NoticeScanned(Invalid):
    """The file holds pictures of pages and no text."""

    code = "tasks.notice_scanned"
    message = _(
        "Tệp {name} là ảnh quét, không có chữ để đọc. Dùng bản có lớp chữ hoặc dán nội dung."
    )


class NoticeSecret(Invalid):
    """The text bears a mark of secrecy; it is not kept, and nothing of it is logged."""

    code = "tasks.notice_secret"
    message = _(
        "Văn bản có dấu chỉ độ mật: không được đưa lên hệ thống này. Không nội dung nào được giữ lại."
    )
