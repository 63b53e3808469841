"""What the operating system refused, in the language of the page: its own words are English."""

from __future__ import annotations

import errno

from django.utils.translation import gettext_lazy as _

_WORDS = {
    errno.ENOENT: _("không có tệp hay thư mục này"),
    errno.EISDIR: _("là thư mục, không phải tệp"),
    errno.ENOTDIR: _("đường dẫn đi qua một tệp như qua thư mục"),
    errno.EACCES: _("tài khoản đang chạy không được phép"),
    errno.EPERM: _("tài khoản đang chạy không được phép"),
    errno.EROFS: _("nơi này chỉ đọc"),
    errno.ENOSPC: _("đĩa đầy"),
    errno.ENAMETOOLONG: _("tên quá dài"),
    errno.EIO: _("đĩa hỏng hoặc không trả lời"),
}


def reason_of(error: OSError) -> str:
    """Why it was refused; what is not known here in the words of the system."""
    return str(_WORDS.get(error.errno or 0) or error.strerror or error)
