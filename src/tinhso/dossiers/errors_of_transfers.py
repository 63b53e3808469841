"""What is refused when another agency is asked to take a dossier over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict


class AgencyNotCompetent(Conflict):
    """The agency that was asked does not hold the field and level of the procedure on that day."""

    code = "dossiers.agency_not_competent"
    message = _(
        "{agency} không có thẩm quyền về lĩnh vực “{field}” ở cấp của thủ tục này. Chọn cơ quan có thẩm quyền."
    )


class AgencyAsksItself(Conflict):
    """The agency that was asked is the one that asks: it handles the dossier already."""

    code = "dossiers.agency_asks_itself"
    message = _("{agency} đang giải quyết hồ sơ này, không tự chuyển cho mình. Chọn cơ quan khác.")
