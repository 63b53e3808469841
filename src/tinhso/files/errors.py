"""What can be refused of a file, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid, NotFound, Unavailable


class FileEmpty(Invalid):
    """Nothing was sent."""

    code = "files.empty"
    message = _("Tệp trống, không có nội dung.")


class FileTooLarge(Invalid):
    """The file is larger than the limit."""

    code = "files.too_large"
    message = _("Tệp lớn hơn {limit_mb} MB. Giảm dung lượng rồi gửi lại.")


class FileTypeRefused(Invalid):
    """The extension is not one of those accepted."""

    code = "files.type_refused"
    message = _("Loại tệp không được nhận. Gửi một trong các loại: {accepted}.")


class FileContentMismatch(Invalid):
    """The content is not what the extension says."""

    code = "files.content_mismatch"
    message = _("Nội dung tệp không đúng với đuôi .{extension}.")


class FileDamaged(Invalid):
    """The file cannot be read to its end, or lacks a part that its type must have."""

    code = "files.damaged"
    message = _("Tệp hỏng hoặc không đọc được. Lưu lại rồi gửi lần nữa.")


class FileHasMacros(Invalid):
    """An office document carries code."""

    code = "files.has_macros"
    message = _("Tài liệu có chứa macro, không được nhận. Lưu lại không kèm macro.")


class FileExpandsTooMuch(Invalid):
    """Unpacked, the file would fill memory or disk."""

    code = "files.expands_too_much"
    message = _("Tệp bung ra quá lớn, không được nhận.")


class FileInfected(Invalid):
    """The scanner found something in it."""

    code = "files.infected"
    message = _("Tệp bị phát hiện có mã độc, không được nhận.")


class ScannerUnavailable(Unavailable):
    """The scanner that this house requires does not answer; nothing is taken in unscanned."""

    code = "files.scanner_unavailable"
    message = _("Chưa quét được mã độc nên chưa nhận tệp. Thử lại sau ít phút.")


class FileUnknown(NotFound):
    """There is no such file, or it is not yours to read."""

    code = "files.unknown"


class PreviewImpossible(NotFound):
    """Only images have a preview."""

    code = "files.preview_impossible"
    message = _("Tệp này không xem trước được. Tải về để xem.")


class FileContentLost(Unavailable):
    """The file is in the books but its content is not on the disk."""

    code = "files.content_lost"
    message = _("Chưa lấy được nội dung tệp. Người vận hành đã được báo.")
