"""What can be refused of payments, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class ChargeUnknown(NotFound):
    """There is no such charge, or it is another agency's."""

    code = "payments.charge_unknown"
    message = _("Không tìm thấy khoản phải thu.")


class PaymentUnknown(NotFound):
    """There is no such receipt, or it is another agency's."""

    code = "payments.payment_unknown"
    message = _("Không tìm thấy biên lai.")


class NothingDue(Conflict):
    """Nothing is left to pay: it was paid, withdrawn or never owed."""

    code = "payments.nothing_due"
    message = _("Không còn khoản nào phải thu.")


class AmountChanged(Conflict):
    """What is owed is not what the page showed."""

    code = "payments.amount_changed"
    message = _("Số phải thu đã thay đổi, nay là {amount} đồng. Xem lại rồi thu lần nữa.")


class ChargePaid(Conflict):
    """It was paid; the receipt is cancelled first."""

    code = "payments.charge_paid"
    message = _("Khoản này đã thu theo biên lai {number}. Hủy biên lai trước.")


class ChargeWithdrawn(Conflict):
    """It was withdrawn already."""

    code = "payments.charge_withdrawn"
    message = _("Khoản này đã được hủy.")


class ReceiptCancelled(Conflict):
    """The receipt was cancelled already; it is not cancelled twice."""

    code = "payments.receipt_cancelled"
    message = _("Biên lai {number} đã được hủy.")


class ReasonMissing(Invalid):
    """The act must give its reason."""

    code = "payments.reason_missing"
    message = _("Cần ghi rõ lý do.")


class FeeUnpaid(Conflict):
    """The result waits for a fee that is owed."""

    code = "payments.fee_unpaid"
    message = _("Chưa thu đủ phí, lệ phí: còn {amount} đồng. Thu tiền trước khi trả kết quả.")


class AccountInvalid(Invalid):
    """The account cannot be one: `errors` says why."""

    code = "payments.account_invalid"
    message = _("Tài khoản thu chưa hợp lệ.")


class AccountDated(Conflict):
    """An account of that day or a later one is known; a new one begins after it."""

    code = "payments.account_dated"
    message = _("Đã có tài khoản bắt đầu từ {since} hoặc sau đó. Chọn ngày muộn hơn.")


class AccountBackdated(Conflict):
    """An account begins today or later: codes that were shown are not changed afterwards."""

    code = "payments.account_backdated"
    message = _("Ngày bắt đầu dùng tài khoản không được trước hôm nay.")


class ProposalUnknown(NotFound):
    """There is no such account to confirm, or it is another agency's."""

    code = "payments.proposal_unknown"
    message = _("Không tìm thấy tài khoản chờ xác nhận.")


class ProposalSettled(Conflict):
    """The account was confirmed, or a later declaration took its place."""

    code = "payments.proposal_settled"
    message = _("Tài khoản này đã được xác nhận, hoặc đã có khai báo khác thay.")


class OwnProposal(Conflict):
    """Who declared the account does not confirm it: two people do it."""

    code = "payments.own_proposal"
    message = _("Người khai báo không tự xác nhận được; cần một người khác xác nhận.")


class TransferUnnamed(Invalid):
    """Money that came through a bank is named by the bank's own reference."""

    code = "payments.transfer_unnamed"
    message = _("Nhập số giao dịch ngân hàng khi thu bằng chuyển khoản hoặc VietQR.")


class TransferReceipted(Conflict):
    """A receipt was given for this transfer already."""

    code = "payments.transfer_receipted"
    message = _("Giao dịch ngân hàng {reference} đã được cấp biên lai. Kiểm tra lại số giao dịch.")


class AccountMissing(Conflict):
    """The agency has no account that was confirmed, so that no transfer can have come."""

    code = "payments.account_missing"
    message = _("Cơ quan chưa có tài khoản thu được xác nhận, nên chưa thu được bằng chuyển khoản.")
