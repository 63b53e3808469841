"""What can be refused of notices and tasks, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class NoticeUnreadable(Invalid):
    """The file cannot be opened or is none of the kinds that are read."""

    code = "tasks.notice_unreadable"
    message = _("Không đọc được tệp {name}: {why}")


class NoticeTooLarge(Invalid):
    """The file, or what it unpacks to, is larger than any notice."""

    code = "tasks.notice_too_large"
    message = _("Tệp {name} quá lớn (trên {limit} MB), không phải một thông báo.")


class NoticeScanned(Invalid):
    """The file holds pictures of pages and no text."""

    code = "tasks.notice_scanned"
    message = _(
        "Tệp {name} là ảnh quét, không có chữ để đọc. Dùng bản có lớp chữ hoặc dán nội dung."
    )


class NoticeSecret(Invalid):
    """The text bears a mark of secrecy; it is not kept, and nothing of it is logged."""

    code = "tasks.notice_secret"
    message = _(
        "Văn bản có dấu chỉ độ mật: không được đưa lên hệ thống này. Không nội dung nào được giữ lại."
    )


class NoticeEmpty(Invalid):
    """Nothing was handed in or pasted."""

    code = "tasks.notice_empty"
    message = _("Chọn một tệp hoặc dán nội dung văn bản.")


class NoticeUnknown(NotFound):
    """There is no such notice, or it is another agency's."""

    code = "tasks.notice_unknown"
    message = _("Không tìm thấy văn bản giao việc.")


class NoticeKnown(Conflict):
    """The agency brought in a notice of this number and day before."""

    code = "tasks.notice_known"
    message = _(
        "Văn bản số {number} ngày {day} đã được đưa vào lúc {at}. Mở văn bản đó để rà soát."
    )


class NoticeDayToCome(Invalid):
    """A paper is not signed on a day to come."""

    code = "tasks.notice_day_to_come"
    message = _("Ngày ban hành {day} chưa tới: hôm nay là {today}. Ghi ngày ký trên văn bản.")


class NoticeIssued(Conflict):
    """Its tasks were issued; drafts are not changed any more."""

    code = "tasks.notice_issued"
    message = _("Nhiệm vụ của văn bản này đã được giao lúc {at}. Xem lại danh sách đã giao.")


class NoticeDiscarded(Conflict):
    """The notice was discarded."""

    code = "tasks.notice_discarded"
    message = _("Văn bản này đã được bỏ, không giao nhiệm vụ từ đó nữa.")


class ItemUnknown(NotFound):
    """The notice has no such draft task now."""

    code = "tasks.item_unknown"
    message = _("Không còn mục này trong danh sách rà soát.")


class SplitUnfit(Invalid):
    """The words at which to split do not stand inside the draft task."""

    code = "tasks.split_unfit"
    message = _("Không thấy cụm từ này bên trong mục. Chép đúng mấy chữ đầu của phần thứ hai.")


class SentenceUnknown(Invalid):
    """The sentence to add does not stand in the notice."""

    code = "tasks.sentence_unknown"
    message = _("Không thấy câu này trong văn bản. Chép đúng nguyên văn một đoạn của văn bản.")


class NothingToMerge(Conflict):
    """No draft task follows this one."""

    code = "tasks.nothing_to_merge"
    message = _("Sau mục này không còn mục nào để gộp.")


class NothingToUndo(Conflict):
    """The review stands as it was read."""

    code = "tasks.nothing_to_undo"
    message = _("Không còn thay đổi nào để hoàn tác.")


class ItemInvalid(Invalid):
    """What was typed of a draft task cannot be kept; `errors` says which field."""

    code = "tasks.item_invalid"
    message = _("Mục nhiệm vụ nhập chưa đúng.")


class ReviewUnready(Conflict):
    """Something must be chosen before the tasks can be issued."""

    code = "tasks.review_unready"
    message = _(
        "Chưa giao được: {count} mục thiếu cơ quan chủ trì đang hoạt động, hoặc người theo dõi còn giữ việc."
    )


class NothingToIssue(Conflict):
    """Every draft task was dropped, or none was found."""

    code = "tasks.nothing_to_issue"
    message = _("Không có mục nào để giao. Thêm một câu của văn bản hoặc bỏ văn bản này.")


class TaskUnknown(NotFound):
    """There is no such task, or it is nothing of yours."""

    code = "tasks.task_unknown"
    message = _("Không tìm thấy nhiệm vụ.")


class NotAtLead(NotAllowed):
    """What the lead does is done by who works there, not by who oversees it."""

    code = "tasks.not_at_lead"
    message = _("Việc của cơ quan chủ trì chỉ người của cơ quan đó làm được.")


class OwnProposal(Conflict):
    """Whoever asked for the confirmation does not give it."""

    code = "tasks.own_proposal"
    message = _("Người đề nghị xác nhận hoàn thành không tự xác nhận; người khác xác nhận.")


class TaskState(Conflict):
    """The task does not stand where the act begins."""

    code = "tasks.task_state"
    message = _("Nhiệm vụ đang ở trạng thái “{state}”, không thực hiện được việc này.")


class WordsMissing(Invalid):
    """The act must say why, or what."""

    code = "tasks.words_missing"
    message = _("Cần ghi rõ nội dung hoặc lý do.")


class EvidenceMissing(Invalid):
    """Neither a file nor a link nor a number was given."""

    code = "tasks.evidence_missing"
    message = _("Chọn một tệp, hoặc ghi liên kết (https://…), hoặc số hồ sơ, số văn bản.")


