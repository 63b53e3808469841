"""What the dossier system records in the log; keys and codes only."""

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

SUBMITTED = EventKind(
    "dossiers.submitted",
    _("Nộp hồ sơ"),
    {"procedure": "code", "channel": "code", "reference": "code"},
)
RECEIVED = EventKind(
    "dossiers.received", _("Tiếp nhận hồ sơ"), {"number": "code", "due_at": "date-time"}
)
PAPER_CONFIRMED = EventKind(
    "dossiers.paper_confirmed", _("Xác nhận giấy tờ"), {"paper": "uuid", "seen_as": "code"}
)
REFUSED = EventKind("dossiers.refused", _("Từ chối tiếp nhận"))
SUPPLEMENT_REQUESTED = EventKind(
    "dossiers.supplement_requested", _("Yêu cầu bổ sung"), {"items": "integer", "answer_by": "date"}
)
SUPPLEMENTED = EventKind(
    "dossiers.supplemented", _("Bổ sung hồ sơ"), {"due_at": "date-time", "channel": "code"}
)
STOPPED = EventKind("dossiers.stopped", _("Dừng xử lý"), {"ground": "code"})
ASSIGNED = EventKind(
    "dossiers.assigned", _("Phân công"), {"step": "uuid", "node": "code", "person": "code"}
)
TAKEN = EventKind("dossiers.taken", _("Nhận xử lý"), {"step": "uuid", "node": "code"})
FORWARDED = EventKind(
    "dossiers.forwarded",
    _("Chuyển bước"),
    {"step": "uuid", "node": "code", "outcome": "code", "unheard": "array"},
)
OPINION_ASKED = EventKind(
    "dossiers.opinion_asked",
    _("Lấy ý kiến"),
    {"step": "uuid", "agency": "integer", "due_at": "date-time"},
)
OPINION_GIVEN = EventKind(
    "dossiers.opinion_given", _("Cho ý kiến"), {"step": "uuid", "agrees": "boolean"}
)
OPINION_LAPSED = EventKind(
    "dossiers.opinion_lapsed",
    _("Hết hạn cho ý kiến"),
    {"step": "uuid", "agency": "integer", "effect": "code"},
)
ANSWER_RECORDED = EventKind(
    "dossiers.answer_recorded",
    _("Ghi nhận trả lời từ bên ngoài"),
    {"step": "uuid", "node": "code", "message": "code", "outcome": "code"},
)
DECIDED = EventKind(
    "dossiers.decided",
    _("Quyết định giải quyết"),
    {"step": "uuid", "approves": "boolean", "unheard": "array"},
)
RESULT_ATTACHED = EventKind(
    "dossiers.result_attached",
    _("Có kết quả"),
    {
        "step": "uuid",
        "result": "uuid",
        "code": "code",
        "signed_on": "date",
        "signed_early": "boolean",
    },
)
HANDED_OVER = EventKind(
    "dossiers.handed_over", _("Trả kết quả"), {"step": "uuid", "way": "code", "on_time": "boolean"}
)
TIMER_FIRED = EventKind("dossiers.timer_fired", _("Đến hạn hẹn giờ"), {"node": "code"})
MOVED = EventKind(
    "dossiers.moved",
    _("Chuyển cơ quan giải quyết"),
    {"from": "integer", "to": "integer", "field": "code"},
)
WORK_HANDED_OVER = EventKind(
    "dossiers.work_handed_over", _("Bàn giao việc"), {"steps": "integer", "person": "code"}
)
COMPLAINED = EventKind(
    "dossiers.complained", _("Khiếu nại"), {"step": "uuid", "due_at": "date-time"}
)
COMPLAINT_ANSWERED = EventKind(
    "dossiers.complaint_answered", _("Trả lời khiếu nại"), {"step": "uuid", "is_right": "boolean"}
)
RATED = EventKind("dossiers.rated", _("Đánh giá mức độ hài lòng"), {"score": "integer"})
EXTENDED = EventKind(
    "dossiers.extended", _("Gia hạn giải quyết"), {"due_before": "date-time", "due_at": "date-time"}
)
SUSPENDED = EventKind("dossiers.suspended", _("Tạm dừng giải quyết"))
RESUMED = EventKind("dossiers.resumed", _("Tiếp tục giải quyết"), {"due_at": "date-time"})
PAYMENT_REQUIRED = EventKind(
    "dossiers.payment_required", _("Yêu cầu nghĩa vụ tài chính"), {"amount": "integer"}
)
PAYMENT_CONFIRMED = EventKind(
    "dossiers.payment_confirmed", _("Đã thực hiện nghĩa vụ tài chính"), {"due_at": "date-time"}
)
WITHDRAWN = EventKind("dossiers.withdrawn", _("Rút hồ sơ"), {"by": "code"})
RECEIPT_CANCELLED = EventKind(
    "dossiers.receipt_cancelled", _("Hủy tiếp nhận nhầm"), {"number": "code"}
)
REOPENED = EventKind("dossiers.reopened", _("Mở lại hồ sơ"), {"due_at": "date-time"})
TRANSFER_ASKED = EventKind(
    "dossiers.transfer_asked",
    _("Đề nghị chuyển cơ quan giải quyết"),
    {"step": "uuid", "agency": "integer", "due_at": "date-time"},
)
TRANSFER_ANSWERED = EventKind(
    "dossiers.transfer_answered",
    _("Trả lời đề nghị chuyển"),
    {"step": "uuid", "agency": "integer", "accepts": "boolean"},
)
APOLOGISED = EventKind("dossiers.apologised", _("Xin lỗi vì quá hạn"), {"promised_on": "date"})
APOLOGY_WAIVED = EventKind("dossiers.apology_waived", _("Ghi lý do không phải xin lỗi"))
MORNING_CHOSEN = EventKind(
    "dossiers.morning_chosen", _("Chọn nhận thư mỗi sáng"), {"wants": "boolean"}
)
MORNING_TOLD = EventKind(
    "dossiers.morning_told",
    _("Thư mỗi sáng"),
    {"day": "date", "late": "integer", "near": "integer"},
)
OVERDUE = EventKind("dossiers.overdue", _("Quá hạn, chưa xin lỗi"), {"due_at": "date-time"})
GUIDED = EventKind("dossiers.guided", _("Hướng dẫn hoàn thiện hồ sơ"))
CORRECTED = EventKind("dossiers.corrected", _("Nộp lại theo hướng dẫn"))
NATIONAL_RETRIED = EventKind(
    "dossiers.national_retried", _("Gửi lại tin đồng bộ"), {"messages": "integer"}
)
DRAFT_ENDING = EventKind("dossiers.draft_ending", _("Bản nháp sắp bị xóa"), {"ends_on": "date"})
DRAFT_OPENED = EventKind(
    "dossiers.draft_opened", _("Mở bản nháp của người dân để giúp khai"), {"procedure": "code"}
)
WORKLIST_REBUILT = EventKind(
    "dossiers.worklist_rebuilt",
    _("Dựng lại danh sách việc"),
    {"missing": "integer", "stray": "integer", "wrong": "integer"},
)
HISTORY_IMPORTED = EventKind(
    "dossiers.history_imported", _("Nhập lịch sử hồ sơ"), {"cases": "integer", "steps": "integer"}
)
HISTORY_REMOVED = EventKind(
    "dossiers.history_removed", _("Hủy đợt nhập lịch sử"), {"cases": "integer", "steps": "integer"}
)
CATALOGUE_IMPORTED = EventKind(
    "dossiers.catalogue_imported",
    _("Nhập danh mục thủ tục"),
    {"procedures": "integer", "added": "integer", "changed": "integer"},
)
QUEUE_EXPORTED = EventKind(
    "dossiers.queue_exported",
    _("Kết xuất danh sách hồ sơ"),
    {"format": "code", "rows": "integer", "filters": "array"},
)
VIEW_SAVED = EventKind("dossiers.view_saved", _("Lưu bộ lọc"), {"is_default": "boolean"})
VIEW_REMOVED = EventKind("dossiers.view_removed", _("Xóa bộ lọc"))
ONLINE_MANDATED = EventKind(
    "dossiers.online_mandated",
    _("Quyết định bắt buộc nộp trực tuyến"),
    {"procedure": "code", "since": "date"},
)
ONLINE_DUTY_ENDED = EventKind(
    "dossiers.online_duty_ended",
    _("Thôi bắt buộc nộp trực tuyến"),
    {"procedure": "code", "until": "date"},
)

