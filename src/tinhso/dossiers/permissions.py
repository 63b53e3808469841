"""The verbs of dossiers that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class DossierPermission(Permission):
    """Rights on dossiers (quyền trên hồ sơ)."""

    IMPORT_CATALOGUE = "dossiers:catalogue:import"
    MANDATE_ONLINE = "dossiers:catalogue:mandate_online"

    ANSWER_COMPLAINT = "dossiers:dossier:answer_complaint"
    ANSWER_TRANSFER = "dossiers:dossier:answer_transfer"
    ASK_OPINION = "dossiers:dossier:ask_opinion"
    ASSIGN = "dossiers:dossier:assign"
    ATTACH_RESULT = "dossiers:dossier:attach_result"
    CANCEL_RECEIPT = "dossiers:dossier:cancel_receipt"
    CONFIRM_PAYMENT = "dossiers:dossier:confirm_payment"
    DECIDE = "dossiers:dossier:decide"
    EXTEND = "dossiers:dossier:extend"
    FORWARD = "dossiers:dossier:forward"
    GIVE_OPINION = "dossiers:dossier:give_opinion"
    GUIDE = "dossiers:dossier:guide"
    HAND_OVER = "dossiers:dossier:hand_over"
    HAND_WORK_OVER = "dossiers:dossier:hand_work_over"
    READ = "dossiers:dossier:read"
    RECEIVE = "dossiers:dossier:receive"
    RECORD_ANSWER = "dossiers:dossier:record_answer"
    REFUSE = "dossiers:dossier:refuse"
    RELAY_NATIONAL = "dossiers:dossier:relay_national"
    REOPEN = "dossiers:dossier:reopen"
    REQUEST_SUPPLEMENT = "dossiers:dossier:request_supplement"
    STOP = "dossiers:dossier:stop"
    REQUIRE_PAYMENT = "dossiers:dossier:require_payment"
    SUBMIT_FOR = "dossiers:dossier:submit_for"
    SUSPEND = "dossiers:dossier:suspend"
    TAKE = "dossiers:dossier:take"
    TRANSFER = "dossiers:dossier:transfer"
    WITHDRAW_FOR = "dossiers:dossier:withdraw_for"

    IMPORT_HISTORY = "dossiers:history:import"

    OPERATE_NATIONAL = "dossiers:national:operate"

    READ_OVERVIEW = "dossiers:overview:read"

    READ_QUEUE = "dossiers:queue:read"


WORDS: Mapping[Permission, StrOrPromise] = {
    DossierPermission.STOP: _("Dừng giải quyết hồ sơ"),
    DossierPermission.IMPORT_CATALOGUE: _("Nhập danh mục thủ tục"),
    DossierPermission.MANDATE_ONLINE: _("Quyết định bắt buộc nộp trực tuyến"),
    DossierPermission.ASK_OPINION: _("Lấy ý kiến cơ quan khác"),
    DossierPermission.ASSIGN: _("Phân công người xử lý"),
    DossierPermission.ATTACH_RESULT: _("Nhập kết quả"),
    DossierPermission.DECIDE: _("Quyết định hồ sơ"),
    DossierPermission.FORWARD: _("Thẩm định, chuyển bước"),
    DossierPermission.GIVE_OPINION: _("Cho ý kiến"),
    DossierPermission.HAND_OVER: _("Trả kết quả"),
    DossierPermission.READ: _("Xem hồ sơ"),
    DossierPermission.RECEIVE: _("Tiếp nhận hồ sơ"),
    DossierPermission.RECORD_ANSWER: _("Ghi trả lời của bên ngoài"),
    DossierPermission.REFUSE: _("Từ chối tiếp nhận"),
    DossierPermission.RELAY_NATIONAL: _("Chuyển hồ sơ từ Cổng Dịch vụ công quốc gia"),
    DossierPermission.REQUEST_SUPPLEMENT: _("Yêu cầu bổ sung"),
    DossierPermission.SUBMIT_FOR: _("Nộp hồ sơ thay người nộp"),
    DossierPermission.TAKE: _("Nhận xử lý"),
    DossierPermission.ANSWER_COMPLAINT: _("Trả lời khiếu nại của người nộp"),
    DossierPermission.ANSWER_TRANSFER: _("Nhận, không nhận hồ sơ chuyển"),
    DossierPermission.CANCEL_RECEIPT: _("Hủy tiếp nhận nhầm"),
    DossierPermission.CONFIRM_PAYMENT: _("Xác nhận nghĩa vụ tài chính"),
    DossierPermission.EXTEND: _("Xin lỗi và gia hạn"),
    DossierPermission.GUIDE: _("Hướng dẫn người nộp"),
    DossierPermission.REOPEN: _("Mở lại hồ sơ"),
    DossierPermission.REQUIRE_PAYMENT: _("Yêu cầu nghĩa vụ tài chính"),
    DossierPermission.SUSPEND: _("Tạm dừng, tiếp tục giải quyết"),
    DossierPermission.TRANSFER: _("Đề nghị chuyển cơ quan giải quyết"),
    DossierPermission.WITHDRAW_FOR: _("Rút hồ sơ thay người nộp"),
    DossierPermission.HAND_WORK_OVER: _("Chuyển việc đang giữ của đồng nghiệp"),
    DossierPermission.IMPORT_HISTORY: _("Nhập lịch sử hồ sơ"),
    DossierPermission.OPERATE_NATIONAL: _("Vận hành đồng bộ Cổng quốc gia"),
    DossierPermission.READ_OVERVIEW: _("Xem tình hình giải quyết"),
    DossierPermission.READ_QUEUE: _("Xem hồ sơ chờ xử lý"),
}
"""What each right is called on the screen."""