class EvidenceFirst(Conflict):
    """Completion is proposed with something that shows it."""

    code = "tasks.evidence_first"
    message = _("Chưa có minh chứng nào. Nộp minh chứng trước khi đề nghị xác nhận hoàn thành.")


class EvidenceLacking(Conflict):
    """The task asks for kinds of evidence that nobody gave."""

    code = "tasks.evidence_lacking"
    message = _("Nhiệm vụ còn cần minh chứng loại: {kinds}.")


class ExtensionUnfit(Invalid):
    """The day asked for is not later than the day in force, or has passed."""

    code = "tasks.extension_unfit"
    message = _("Ngày xin gia hạn phải sau hạn hiện tại và sau hôm nay.")


class NoDeadline(Conflict):
    """There is no day that could be moved."""

    code = "tasks.no_deadline"
    message = _("Nhiệm vụ không có hạn theo ngày nên không xin gia hạn được.")


class ExtensionWaits(Conflict):
    """A request waits for its decision."""

    code = "tasks.extension_waits"
    message = _("Đã có một đề nghị gia hạn đang chờ quyết định.")


class NoExtensionAsked(Conflict):
    """No request waits."""

    code = "tasks.no_extension_asked"
    message = _("Không có đề nghị gia hạn nào đang chờ.")


class LeadUnfit(Invalid):
    """The agency to lead does not exist on the day."""

    code = "tasks.lead_unfit"
    message = _("Cơ quan chủ trì được chọn không hoạt động vào ngày này.")


class ShareUnfit(Invalid):
    """A share goes to a unit below the lead that exists on the day."""

    code = "tasks.share_unfit"
    message = _("Chọn ít nhất một đơn vị trực thuộc đang hoạt động để chia việc.")


class ShareTooLate(Invalid):
    """A share, or a part, is due no later than the whole."""

    code = "tasks.share_too_late"
    message = _("Hạn không được sau hạn của cả nhiệm vụ ({day}).")


class SharesOpen(Conflict):
    """Units below still work on their shares."""

    code = "tasks.shares_open"
    message = _("Còn {count} phần việc đã chia chưa xong.")


class PersonUnfit(Invalid):
    """The officer does not hold the right at that agency on the day."""

    code = "tasks.person_unfit"
    message = _("Người được chọn không có quyền làm việc này tại cơ quan.")


class PartUnknown(Invalid):
    """The agency has no part in the task."""

    code = "tasks.part_unknown"
    message = _("Cơ quan được chọn không phối hợp nhiệm vụ này.")


class BlockerUnfit(Invalid):
    """It is the task itself, closed, or waits for this one."""

    code = "tasks.blocker_unfit"
    message = _("Không chờ được nhiệm vụ này: đã đóng, hoặc chính nó đang chờ nhiệm vụ đây.")


class BlockersOpen(Conflict):
    """What it waits for is not done."""

    code = "tasks.blockers_open"
    message = _("Còn chờ {count} nhiệm vụ khác chưa xong.")


class TieInvalid(Invalid):
    """The task cannot be tied to that: no such kind, figure or dossier, or days and values that cannot be."""

    code = "tasks.tie_invalid"
    message = _("Không gắn được: chọn lại chỉ tiêu, hồ sơ, ngày và giá trị.")


class TargetNotReached(Conflict):
    """What the task is tied to is not reached, or says nothing."""

    code = "tasks.target_not_reached"
    message = _("Số liệu của hệ thống chưa cho thấy nhiệm vụ đã đạt.")


class CommitteeUnknown(NotFound):
    """There is no such committee, seat or standing agency in force."""

    code = "tasks.committee_unknown"
    message = _("Không tìm thấy ban chỉ đạo, tổ công tác hay thành viên này.")


class CommitteeEnded(Conflict):
    """It has ended: what it was stays as it was."""

    code = "tasks.committee_ended"
    message = _("Ban chỉ đạo, tổ công tác này đã kết thúc hoạt động.")


class CommitteeInvalid(Invalid):
    """A name, post or subject is missing, or a day lies before the beginning."""

    code = "tasks.committee_invalid"
    message = _("Ghi đủ tên; ngày không được trước ngày bắt đầu.")


class ObstacleUnknown(NotFound):
    """There is no such obstacle, or it is nothing of yours."""

    code = "tasks.obstacle_unknown"
    message = _("Không tìm thấy vướng mắc.")


class ObstacleKindUnknown(Invalid):
    """No pack declares this kind of obstacle for the day."""

    code = "tasks.obstacle_kind_unknown"
    message = _("Chọn một loại vướng mắc trong danh sách.")


class ObstacleState(Conflict):
    """The obstacle does not stand where the act begins."""

    code = "tasks.obstacle_state"
    message = _("Vướng mắc đang ở trạng thái “{state}”, không thực hiện được việc này.")


class ObstacleJoined(Conflict):
    """It was joined to another obstacle, which is answered for all."""

    code = "tasks.obstacle_joined"
    message = _("Vướng mắc này đã gộp vào vướng mắc chung. Xử lý ở vướng mắc chung.")


class ObstacleJoinUnfit(Conflict):
    """Only obstacles of one solver, neither joined nor solved, become one."""

    code = "tasks.obstacle_join_unfit"
    message = _("Chỉ gộp các vướng mắc đang mở, cùng nơi giải quyết và chưa gộp vào đâu.")


class SolverUnfit(Invalid):
    """The agency to solve does not exist on the day, or has the obstacle already."""

    code = "tasks.solver_unfit"
    message = _("Cơ quan nhận không hoạt động vào ngày này, hoặc đang giữ vướng mắc này.")
