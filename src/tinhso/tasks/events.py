"""What notices and tasks record in the log; keys, codes and days, never a word of a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

BROUGHT_IN = EventKind(
    "tasks.brought_in",
    _("Đưa văn bản giao việc vào"),
    {"items": "integer", "matched": "integer", "has_file": "boolean"},
)
REVIEWED = EventKind(
    "tasks.reviewed", _("Sửa danh sách rà soát"), {"act": "code", "review": "integer"}
)
NOTICE_ISSUED = EventKind(
    "tasks.notice_issued",
    _("Giao các nhiệm vụ của một văn bản"),
    {"tasks": "integer", "review": "integer"},
)
NOTICE_DISCARDED = EventKind("tasks.notice_discarded", _("Bỏ văn bản giao việc"))

ISSUED = EventKind(
    "tasks.issued",
    _("Giao nhiệm vụ"),
    {"notice": "uuid", "lead": "integer", "deadline_on": "date"},
)
ACCEPTED = EventKind("tasks.accepted", _("Nhận nhiệm vụ"))
RETURNED = EventKind("tasks.returned", _("Trả lại nhiệm vụ"))
GIVEN = EventKind("tasks.given", _("Giao lại nhiệm vụ"), {"from": "integer", "to": "integer"})
REPORTED = EventKind("tasks.reported", _("Báo cáo tiến độ nhiệm vụ"), {"percent": "integer"})
EVIDENCED = EventKind("tasks.evidenced", _("Nộp minh chứng"), {"evidence": "uuid", "kind": "code"})
EXTENSION_ASKED = EventKind(
    "tasks.extension_asked", _("Đề nghị gia hạn nhiệm vụ"), {"before": "date", "until": "date"}
)
EXTENSION_DECIDED = EventKind(
    "tasks.extension_decided",
    _("Quyết định gia hạn nhiệm vụ"),
    {"is_granted": "boolean", "until": "date"},
)
PROPOSED = EventKind("tasks.completion_proposed", _("Đề nghị xác nhận hoàn thành nhiệm vụ"))
CONFIRMED = EventKind("tasks.completion_confirmed", _("Xác nhận hoàn thành nhiệm vụ"))
REOPENED = EventKind("tasks.reopened", _("Yêu cầu làm tiếp nhiệm vụ"))
CANCELLED = EventKind("tasks.cancelled", _("Hủy nhiệm vụ"))
SHARED = EventKind(
    "tasks.shared", _("Chia nhiệm vụ xuống đơn vị trực thuộc"), {"shares": "integer"}
)
ASSIGNED = EventKind("tasks.assigned", _("Phân công người thực hiện nhiệm vụ"), {"to": "uuid"})
HANDED_OVER = EventKind("tasks.handed_over", _("Bàn giao theo dõi nhiệm vụ"), {"to": "uuid"})
PART_SET = EventKind(
    "tasks.part_set", _("Đặt phần phối hợp"), {"agency": "integer", "deadline_on": "date"}
)
WAITS = EventKind("tasks.waits", _("Nhiệm vụ chờ nhiệm vụ khác"), {"blocker": "uuid"})
WAITS_NO_MORE = EventKind(
    "tasks.waits_no_more", _("Nhiệm vụ thôi chờ nhiệm vụ khác"), {"blocker": "uuid"}
)
TIED = EventKind("tasks.tied", _("Gắn nhiệm vụ với số liệu, hồ sơ"), {"kind": "code"})
UNTIED = EventKind("tasks.untied", _("Thôi gắn nhiệm vụ với số liệu, hồ sơ"), {"kind": "code"})
REACHED = EventKind(
    "tasks.evidence_reached", _("Số liệu cho thấy nhiệm vụ đã đạt"), {"ties": "integer"}
)
MOVED = EventKind(
    "tasks.moved", _("Chuyển nhiệm vụ sang cơ quan kế thừa"), {"from": "integer", "to": "integer"}
)
DIGEST_TOLD = EventKind(
    "tasks.digest_told",
    _("Thư nhắc việc"),
    {"day": "date", "late": "integer", "near": "integer", "waiting": "integer"},
)
ESCALATED = EventKind(
    "tasks.escalated", _("Báo nhiệm vụ quá hạn lên cấp trên"), {"rule": "code", "days": "integer"}
)
OPENED = EventKind(
    "tasks.opened", _("Mở kỳ của nhiệm vụ định kỳ"), {"standing": "uuid", "deadline_on": "date"}
)

COMMITTEE_FOUNDED = EventKind(
    "tasks.committee_founded",
    _("Thành lập ban chỉ đạo, tổ công tác"),
    {"kind": "code", "since": "date"},
)
COMMITTEE_CHANGED = EventKind(
    "tasks.committee_changed",
    _("Thay đổi thành viên, cơ quan thường trực của ban chỉ đạo"),
    {"act": "code", "on": "date"},
)
COMMITTEE_ENDED = EventKind(
    "tasks.committee_ended", _("Kết thúc hoạt động ban chỉ đạo, tổ công tác"), {"until": "date"}
)

OBSTACLE_RAISED = EventKind(
    "tasks.obstacle_raised",
    _("Báo vướng mắc"),
    {"kind": "code", "solver": "integer", "due_on": "date"},
)
OBSTACLE_ROUTED = EventKind(
    "tasks.obstacle_routed",
    _("Chuyển nơi giải quyết vướng mắc"),
    {"from": "integer", "to": "integer"},
)
OBSTACLE_MOVED = EventKind(
    "tasks.obstacle_moved",
    _("Chuyển vướng mắc sang cơ quan kế thừa"),
    {"from": "integer", "to": "integer"},
)
OBSTACLE_ANSWERED = EventKind(
    "tasks.obstacle_answered", _("Trả lời vướng mắc"), {"is_shared": "boolean"}
)
OBSTACLE_PROPOSED = EventKind("tasks.obstacle_proposed", _("Kiến nghị vướng mắc lên cấp trên"))
OBSTACLE_JOINED = EventKind("tasks.obstacle_joined", _("Gộp vướng mắc"), {"main": "uuid"})
OBSTACLE_REOPENED = EventKind("tasks.obstacle_reopened", _("Báo vướng mắc chưa gỡ được"))
OBSTACLE_ESCALATED = EventKind(
    "tasks.obstacle_escalated",
    _("Báo vướng mắc quá hạn trả lời lên cấp trên"),
    {"rule": "code", "days": "integer"},
)
OBSTACLE_CLOSED = EventKind("tasks.obstacle_closed", _("Xác nhận vướng mắc đã gỡ xong"))

ALL = (
    *(BROUGHT_IN, REVIEWED, NOTICE_ISSUED, NOTICE_DISCARDED),
    *(ISSUED, ACCEPTED, RETURNED, GIVEN, REPORTED, EVIDENCED, EXTENSION_ASKED, EXTENSION_DECIDED),
    *(PROPOSED, CONFIRMED, REOPENED, CANCELLED, MOVED),
    *(SHARED, ASSIGNED, HANDED_OVER, PART_SET, WAITS, WAITS_NO_MORE, TIED, UNTIED, REACHED),
    *(DIGEST_TOLD, ESCALATED, OPENED),
    *(COMMITTEE_FOUNDED, COMMITTEE_CHANGED, COMMITTEE_ENDED),
    *(OBSTACLE_RAISED, OBSTACLE_ROUTED, OBSTACLE_MOVED, OBSTACLE_ANSWERED, OBSTACLE_PROPOSED),
    *(OBSTACLE_JOINED, OBSTACLE_REOPENED, OBSTACLE_ESCALATED, OBSTACLE_CLOSED),
)
