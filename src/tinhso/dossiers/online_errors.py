"""What is refused about the duty to file on line, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class OnlineOnly(Conflict):
    """The procedure is filed on line since a day; a desk that takes paper gives its reason."""

    code = "dossiers.online_only"
    message = _(
        "Từ ngày {since} thủ tục này phải nộp trực tuyến. Hãy giúp người dân nộp trên mạng, hoặc chọn lý do nhận giấy."
    )


class NotFullyOnline(Conflict):
    """Only what can be done wholly on line can be made a duty."""

    code = "dossiers.not_fully_online"
    message = _(
        "Ngày {day} thủ tục {code} chưa làm trọn vẹn trên mạng được, nên chưa thể bắt buộc."
    )


class DutyStands(Conflict):
    """A duty to file this procedure on line stands or is to come."""

    code = "dossiers.online_duty_stands"
    message = _("Thủ tục {code} đã có quyết định bắt buộc nộp trực tuyến.")


class DutyNotFound(NotFound):
    """No such duty, or its end was decided."""

    code = "dossiers.online_duty_not_found"
    message = _("Không có quyết định bắt buộc nộp trực tuyến này, hoặc đã thôi.")


class DutyAhead(Invalid):
    """A duty begins and ends no earlier than today, and ends after it began."""

    code = "dossiers.online_duty_ahead"
    message = _("Chọn ngày không sớm hơn {day}; kết thúc phải sau ngày bắt đầu.")


class DocumentMissing(Invalid):
    """The decision names its document."""

    code = "dossiers.document_missing"
    message = _("Ghi số, ký hiệu và ngày của văn bản quyết định.")
