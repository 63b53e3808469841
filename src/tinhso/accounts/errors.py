"""What accounts refuse, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class UserNotFound(NotFound):
    """No such user."""

    code = "accounts.user_not_found"
    message = _("Không tìm thấy người dùng.")


class EmailTaken(Conflict):
    """Another account has this e-mail."""

    code = "accounts.email_taken"
    message = _("Đã có tài khoản dùng thư điện tử này.")


class UserAlreadyDeactivated(Conflict):
    """The account is closed already."""

    code = "accounts.user_already_deactivated"
    message = _("Tài khoản đã bị khóa.")


class UserIsActive(Conflict):
    """The account is open already."""

    code = "accounts.user_is_active"
    message = _("Tài khoản đang hoạt động.")


class UserInactive(Conflict):
    """A closed account can be given nothing."""

    code = "accounts.user_inactive"
    message = _("Tài khoản đã bị khóa nên không thể giao quyền hoặc vị trí.")


class NotToOneself(NotAllowed):
    """Nobody gives themselves rights, or closes their own account."""

    code = "accounts.not_to_oneself"
    message = _("Không ai được tự làm việc này cho chính mình.")


class CitizenHoldsNothing(Conflict):
    """Posts and rights are for officers only."""

    code = "accounts.citizen_holds_nothing"
    message = _("Tài khoản công dân không giữ vị trí và không được phân quyền.")


class NotACitizenAccount(Conflict):
    """Only a citizen's account stands for a party."""

    code = "accounts.not_a_citizen_account"
    message = _("Chỉ tài khoản công dân mới gắn với hồ sơ nhân thân.")


class PartyAlreadyLinked(Conflict):
    """The account, or the party, is linked already."""

    code = "accounts.party_already_linked"
    message = _("Tài khoản hoặc công dân này đã được gắn trước đó.")


class PeriodReversed(Invalid):
    """The period ends before it begins."""

    code = "accounts.period_reversed"
    message = _("Ngày kết thúc phải sau ngày bắt đầu.")


class PostNotFound(NotFound):
    """No such post."""

    code = "accounts.post_not_found"
    message = _("Không tìm thấy vị trí công tác.")


class PostExists(Conflict):
    """The agency has a post of this title from that day on."""

    code = "accounts.post_exists"
    message = _("Cơ quan đã có vị trí “{title}” từ ngày này.")


class PostNotOpen(Conflict):
    """The post does not exist during the whole period."""

    code = "accounts.post_not_open"
    message = _("Vị trí công tác không tồn tại trong suốt thời gian này.")


class PostAlreadyHeld(Conflict):
    """The person holds the post already during that period."""

    code = "accounts.post_already_held"
    message = _("Người này đã giữ vị trí đó trong thời gian này.")


class HoldingNotFound(NotFound):
    """No such holding."""

    code = "accounts.holding_not_found"
    message = _("Không tìm thấy việc giữ vị trí này.")


class HoldingOver(Conflict):
    """The post is no longer held on that day."""

    code = "accounts.holding_over"
    message = _("Người này đã thôi giữ vị trí, hoặc chưa giữ vào ngày đó.")


class HoldingBegun(Conflict):
    """The post is held already: one leaves it, what was is not taken back."""

    code = "accounts.holding_begun"
    message = _("Việc giữ vị trí đã bắt đầu từ {since}: hãy ghi nhận thôi giữ.")


class RoleNotFound(NotFound):
    """No such role in use."""

    code = "accounts.role_not_found"
    message = _("Không tìm thấy vai trò.")


class GrantNotFound(NotFound):
    """No such grant."""

    code = "accounts.grant_not_found"
    message = _("Không tìm thấy quyền đã giao.")


class GrantOverlaps(Conflict):
    """The person holds this role at this agency during that period already."""

    code = "accounts.grant_overlaps"
    message = _("Người này đã có vai trò đó tại cơ quan này trong thời gian trên.")


class GrantAlreadyRevoked(Conflict):
    """The grant was revoked before."""

    code = "accounts.grant_already_revoked"
    message = _("Quyền này đã bị thu hồi.")


class StandInNotFound(NotFound):
    """No such stand-in."""

    code = "accounts.stand_in_not_found"
    message = _("Không tìm thấy việc cử người thay thế.")


class StandInForOneself(Invalid):
    """Nobody stands in for themselves."""

    code = "accounts.stand_in_for_oneself"
    message = _("Người thay thế phải là người khác.")


class StandInOverlaps(Conflict):
    """The person stands in for the other during that period already."""

    code = "accounts.stand_in_overlaps"
    message = _("Người này đã được cử thay thế trong thời gian trên.")


class StandInAlreadyWithdrawn(Conflict):
    """The stand-in was ended before."""

    code = "accounts.stand_in_already_withdrawn"
    message = _("Việc thay thế đã chấm dứt.")


class TokenNotFound(NotFound):
    """No such token."""

    code = "accounts.token_not_found"
    message = _("Không tìm thấy mã truy cập.")


class TokenAlreadyWithdrawn(Conflict):
    """The token was withdrawn before."""

    code = "accounts.token_already_withdrawn"
    message = _("Mã truy cập đã bị thu hồi.")


class TokenWithoutRights(Invalid):
    """A token names at least one known right."""

    code = "accounts.token_without_rights"
    message = _("Mã truy cập phải có ít nhất một quyền đã biết.")


class TokenRightNotHeld(NotAllowed):
    """A token carries what partner systems are given, or what its issuer holds wherever it reaches."""

    code = "accounts.token_right_not_held"
    message = _(
        "Không thể cấp quyền “{permission}”: quyền này không dành cho hệ thống kết nối "
        "và bạn không giữ quyền này ở mọi nơi mã truy cập có hiệu lực."
    )


class TokenExpiryPast(Invalid):
    """A token ends after today by the real clock, by which it is judged, and within two years."""

    code = "accounts.token_expiry_past"
    message = _(
        "Hạn của mã truy cập phải sau ngày {today} (tính theo ngày thật) và không quá hai năm."
    )


class TokenRefused(NotAllowed):
    """No token, or one that is unknown, expired or withdrawn (401)."""

    code = "dossiers.token_refused"
    status = 401
    message = _("Cần mã truy cập còn hiệu lực của hệ thống kết nối.")


class BodyUnreadable(Invalid):
    """The body is not plain JSON within the limits."""

    code = "dossiers.body_unreadable"
    message = _("Nội dung gửi không phải JSON hợp lệ trong giới hạn cho phép.")


class BodyTooLarge(Invalid):
    """The body is larger than the limit (413)."""

    code = "dossiers.body_too_large"
    status = 413
    message = _("Nội dung gửi lớn hơn {limit_kb} KB.")


class RequestMalformed(Invalid):
    """A part of the request is missing, of a wrong type, or unknown; `errors` names each."""

    code = "dossiers.request_malformed"
    message = _("Yêu cầu có {count} mục chưa đúng.")


class KeyUsedOtherwise(Conflict):
    """The sender used this idempotency key for other content."""

    code = "dossiers.key_used_otherwise"
    message = _("Khoá chống gửi trùng này đã dùng cho một nội dung khác.")


class CursorUnknown(Invalid):
    """The page before ended at something that is not there, or not yours to see."""

    code = "dossiers.cursor_unknown"
    message = _("Không có trang tiếp theo này.")
