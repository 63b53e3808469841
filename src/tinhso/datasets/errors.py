"""What can be refused of data sets, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid, NotAllowed, NotFound


class DatasetUnknown(NotFound):
    """No pack in force declares it."""

    code = "datasets.dataset_unknown"
    message = _("Không có bộ dữ liệu “{dataset}”.")


class DeliveryUnknown(NotFound):
    """There is no such delivery, or it is of another agency."""

    code = "datasets.delivery_unknown"
    message = _("Không tìm thấy lần giao dữ liệu.")


class NotTheOwner(NotAllowed):
    """The agency does not owe this data set on the last day of the period."""

    code = "datasets.not_the_owner"
    message = _("Cơ quan này không phải đơn vị giao bộ dữ liệu “{dataset}”.")


class OwnerUnclear(Invalid):
    """Whoever delivers may do so for several agencies, and named none."""

    code = "datasets.owner_unclear"
    message = _("Chọn cơ quan giao: quyền của bạn có ở {count} đơn vị phải giao.")


class PeriodUnknown(Invalid):
    """The data set has no such period."""

    code = "datasets.period_unknown"
    message = _("Bộ dữ liệu không có kỳ “{period}”.")


class PeriodNotOver(Invalid):
    """What is not over cannot be told."""

    code = "datasets.period_not_over"
    message = _("Kỳ {period} chưa kết thúc: ngày cuối là {day}.")


class FileTooLarge(Invalid):
    """The file is larger than one delivery may be."""

    code = "datasets.file_too_large"
    message = _("Tệp quá lớn: mỗi lần giao tối đa {limit_mb} MB.")


class FileEmpty(Invalid):
    """The file holds no line below its heads."""

    code = "datasets.file_empty"
    message = _("Tệp không có dòng dữ liệu nào.")


class FileUnreadable(Invalid):
    """The file is no CSV in UTF-8, or is broken off within a quoted cell."""

    code = "datasets.file_unreadable"
    message = _("Không đọc được tệp: cần CSV mã UTF-8, cột cách nhau bằng dấu phẩy hoặc chấm phẩy.")


class ColumnsWrong(Invalid):
    """The first line lacks columns, has one twice or one that nobody declared."""

    code = "datasets.columns_wrong"
    message = _("Dòng đầu của tệp chưa đúng: {what}.")


class TooManyRows(Invalid):
    """The file has more lines than one delivery may have."""

    code = "datasets.too_many_rows"
    message = _("Tệp có hơn {limit} dòng; chia thành nhiều lần giao.")
