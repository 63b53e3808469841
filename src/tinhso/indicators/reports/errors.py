"""What can be refused of reports, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class RegimeUnknown(NotFound):
    """No pack in force declares this report regime, or it has no such period."""

    code = "indicators.regime_unknown"
    message = _("Không có chế độ báo cáo hoặc kỳ báo cáo “{regime}”.")


class ReportUnknown(NotFound):
    """There is no such report, or it is nothing of yours."""

    code = "indicators.report_unknown"
    message = _("Không tìm thấy báo cáo.")


class LineUnknown(NotFound):
    """The report has no such sentence or figure."""

    code = "indicators.report_line_unknown"
    message = _("Không tìm thấy câu hoặc số liệu này trong báo cáo.")


class ReportState(Conflict):
    """The report does not stand where the act begins."""

    code = "indicators.report_state"
    message = _("Báo cáo đang ở trạng thái “{state}”, không thực hiện được việc này.")


class ReportUnready(Conflict):
    """Offered sentences wait for somebody to keep, change or drop them."""

    code = "indicators.report_unready"
    message = _(
        "Chưa xác nhận được: còn {count} câu đề xuất chưa ai giữ, sửa hoặc bỏ. Xử lý từng câu trước."
    )


class NothingGathered(Conflict):
    """No report of the level below was received yet."""

    code = "indicators.report_nothing_gathered"
    message = _("Chưa nhận báo cáo nào của cấp dưới trong kỳ này nên chưa có gì để tổng hợp.")


class ReasonMissing(Invalid):
    """The act must say why."""

    code = "indicators.report_reason_missing"
    message = _("Cần ghi rõ lý do.")


class SentenceEmpty(Invalid):
    """A sentence needs words; one that is not wanted is dropped."""

    code = "indicators.report_sentence_empty"
    message = _("Câu không có chữ nào. Nếu không cần câu này, chọn “Bỏ câu”.")


class FigureUnfit(Invalid):
    """The numbers typed cannot be: negative, a part greater than its whole, or not a number of the kind."""

    code = "indicators.report_figure_unfit"
    message = _("Số nhập chưa đúng: {why}")


class SectionUnknown(Invalid):
    """The outline has no such section."""

    code = "indicators.report_section_unknown"
    message = _("Đề cương của báo cáo không có mục này.")
