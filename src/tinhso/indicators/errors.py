"""What can be refused of figures, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class IndicatorUnknown(NotFound):
    """No pack in force defines an indicator of this code."""

    code = "indicators.unknown"
    message = _("Không có chỉ tiêu “{indicator}”.")


class IntervalReversed(Invalid):
    """The last day of an interval lies before its first."""

    code = "indicators.interval_reversed"
    message = _("Ngày cuối {last} trước ngày đầu {first}.")


class IntervalTooLong(Invalid):
    """An interval of more years than anybody compares: each of its months is a question."""

    code = "indicators.interval_too_long"
    message = _("Khoảng thời gian quá dài: xem nhiều nhất {years} năm một lần.")


class DimensionUnknown(Invalid):
    """The indicator is not counted by this dimension."""

    code = "indicators.dimension_unknown"
    message = _("Chỉ tiêu “{indicator}” không chia theo “{by}”. Chia được theo: {known}.")


class GroupUnknown(NotFound):
    """The cut has no such group."""

    code = "indicators.group_unknown"
    message = _("Lát cắt này không có nhóm “{group}”.")


class NotOnColumns(Invalid):
    """A function or form of the expression language that has no meaning on the columns of a fact table."""

    code = "indicators.not_on_columns"
    message = _("“{what}” ở vị trí {position} không dùng được với cột của bảng số liệu.")


class NothingToList(Conflict):
    """The figure is no count of records: it has none behind it that could be listed."""

    code = "indicators.nothing_to_list"
    message = _("Chỉ tiêu “{indicator}” không đếm từ bản ghi nên không có danh sách.")


class TargetUnknown(NotFound):
    """There is no such target."""

    code = "indicators.target_unknown"
    message = _("Không tìm thấy chỉ tiêu phấn đấu.")


class TargetInvalid(Invalid):
    """The target cannot be one: `errors` says why."""

    code = "indicators.target_invalid"
    message = _("Chỉ tiêu phấn đấu chưa hợp lệ.")


class TargetEnded(Conflict):
    """The target was ended already."""

    code = "indicators.target_ended"
    message = _("Chỉ tiêu phấn đấu này đã thôi giao từ ngày {on}.")


class FigureInvalid(Invalid):
    """The reported figure cannot be one: `errors` says why."""

    code = "indicators.figure_invalid"
    message = _("Số liệu báo cáo chưa hợp lệ.")


class FiguresBehind(Conflict):
    """The warehouse has not read all that the log tells: what would be closed is not what there is."""

    code = "indicators.figures_behind"
    message = _(
        "Kho số liệu chưa đọc hết nhật ký (còn {events} sự kiện). Chờ ít phút rồi chốt lại."
    )


class IntervalClosed(Conflict):
    """The figures of this interval are closed already."""

    code = "indicators.interval_closed"
    message = _("Kỳ số liệu từ {first} đến {last} đã chốt.")


class IntervalNotOver(Conflict):
    """An interval is closed after its last day."""

    code = "indicators.interval_not_over"
    message = _("Kỳ số liệu đến {last} chưa hết, chưa chốt được.")


class NothingToClose(Conflict):
    """No indicator in force has figures of its own: there is nothing to close."""

    code = "indicators.nothing_to_close"
    message = _("Chưa có chỉ tiêu nào tính được từ hồ sơ nên không có gì để chốt.")


class ClosingUnknown(NotFound):
    """There is no such closed period."""

    code = "indicators.closing_unknown"
    message = _("Không tìm thấy kỳ số liệu đã chốt.")


class PeriodUnreadable(NotFound):
    """What was given names no interval: a month, a quarter, a year, or two days."""

    code = "indicators.period_unreadable"
    message = _(
        "“{period}” không phải một kỳ số liệu. Ghi tháng (2026-10), quý (2026-Q3), năm (2026)"
        " hoặc hai ngày (2026-10-21_2026-11-20)."
    )
