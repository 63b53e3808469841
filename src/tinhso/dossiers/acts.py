"""The acts that a step of a workflow may wait for (`tinhso:act`), and the outcomes that each declares."""

from __future__ import annotations

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.plans.service_acts import OUTCOMES as SERVICE_OUTCOMES

OUTCOMES = MappingProxyType(
    {
        "forward": ("agree", "propose_rejection"),
        "give_opinion": ("agree", "disagree"),
        "decide": ("approve", "reject"),
        "attach_result": ("attached",),
        "hand_over": ("handed_over",),
        "record_answer": ("answered", "agree", "disagree"),
        **SERVICE_OUTCOMES,
    }
)

ACT_NAMES = MappingProxyType(
    {
        "receive": _("Tiếp nhận"),
        "forward": _("Thẩm định, chuyển bước"),
        "give_opinion": _("Cho ý kiến"),
        "answer_transfer": _("Trả lời đề nghị chuyển"),
        "answer_complaint": _("Trả lời khiếu nại"),
        "decide": _("Quyết định"),
        "attach_result": _("Nhập kết quả"),
        "hand_over": _("Trả kết quả"),
        "record_answer": _("Ghi nhận trả lời từ bên ngoài"),
        "wait": _("Chờ đến hạn"),
    }
)

OUTCOME_NAMES = MappingProxyType(
    {
        "received": _("Đã tiếp nhận"),
        "refused": _("Từ chối tiếp nhận"),
        "answered": _("Đã trả lời"),
        "agree": _("Đủ điều kiện"),
        "disagree": _("Không đồng ý"),
        "propose_rejection": _("Không đủ điều kiện, đề nghị từ chối"),
        "approve": _("Đồng ý giải quyết"),
        "reject": _("Từ chối giải quyết"),
        "attached": _("Đã có kết quả"),
        "handed_over": _("Đã trả kết quả"),
        "sent_back": _("Trả lại bước trước"),
        "timed_out": _("Hết hạn chờ, coi như đồng ý"),
        "cancelled": _("Dừng xử lý"),
        "withdrawn": _("Người nộp rút hồ sơ"),
        "accepted": _("Nhận giải quyết"),
        "declined": _("Không nhận"),
        "done": _("Đã xong"),
        "on_time": _("Đúng hạn"),
        "late": _("Quá hạn"),
    }
)
