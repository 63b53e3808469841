"""What parties refuse, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class PartyNotFound(NotFound):
    """No such party, or not one that the actor may see."""

    code = "parties.party_not_found"
    message = _("Không tìm thấy công dân, tổ chức này, hoặc bạn không được xem.")


class PartyFactsInvalid(Invalid):
    """What was typed about the party is malformed; `errors` names the fields."""

    code = "parties.facts_invalid"
    message = _("Thông tin công dân, tổ chức chưa đúng.")


class PartyAlreadyVerified(Conflict):
    """The identity was confirmed before."""

    code = "parties.already_verified"
    message = _("Nhân thân đã được xác nhận trước đó.")


class IdentityTaken(Conflict):
    """Another party whose identity is confirmed holds this number."""

    code = "parties.identity_taken"
    message = _("Số định danh này đã thuộc về một người khác đã được xác nhận nhân thân.")


class IdentityMissing(Conflict):
    """An identity without a number cannot be confirmed."""

    code = "parties.identity_missing"
    message = _("Chưa có số định danh hoặc mã số thuế để xác nhận.")


class NothingCorrected(Conflict):
    """The correction changes nothing."""

    code = "parties.nothing_corrected"
    message = _("Không có thông tin nào thay đổi.")


class CardUnreadable(Invalid):
    """The text is not what the QR code of a citizen card holds."""

    code = "parties.card_unreadable"
    message = _("Không đọc được mã QR trên thẻ căn cước.")