ALL = (
    SUBMITTED,
    RECEIVED,
    PAPER_CONFIRMED,
    REFUSED,
    SUPPLEMENT_REQUESTED,
    SUPPLEMENTED,
    STOPPED,
    ASSIGNED,
    TAKEN,
    FORWARDED,
    OPINION_ASKED,
    OPINION_GIVEN,
    OPINION_LAPSED,
    ANSWER_RECORDED,
    DECIDED,
    RESULT_ATTACHED,
    HANDED_OVER,
    TIMER_FIRED,
    MOVED,
    WORK_HANDED_OVER,
    COMPLAINED,
    COMPLAINT_ANSWERED,
    RATED,
    EXTENDED,
    SUSPENDED,
    RESUMED,
    PAYMENT_REQUIRED,
    PAYMENT_CONFIRMED,
    WITHDRAWN,
    RECEIPT_CANCELLED,
    REOPENED,
    TRANSFER_ASKED,
    TRANSFER_ANSWERED,
    APOLOGISED,
    APOLOGY_WAIVED,
    MORNING_CHOSEN,
    MORNING_TOLD,
    OVERDUE,
    GUIDED,
    CORRECTED,
    NATIONAL_RETRIED,
    DRAFT_ENDING,
    DRAFT_OPENED,
    WORKLIST_REBUILT,
    HISTORY_IMPORTED,
    HISTORY_REMOVED,
    CATALOGUE_IMPORTED,
    ONLINE_MANDATED,
    ONLINE_DUTY_ENDED,
    QUEUE_EXPORTED,
    VIEW_SAVED,
    VIEW_REMOVED,
)
