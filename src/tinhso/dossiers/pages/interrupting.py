"""The table of acts beside the workflow: their forms and words. What they do stands in ADR 22."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit
from tinhso.dossiers import services
from tinhso.dossiers.fees import fee_due
from tinhso.dossiers.models import State
from tinhso.dossiers.pages.act import Act
from tinhso.dossiers.pages.forms import LONG_TEXT, ActForm, ReasonForm
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.places import takers
from tinhso.dossiers.queries.telling import (
    apology_refused,
    extension_refused,
    waiver_refused,
)
from tinhso.dossiers.services.interrupting import WITHDRAWABLE
from tinhso.payments.queries import standing
from tinhso.ui.fields import NeededAtTimes

MOST_DAYS = 60
LARGEST_DUTY = 10**12
"""Đồng; more is a slip of the finger."""


class TermForm(ActForm):
    """How many working days, and why (số ngày làm việc, lý do)."""

    days = forms.IntegerField(
        label=_("Số ngày làm việc"), min_value=1, max_value=MOST_DAYS, initial=5
    )
    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=2000)

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        return {"term": Term(typed.pop("days"), Unit.WORKING_DAYS), **typed}


class ExtendForm(TermForm):
    """The apology and the further days (xin lỗi và đề nghị gia hạn, mẫu 04)."""

    def prepare(self) -> None:
        self.fields["days"].label = _("Gia hạn thêm (ngày làm việc, tính từ hạn cũ)")
        self.fields["reason"].label = _("Lý do chậm, ghi vào văn bản xin lỗi")


class ApologyForm(ReasonForm):
    """Why it is late, and the day that is promised now (văn bản xin lỗi khi đã quá hạn)."""

    promised_on = forms.DateField(
        label=_("Ngày hẹn lại"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("reason", "promised_on")

    def prepare(self) -> None:
        self.fields["reason"].label = _("Lý do chậm, ghi vào văn bản xin lỗi")
        if self.dossier.finished_at is not None:
            del self.fields["promised_on"]


class ReopenForm(TermForm):
    """The decision by which a concluded dossier is taken up again (quyết định mở lại)."""

    decision_number = forms.CharField(label=_("Số quyết định"), max_length=80)
    decided_on = forms.DateField(
        label=_("Ngày quyết định"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("decision_number", "decided_on", "reason", "days")

    def prepare(self) -> None:
        self.fields["days"].label = _("Giải quyết lại trong (ngày làm việc, tính từ hôm nay)")


class DutyForm(ReasonForm):
    """How much is owed and what for (nghĩa vụ tài chính)."""

    amount = forms.IntegerField(label=_("Số tiền (đồng)"), min_value=1, max_value=LARGEST_DUTY)
    field_order = ("amount", "reason")

    def prepare(self) -> None:
        self.fields["reason"].label = _("Khoản phải nộp, nơi nộp")
        due = fee_due(self.dossier, self.at)
        if due is not None:
            self.initial["amount"] = due.amount
            self.initial["reason"] = "; ".join(charge.name for charge in due.charges)


class VoucherForm(ActForm):
    """The voucher that shows that it was done (chứng từ)."""

    voucher = forms.CharField(label=_("Số chứng từ đã nộp"), max_length=200)

    def prepare(self) -> None:
        receipts = [line.payment for line in standing(self.dossier.uuid) if line.payment]
        self.initial["voucher"] = ", ".join(dict.fromkeys(str(receipt) for receipt in receipts))


class NoteForm(ActForm):
    """A word on why the work goes on (ghi chú)."""

    note = forms.CharField(label=_("Ghi chú"), widget=LONG_TEXT, max_length=2000, required=False)


class GuidanceForm(ActForm):
    """What the applicant should put right (nội dung hướng dẫn)."""

    content = forms.CharField(
        label=_("Nội dung hướng dẫn"),
        help_text=_("Người nộp thấy nội dung này và có thể sửa hồ sơ trước khi tiếp nhận."),
        widget=LONG_TEXT,
        max_length=4000,
    )


class TransferForm(ReasonForm):
    """Which agency should take the dossier over, and why (đề nghị chuyển)."""

    agency = forms.ChoiceField(label=_("Cơ quan nhận giải quyết"))
    field_order = ("agency", "reason")

    def prepare(self) -> None:
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        may = takers(self.definition, day_of(self.at)) - {self.dossier.competent_agency_id}
        others = directory(day_of(self.at)).filter(agency__in=may)
        field.choices = [("", "—"), *((row.agency_id, row.official_title) for row in others)]
        if len(field.choices) == 1:
            self.impossible = _("Không có cơ quan nào khác cùng có thẩm quyền trong lĩnh vực này.")

    def facts(self) -> dict[str, Any]:
        return {"agency": int(self.cleaned_data["agency"]), "reason": self.cleaned_data["reason"]}


class TransferAnswerForm(ActForm):
    """Whether the agency takes it over (nhận, không nhận)."""

    accepts = forms.TypedChoiceField(
        label=_("Trả lời"),
        widget=forms.RadioSelect,
        choices=[("1", _("Nhận giải quyết")), ("0", _("Không nhận"))],
        coerce=lambda value: value == "1",
    )
    reason = NeededAtTimes(
        label=_("Lý do (bắt buộc khi không nhận)"), widget=LONG_TEXT, max_length=2000
    )


class ComplaintAnswerForm(ActForm):
    """Whether the complaint is right, and the answer (trả lời khiếu nại)."""

    is_right = forms.TypedChoiceField(
        label=_("Kết luận"),
        widget=forms.RadioSelect,
        choices=[("1", _("Khiếu nại đúng")), ("0", _("Khiếu nại không đúng"))],
        coerce=lambda value: value == "1",
    )
    content = forms.CharField(label=_("Nội dung trả lời"), widget=LONG_TEXT, max_length=4000)


RUNNING = frozenset({State.IN_PROCESS})
WITH_RESULT = frozenset({State.DECIDED, State.HANDED_OVER})
ON_DOSSIER = (
    Act(
        "huong-dan",
        _("Hướng dẫn người nộp"),
        _("Đã gửi hướng dẫn."),
        Right.GUIDE,
        GuidanceForm,
        services.guide,
        states=frozenset({State.SUBMITTED}),
    ),
    Act(
        "tiep-tuc",
        _("Tiếp tục giải quyết"),
        _("Hồ sơ được giải quyết tiếp."),
        Right.SUSPEND,
        NoteForm,
        services.resume,
        states=frozenset({State.SUSPENDED}),
        kind="primary",
    ),
    Act(
        "da-nop-tien",
        _("Xác nhận đã nộp tiền"),
        _("Đã xác nhận. Thời hạn được tính tiếp."),
        Right.CONFIRM_PAYMENT,
        VoucherForm,
        services.confirm_payment,
        states=frozenset({State.AWAITING_PAYMENT}),
        kind="primary",
        is_at_desk=True,
    ),
    Act(
        "gia-han",
        _("Xin lỗi và gia hạn"),
        _("Đã gia hạn và báo người nộp."),
        Right.EXTEND,
        ExtendForm,
        services.extend,
        states=RUNNING,
        is_rare=True,
        refused=extension_refused,
    ),
    Act(
        "xin-loi",
        _("Xin lỗi vì quá hạn"),
        _("Đã gửi văn bản xin lỗi và báo người nộp."),
        Right.EXTEND,
        ApologyForm,
        services.apologise,
        states=RUNNING | WITH_RESULT,
        is_rare=True,
        refused=apology_refused,
    ),
    Act(
        "khong-xin-loi",
        _("Ghi lý do không phải xin lỗi"),
        _("Đã ghi lý do không phải xin lỗi."),
        Right.EXTEND,
        ReasonForm,
        services.waive_apology,
        states=WITH_RESULT,
        is_rare=True,
        refused=waiver_refused,
    ),
    Act(
        "yeu-cau-nop-tien",
        _("Yêu cầu nghĩa vụ tài chính"),
        _("Đã yêu cầu. Thời hạn tạm dừng."),
        Right.REQUIRE_PAYMENT,
        DutyForm,
        services.require_payment,
        states=RUNNING,
        is_rare=True,
    ),
    Act(
        "tam-dung",
        _("Tạm dừng giải quyết"),
        _("Đã tạm dừng giải quyết."),
        Right.SUSPEND,
        ReasonForm,
        services.suspend,
        states=RUNNING,
        is_rare=True,
    ),
    Act(
        "de-nghi-chuyen",
        _("Đề nghị chuyển cơ quan khác"),
        _("Đã gửi đề nghị chuyển."),
        Right.TRANSFER,
        TransferForm,
        services.ask_transfer,
        states=RUNNING,
        is_rare=True,
    ),
    Act(
        "rut-ho-so",
        _("Rút hồ sơ theo yêu cầu người nộp"),
        _("Đã rút hồ sơ."),
        Right.WITHDRAW_FOR,
        ReasonForm,
        services.withdraw,
        states=WITHDRAWABLE,
        kind="danger",
        is_at_desk=True,
        is_rare=True,
    ),
    Act(
        "huy-tiep-nhan",
        _("Hủy tiếp nhận nhầm"),
        _("Đã hủy tiếp nhận."),
        Right.CANCEL_RECEIPT,
        ReasonForm,
        services.cancel_receipt,
        states=RUNNING,
        kind="danger",
        is_at_desk=True,
        is_rare=True,
    ),
    Act(
        "mo-lai",
        _("Mở lại hồ sơ"),
        _("Đã mở lại hồ sơ."),
        Right.REOPEN,
        ReopenForm,
        services.reopen,
        states=frozenset({State.HANDED_OVER}),
        is_rare=True,
    ),
)
AT_STEP = (
    Act(
        "tra-loi-chuyen",
        _("Trả lời đề nghị chuyển"),
        _("Đã trả lời."),
        Right.ANSWER_TRANSFER,
        TransferAnswerForm,
        services.answer_transfer,
        at_steps=frozenset({"answer_transfer"}),
        kind="primary",
    ),
    Act(
        "tra-loi-khieu-nai",
        _("Trả lời khiếu nại"),
        _("Đã trả lời người nộp."),
        Right.ANSWER_COMPLAINT,
        ComplaintAnswerForm,
        services.answer_complaint,
        at_steps=frozenset({"answer_complaint"}),
        kind="primary",
    ),
)
