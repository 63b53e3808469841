"""What is refused about papers: unconfirmed ones, and asking for what the platform holds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class PapersUnconfirmed(Conflict):
    """The dossier was brought to the desk, and the officer did not say as what each paper was seen."""

    code = "dossiers.papers_unconfirmed"
    message = _(
        "Chưa xác nhận giấy tờ: {papers}. Chọn bản chính, bản sao hay bản điện tử cho từng giấy tờ."
    )


class HelpedOnPaper(Conflict):
    """Who is helped to file does so on line: papers that stay at the desk make it a dossier on paper."""

    code = "dossiers.helped_on_paper"
    message = _(
        "Nộp hộ là nộp trực tuyến, quầy không giữ giấy. Nhận bản sao giấy thì chọn cách nộp “Trực tiếp tại quầy”."
    )


class PaperConfirmed(Conflict):
    """Somebody has said before as what this paper was seen."""

    code = "dossiers.paper_confirmed"
    message = _("Giấy tờ này đã được xác nhận.")


class PaperNotThere(NotFound):
    """No such paper was handed in with this dossier."""

    code = "dossiers.paper_not_there"
    message = _("Không tìm thấy giấy tờ này trong hồ sơ.")


class PaperHeld(Conflict):
    """The platform holds this paper as an earlier result of the same person."""

    code = "dossiers.paper_held"
    message = _(
        "Không yêu cầu người dân nộp “{paper}”: hệ thống đã có {title} số {number} ngày {day}. Lấy giấy đó, hoặc ghi lý"
        " do không dùng được (hết giá trị, sai thông tin)."
    )


class HeldUnknown(NotFound):
    """No such paper is held for this person and this procedure."""

    code = "dossiers.held_unknown"
    message = _("Không tìm thấy giấy tờ này trong kho của người nộp.")


class NothingBrought(Invalid):
    """A supplement without one new paper and without a word of what was brought: it would use up the request."""

    code = "dossiers.nothing_brought"
    message = _(
        "Chưa có giấy tờ nào được bổ sung. Đính kèm ít nhất một giấy tờ, hoặc ghi đã nhận gì, đã sửa ở mục nào."
    )


class BookTooLong(Conflict):
    """The book of the chosen days is too long to be printed; the spreadsheet holds all of it."""

    code = "dossiers.book_too_long"
    message = _(
        "Sổ có {count} hồ sơ, bản in chứa nhiều nhất {most}. Chọn khoảng ngày ngắn hơn, hoặc tải bảng tính."
    )
