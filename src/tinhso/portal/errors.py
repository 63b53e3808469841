"""What can go wrong on the citizens' pages, and between those that play the national portal and the province."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound, Unavailable


class NotSent(Unavailable):
    """The province did not answer, or there is no way to it; nothing was handed in that is known."""

    code = "portal.not_sent"
    message = _(
        "Hồ sơ chưa gửi được tới tỉnh. Những gì đã khai vẫn được giữ; hãy bấm Nộp hồ sơ lần nữa."
    )


class NotTaken(Invalid):
    """The province refused the dossier; its own sentences say why."""

    code = "portal.not_taken"
    message = _("Hồ sơ chưa gửi: {detail} Những gì đã khai vẫn được giữ.")


class ArrivedBefore(Conflict):
    """An earlier sending had arrived though its answer was lost; what was changed since is not in it."""

    code = "portal.arrived_before"
    message = _(
        "Lần gửi trước đã tới nơi với nội dung khi đó; nội dung sửa sau đó chưa gửi và vẫn được giữ."
    )


class GuideNotFound(NotFound):
    """No guide of that code is in force."""

    code = "portal.guide_not_found"
    message = _("Không có hướng dẫn “{code}”.")
