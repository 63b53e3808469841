"""The verbs of notices and tasks that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class TaskPermission(Permission):
    """Rights on tasks (quyền về giao việc, thực hiện và theo dõi nhiệm vụ)."""

    BRING_IN = "tasks:notice:bring_in"
    ISSUE = "tasks:notice:issue"

    ANSWER_OBSTACLE = "tasks:obstacle:answer"
    PROPOSE_OBSTACLE = "tasks:obstacle:propose"
    RAISE_OBSTACLE = "tasks:obstacle:raise"
    READ_OBSTACLE = "tasks:obstacle:read"

    MANAGE_COMMITTEE = "tasks:committee:manage"

    ACCEPT = "tasks:task:accept"
    CONFIRM = "tasks:task:confirm"
    DECIDE = "tasks:task:decide"
    READ = "tasks:task:read"
    REPORT = "tasks:task:report"
    SPLIT = "tasks:task:split"


WORDS: Mapping[Permission, StrOrPromise] = {
    TaskPermission.BRING_IN: _("Đưa văn bản giao việc vào, rà soát nhiệm vụ"),
    TaskPermission.ISSUE: _("Giao nhiệm vụ"),
    TaskPermission.ANSWER_OBSTACLE: _("Trả lời, chuyển, gộp vướng mắc"),
    TaskPermission.PROPOSE_OBSTACLE: _("Kiến nghị vướng mắc lên cấp trên"),
    TaskPermission.RAISE_OBSTACLE: _("Báo vướng mắc, xác nhận đã gỡ"),
    TaskPermission.READ_OBSTACLE: _("Xem vướng mắc và thư viện lời giải"),
    TaskPermission.MANAGE_COMMITTEE: _("Lập, thay đổi ban chỉ đạo, tổ công tác"),
    TaskPermission.ACCEPT: _("Nhận hoặc trả lại nhiệm vụ"),
    TaskPermission.CONFIRM: _("Xác nhận hoàn thành nhiệm vụ"),
    TaskPermission.DECIDE: _("Quyết định gia hạn, giao lại, hủy nhiệm vụ"),
    TaskPermission.READ: _("Xem nhiệm vụ"),
    TaskPermission.REPORT: _("Báo cáo tiến độ, nộp minh chứng"),
    TaskPermission.SPLIT: _("Chia nhiệm vụ xuống đơn vị trực thuộc, đặt phần phối hợp"),
}
"""What each right is called on the screen."""
