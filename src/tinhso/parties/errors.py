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
    message = _(
        "Không đọc được mã QR trên thẻ căn cước. Quét lại, tắt bộ gõ tiếng Việt khi quét, hoặc gõ tay vào tờ khai."
    )


class AccountUnknown(NotFound):
    """No citizen's account with this address or code has said who it is."""

    code = "parties.account_unknown"
    message = _(
        "Không có tài khoản công dân nào với thư điện tử hoặc mã này, hoặc tài khoản chưa khai bạn là ai."
    )


class PartiesUnlike(Conflict):
    """Neither the number nor the name and birthday of the two are the same."""

    code = "parties.unlike"
    message = _(
        "Hai bên không trùng số định danh, cũng không trùng họ tên và ngày sinh, nên không kết nối được."
    )


class JoinedBefore(Conflict):
    """The known party is joined to an account already."""

    code = "parties.joined_before"
    message = _("Người này đã được kết nối với một tài khoản. Hủy kết nối đó trước.")


class PartyOfAnAccount(Conflict):
    """The party that was found is another account's own."""

    code = "parties.of_an_account"
    message = _(
        "Bên này là thông tin tự khai của một tài khoản khác, không phải người đã biết tại quầy."
    )


class SeparatedBefore(Conflict):
    """The joining was taken back already."""

    code = "parties.separated_before"
    message = _("Kết nối này đã được hủy trước đó.")


class SeparationReasonMissing(Invalid):
    """A joining is not taken back without a reason."""

    code = "parties.separation_reason_missing"
    message = _("Ghi lý do hủy kết nối.")


class OwnAccount(Conflict):
    """An officer joins nobody of their own name: nobody confirms themselves."""

    code = "parties.own_account"
    message = _("Tài khoản mang tên của chính bạn; cần một cán bộ khác đối chiếu và kết nối.")
