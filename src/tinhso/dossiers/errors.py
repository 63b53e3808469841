"""What the dossier system refuses, by name."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class DossierNotFound(NotFound):
    """No such dossier, or not yours to see."""

    code = "dossiers.not_found"
    message = _("Không tìm thấy hồ sơ, hoặc bạn không được xem hồ sơ này.")


class ProcedureNotFound(NotFound):
    """No version of that procedure is in force on the day."""

    code = "dossiers.procedure_not_found"
    message = _("Thủ tục “{code}” không có phiên bản đang có hiệu lực.")


class StepNotFound(NotFound):
    """The step does not exist in this dossier, or lies elsewhere."""

    code = "dossiers.step_not_found"
    message = _("Không tìm thấy bước xử lý này trong hồ sơ.")


class MessageUnknown(NotFound):
    """No such message to the national portal, or it does not wait for a person."""

    code = "dossiers.message_unknown"
    message = _("Không tìm thấy tin đồng bộ này, hoặc tin không chờ gửi lại.")


class ChannelClosed(Conflict):
    """The province does not take dossiers by this channel on this day."""

    code = "dossiers.channel_closed"
    message = _("Kênh “{channel}” không nhận hồ sơ vào ngày {day}.")


class CompetenceUnknown(Conflict):
    """No agency holds the field at the level on the day, so nobody could settle it."""

    code = "dossiers.competence_unknown"
    message = _("Chưa xác định được cơ quan có thẩm quyền giải quyết thủ tục này vào ngày {day}.")


class AgencyNotOffering(Invalid):
    """The place where to file was not named, or does not settle this procedure."""

    code = "dossiers.agency_not_offering"
    message = _("Hãy chọn xã, phường, đặc khu nơi giải quyết hồ sơ.")


class NotInThatState(Conflict):
    """The act is not possible where the dossier stands now."""

    code = "dossiers.not_in_that_state"
    message = _("Hồ sơ đang ở trạng thái “{state}”, không thể {act}.")


class ClockStopped(Conflict):
    """The applicant has to answer first, or the work was suspended; it waits."""

    code = "dossiers.clock_stopped"
    message = _("Hồ sơ đang chờ người nộp hoặc đang tạm dừng, chưa thể {act}.")


class StepClosed(Conflict):
    """Somebody did this step already."""

    code = "dossiers.step_closed"
    message = _("Bước “{step}” đã được xử lý xong.")


class StepWantsAnotherAct(Conflict):
    """The workflow expects another act at this step."""

    code = "dossiers.step_wants_another_act"
    message = _("Bước “{step}” không phải là bước để {act}.")


class StepTaken(Conflict):
    """A colleague holds this step."""

    code = "dossiers.step_taken"
    message = _("Bước này đang do {person} xử lý.")


class OfficerNotThere(Conflict):
    """The person holds no right at the agency where the step lies."""

    code = "dossiers.officer_not_there"
    message = _("Người được chọn không được phân quyền xử lý tại cơ quan này.")


class NotYourStep(NotAllowed):
    """The step is held by somebody else; ask for it to be assigned."""

    code = "dossiers.not_your_step"
    message = _("Bước này đã phân công cho người khác. Đề nghị phân công lại trước khi xử lý.")


class SupplementAskedBefore(Conflict):
    """The rule of the procedure allows no further request."""

    code = "dossiers.supplement_asked_before"
    message = _("Đã yêu cầu bổ sung {times} lần; thủ tục này chỉ cho phép yêu cầu {limit} lần.")


class SupplementNotAskedHere(Conflict):
    """The rule of the procedure lets the other side of the counter ask for supplements."""

    code = "dossiers.supplement_not_asked_here"
    message = _("Thủ tục này không cho yêu cầu bổ sung ở giai đoạn {phase}.")


class AnswerStillAwaited(Conflict):
    """The applicant's time to answer is not over, or the procedure says that silence ends nothing."""

    code = "dossiers.answer_still_awaited"
    message = _("Chưa được dừng xử lý: {why}.")


class BringingIncomplete(Invalid):
    """How it came is not recorded as its channel needs, or a day lies where it cannot; `errors` names each."""

    code = "dossiers.bringing_incomplete"
    message = _("Cách hồ sơ đến nơi tiếp nhận có {count} mục cần sửa.")


class NothingToSupplement(Conflict):
    """Nothing was asked for, so there is nothing to answer."""

    code = "dossiers.nothing_to_supplement"
    message = _("Hồ sơ không có yêu cầu bổ sung nào đang chờ.")


class SignedAhead(Invalid):
    """The result bears a day of signing that has not come yet."""

    code = "dossiers.signed_ahead"
    message = _("Ngày ký không được sau hôm nay ({day}).")


class ResultMissing(Conflict):
    """There is no result yet to hand over."""

    code = "dossiers.result_missing"
    message = _("Hồ sơ chưa có kết quả để trả.")


class ExtendedBefore(Conflict):
    """The appointed time is extended at most once."""

    code = "dossiers.extended_before"
    message = _("Hồ sơ đã được gia hạn một lần (hẹn lại {day}), không gia hạn thêm.")


class ExtensionTooLate(Conflict):
    """The apology is sent at the latest on the day before the appointed one."""

    code = "dossiers.extension_too_late"
    message = _("Văn bản xin lỗi và gia hạn phải gửi chậm nhất một ngày trước hạn ({day}).")


class DecidedAlready(Conflict):
    """The matter was decided: it can no longer be taken back or go to another agency."""

    code = "dossiers.decided_already"
    message = _("Hồ sơ đã có quyết định giải quyết, không thể {act}.")


