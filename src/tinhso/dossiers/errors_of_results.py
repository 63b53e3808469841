"""What is refused about results: against the decision, signed on an unlikely day, without the file to hand over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid


class ResultAgainstDecision(Conflict):
    """The document says something else than what was decided: a certificate after a refusal, or the other way round."""

    code = "dossiers.result_against_decision"
    message = _("Người có thẩm quyền đã quyết định {decision}: chỉ nhập được {kinds}.")


class SignedBeforehand(Invalid):
    """The result bears a day of signing from before the dossier was handed in, and nobody said why."""

    code = "dossiers.signed_beforehand"
    message = _(
        "Ngày ký {signed} trước ngày nộp hồ sơ {handed_in}. Sửa ngày ký; nếu đúng là ký trước, ghi lý do."
    )


class EndsBeforeSigned(Invalid):
    """The result would have ended before the day on which it was signed."""

    code = "dossiers.ends_before_signed"
    message = _("Có giá trị đến {until} là trước ngày ký {signed}. Sửa một trong hai ngày.")


class ResultFileMissing(Invalid):
    """What is handed over electronically is a file, and the result has none."""

    code = "dossiers.result_file_missing"
    message = _(
        "Trả bản điện tử cần tệp của “{title}” số {number}. Đính kèm tệp PDF, hoặc chọn cách trả khác."
    )


class ResultFilePresent(Conflict):
    """The result has its file, which the hand-over does not replace."""

    code = "dossiers.result_file_present"
    message = _("Kết quả đã có tệp, không thay tệp khi trả.")
