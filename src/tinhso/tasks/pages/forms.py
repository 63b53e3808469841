"""What the pages read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.tasks.models import EvidenceKind, NoticeKind
from tinhso.tasks.models.tasks import DEADLINE_KINDS
from tinhso.ui.choosing import choices_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG_TEXT = forms.Textarea(attrs={"rows": 3})
CHECKBOXES = forms.CheckboxSelectMultiple


def date_input() -> forms.DateInput:
    """A day as the browser's own field sends it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BringingForm(forms.Form):
    """A notice (văn bản giao việc): a file or pasted text; what is left empty is read from it."""

    agency = forms.TypedChoiceField(label=_("Cơ quan giao việc, theo dõi"), coerce=int)
    upload = forms.FileField(
        label=_("Tệp văn bản"),
        help_text=_("Word (.docx), PDF có lớp chữ, hoặc văn bản thuần (.txt)."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".docx,.pdf,.txt", "class": "govuk-file-upload"}
        ),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        strip=False,
    )
    kind = forms.ChoiceField(
        label=_("Loại văn bản"),
        choices=[("", _("Đọc từ văn bản")), *NoticeKind.choices],
        required=False,
    )
    number = forms.CharField(
        label=_("Số, ký hiệu"),
        help_text=_("Để trống thì đọc từ văn bản."),
        max_length=60,
        required=False,
    )
    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=date_input(), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    title = forms.CharField(label=_("Trích yếu"), max_length=500, required=False)

    committee = forms.TypedChoiceField(
        label=_("Ban chỉ đạo, tổ công tác giao việc"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        committees: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("committee", [("", "—"), *committees])):
            choices_of(self, name, choices)
        if not committees:
            del self.fields["committee"]


class ItemForm(forms.Form):
    """One draft task (mục nhiệm vụ)."""

    text = forms.CharField(
        label=_("Nội dung nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    wanted = forms.CharField(label=_("Kết quả cần đạt"), max_length=500, required=False)
    evidence_kinds = forms.MultipleChoiceField(
        label=_("Minh chứng cần có"),
        help_text=_("Không chọn thì loại nào cũng được."),
        choices=EvidenceKind.choices,
        required=False,
        widget=CHECKBOXES,
    )
    leads = forms.TypedMultipleChoiceField(
        label=_("Cơ quan chủ trì"), coerce=int, required=False, widget=CHECKBOXES
    )
    add_lead = forms.CharField(
        label=_("Thêm cơ quan chủ trì"),
        help_text=_("Gõ tên, gõ không dấu hoặc viết tắt được: “so khcn”. “Các xã” là mọi xã."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
    )
    coordinators = forms.TypedMultipleChoiceField(
        label=_("Cơ quan phối hợp"), coerce=int, required=False, widget=CHECKBOXES
    )
    add_coordinator = forms.CharField(
        label=_("Thêm cơ quan phối hợp"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
    )
    deadline_on = forms.DateField(label=_("Hạn"), widget=date_input(), required=False)
    deadline_kind = forms.ChoiceField(label=_("Loại thời hạn"), choices=DEADLINE_KINDS)
    deadline_words = forms.CharField(
        label=_("Thời hạn ghi là"),
        help_text=_(
            "Việc định kỳ: ghi nhịp, như “thứ Hai hằng tuần”, “trước ngày 25 hằng tháng”, “hằng quý”."
        ),
        max_length=300,
        required=False,
    )
    follower = forms.TypedChoiceField(
        label=_("Người theo dõi"), coerce=int, required=False, empty_value=None
    )
    group = forms.CharField(label=_("Nhóm"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        leads: Sequence[tuple[int, str]],
        coordinators: Sequence[tuple[int, str]],
        followers: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("leads", leads),
            ("coordinators", coordinators),
            ("follower", [("", "—"), *followers]),
        ):
            choices_of(self, name, choices)
            if not choices:
                del self.fields[name]

    def chosen(self, name: str) -> tuple[int, ...]:
        """The agencies ticked in one of the groups."""
        return tuple(self.cleaned_data.get(name, ()))


class ReasonForm(forms.Form):
    """A reason (lý do)."""

    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=1000)


class WordsForm(forms.Form):
    """Words that may be left out (ghi chú)."""

    words = forms.CharField(label=_("Ghi chú"), widget=LONG_TEXT, max_length=1000, required=False)


class ReportForm(forms.Form):
    """How far it is (báo cáo tiến độ)."""

    words = forms.CharField(label=_("Đã làm được gì"), widget=LONG_TEXT, max_length=2000)
    percent = forms.IntegerField(label=_("Tiến độ (%)"), min_value=0, max_value=100, required=False)


class EvidenceForm(forms.Form):
    """What shows that it is done (minh chứng)."""

    upload = forms.FileField(label=_("Tệp"), required=False)
    value = forms.CharField(
        label=_("Hoặc liên kết, số hồ sơ, số văn bản"), max_length=500, required=False
    )
    note = forms.CharField(label=_("Minh chứng cho việc gì"), max_length=500, required=False)


class ExtensionForm(forms.Form):
    """A request for more time (đề nghị gia hạn)."""

    until = forms.DateField(label=_("Gia hạn đến ngày"), widget=date_input())
    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=1000)


class ExtensionAnswerForm(forms.Form):
    """The answer to such a request (quyết định gia hạn)."""

    answer = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[("yes", _("Đồng ý")), ("no", _("Không đồng ý"))],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Đến ngày"),
        help_text=_("Để trống thì theo ngày đơn vị đề nghị."),
        widget=date_input(),
        required=False,
    )
    words = forms.CharField(
        label=_("Ý kiến"),
        help_text=_("Không đồng ý thì ghi rõ lý do."),
        widget=LONG_TEXT,
        max_length=1000,
        required=False,
    )


class SharingForm(forms.Form):
    """Shares of a task for units below its lead (chia việc)."""

    units = forms.TypedMultipleChoiceField(
        label=_("Giao cho đơn vị"), coerce=int, widget=CHECKBOXES
    )
    text = forms.CharField(
        label=_("Phần việc"),
        help_text=_("Mỗi đơn vị được chọn nhận một phần việc với nội dung này."),
        widget=LONG_TEXT,
        max_length=5000,
    )
    deadline_on = forms.DateField(
        label=_("Hạn"),
        help_text=_("Không sau hạn của cả nhiệm vụ. Để trống thì theo hạn đó."),
        widget=date_input(),
        required=False,
    )


class PersonForm(forms.Form):
    """An officer for a task (phân công, bàn giao)."""

    person = forms.TypedChoiceField(label=_("Người nhận"), coerce=int)
    words = forms.CharField(label=_("Ghi chú"), widget=LONG_TEXT, max_length=1000, required=False)


class PartForm(forms.Form):
    """What a coordinator does and by when (phần phối hợp)."""

    agency = forms.TypedChoiceField(label=_("Cơ quan phối hợp"), coerce=int)
    what = forms.CharField(label=_("Phần việc"), max_length=500, required=False)
    deadline_on = forms.DateField(label=_("Hạn"), widget=date_input(), required=False)


class WaitingForm(forms.Form):
    """A task that must be done first (chờ nhiệm vụ khác)."""

    blocker = forms.TypedChoiceField(label=_("Phải chờ nhiệm vụ"), coerce=UUID)
    words = forms.CharField(label=_("Vì sao phải chờ"), widget=LONG_TEXT, max_length=1000)


class WaitingNoMoreForm(forms.Form):
    """A task that need not be waited for (thôi chờ)."""

    blocker = forms.TypedChoiceField(label=_("Không chờ nữa"), coerce=UUID)


class UntyingForm(forms.Form):
    """What need not show the task to be done any more (thôi gắn)."""

    tie = forms.TypedChoiceField(label=_("Không đối chiếu nữa"), coerce=UUID)


class GivingForm(forms.Form):
    """Another lead for a task that came back (giao lại)."""

    lead = forms.TypedChoiceField(label=_("Giao cho"), coerce=int)
    words = forms.CharField(label=_("Ý kiến chỉ đạo"), widget=LONG_TEXT, max_length=1000)
