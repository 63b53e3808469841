"""What can go wrong when somebody comes back to a draft."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid


class DraftCodeUnknown(Invalid):
    """No draft of a visitor has that code: it was mistyped, handed in, deleted, or never was."""

    code = "dossiers.draft_code_unknown"
    message = _("Không có bản nháp nào của mã này. Xem lại mã; bản nháp giữ 30 ngày.")


class HelpNotAgreed(Invalid):
    """An officer opens somebody's draft only when its owner agrees."""

    code = "dossiers.help_not_agreed"
    message = _("Chỉ mở bản nháp khi người khai đồng ý.")