class CancellationTooLate(Conflict):
    """A mistaken receipt is cancelled within the declared time only."""

    code = "dossiers.cancellation_too_late"
    message = _("Chỉ hủy được tiếp nhận nhầm đến {until}.")


class WorkBegun(Conflict):
    """A step was completed after receipt, so the receipt stands."""

    code = "dossiers.work_begun"
    message = _("Hồ sơ đã có bước được xử lý xong, không thể hủy tiếp nhận.")


class DecisionAhead(Invalid):
    """The decision bears a day that has not come yet."""

    code = "dossiers.decision_ahead"
    message = _("Ngày quyết định không được sau ngày {day}.")


class TransferPending(Conflict):
    """Another agency has been asked to take the dossier over and has not answered."""

    code = "dossiers.transfer_pending"
    message = _("Đã đề nghị một cơ quan khác nhận hồ sơ và đang chờ trả lời.")


class ComplaintPending(Conflict):
    """A complaint waits for its answer; a second one would not be read sooner."""

    code = "dossiers.complaint_pending"
    message = _("Khiếu nại trước của bạn đang chờ trả lời.")


class RatedBefore(Conflict):
    """A dossier is rated once."""

    code = "dossiers.rated_before"
    message = _("Hồ sơ này đã được đánh giá.")


class ScoreUnknown(Invalid):
    """A rating goes from 1 to 5."""

    code = "dossiers.score_unknown"
    message = _("Chọn mức từ 1 đến 5.")


class NoWorkToHandOver(Conflict):
    """The colleague holds no open work there, or would get their own."""

    code = "dossiers.no_work_to_hand_over"
    message = _("Không có việc nào được chuyển.")


class NothingToCorrect(Conflict):
    """No guidance waits for the applicant, so there is nothing to hand in again."""

    code = "dossiers.nothing_to_correct"
    message = _("Hồ sơ không có hướng dẫn nào đang chờ bạn sửa.")


class HistoryIsReadOnly(Conflict):
    """Imported history has no workflow and refuses acts."""

    code = "dossiers.history_is_read_only"
    message = _("Hồ sơ lịch sử nhập từ hệ thống khác chỉ để xem.")


class AnswersInvalid(Invalid):
    """The form or the papers are not right; `errors` names each field."""

    code = "dossiers.answers_invalid"
    message = _("Hồ sơ chưa hợp lệ, có {count} mục cần sửa.")


class ReasonMissing(Invalid):
    """The act must give its reason."""

    code = "dossiers.reason_missing"
    message = _("Cần ghi rõ lý do.")


class DraftNotFound(NotFound):
    """No such draft, or it belongs to another account."""

    code = "dossiers.draft_not_found"
    message = _("Không tìm thấy bản nháp; bản nháp được xóa sau 30 ngày.")


class DraftHandedIn(Conflict):
    """The draft became a dossier already."""

    code = "dossiers.draft_handed_in"
    message = _("Hồ sơ này đã được nộp, không cần nộp lại.")


class ForeignCodeKnown(Conflict):
    """The same dossier of the other system was handed over before."""

    code = "dossiers.foreign_code_known"
    message = _("Hồ sơ mã {code} đã được gửi trước đó.")


class FilesTooMany(Invalid):
    """More files came in one post than are taken in at once; the first ones are kept."""

    code = "dossiers.files_too_many"
    message = _("Mỗi lần chỉ gửi được {limit} tệp. Gửi tiếp tệp còn lại ở lần sau.")


class SlotFull(Invalid):
    """The paper has as many files as it may have; the ones before stay."""

    code = "dossiers.slot_full"
    message = _("Mục này nhận nhiều nhất {limit} tệp.")


class NumberCodeMissing(Conflict):
    """Neither the agency nor its province has a code, so there is none to stand in an official number."""

    code = "dossiers.number_code_missing"
    message = _("Cơ quan và tỉnh đều chưa có mã định danh nên chưa cấp được số hồ sơ.")


class AnswerNotAwaited(Conflict):
    """No open step of this dossier waits for a message of this name."""

    code = "dossiers.answer_not_awaited"
    message = _("Hồ sơ không có bước nào đang chờ thông điệp “{message}”.")


class UploadUnknown(Invalid):
    """A file that this system did not send up, or that was used already."""

    code = "dossiers.upload_unknown"
    message = _("Có tệp không do hệ thống này gửi lên, hoặc đã được dùng.")


class FileImportedBefore(Conflict):
    """The same content was imported; undo that batch first."""

    code = "dossiers.file_imported_before"
    message = _("Tệp này đã được nhập ngày {day} (đợt {batch}).")


class BatchNotFound(NotFound):
    """No such import batch."""

    code = "dossiers.batch_not_found"
    message = _("Không có đợt nhập “{batch}”.")


class CardNotAsked(Conflict):
    """Only organisations apply for this procedure: a person's card fills nothing in."""

    code = "dossiers.card_not_asked"
    message = _("Thủ tục này do tổ chức nộp; thẻ căn cước không điền vào tờ khai được.")


class ViewNotFound(NotFound):
    """No such saved view, or it is somebody else's."""

    code = "dossiers.view_not_found"
    message = _("Không tìm thấy bộ lọc đã lưu.")


class TooManyViews(Conflict):
    """Nobody finds anything among more than that."""

    code = "dossiers.too_many_views"
    message = _("Bạn đã lưu {limit} bộ lọc. Xóa bớt rồi lưu bộ lọc mới.")


class ListTooLong(Invalid):
    """The list to be exported is longer than one file may be."""

    code = "dossiers.list_too_long"
    message = _("Danh sách có hơn {limit} dòng. Lọc bớt rồi kết xuất lại.")
