"""What the pages of reports read from the browser; the services judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.indicators.reports.figures import Numbers

LARGEST = 10**15


class NothingForm(forms.Form):
    """An act that asks nothing."""


class ReasonForm(forms.Form):
    """A reason (lý do)."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class ConfirmingForm(forms.Form):
    """How the paper is signed (xác nhận): NĐ 30/2020/NĐ-CP Điều 13."""

    number = forms.CharField(
        label=_("Số, ký hiệu"),
        help_text=_("Do văn thư cấp, ví dụ 15/BC-UBND. Để trống thì bản in chừa chỗ ghi tay."),
        max_length=60,
        required=False,
    )
    capacity = forms.CharField(
        label=_("Quyền hạn ký"),
        help_text=_(
            "TM. khi ký thay mặt tập thể, KT. khi cấp phó ký thay. Để trống nếu thủ trưởng cơ quan ký."
        ),
        max_length=100,
        required=False,
    )
    post = forms.CharField(label=_("Chức vụ người ký"), max_length=100)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class SentenceForm(forms.Form):
    """A sentence in other words (sửa câu)."""

    words = forms.CharField(
        label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000
    )


class CorrectionForm(forms.Form):
    """Other numbers than those of the records (sửa số liệu), and why."""

    numerator = forms.IntegerField(label=_("Tử số"), min_value=0, max_value=LARGEST)
    denominator = forms.IntegerField(label=_("Mẫu số"), min_value=0, max_value=LARGEST)
    value = forms.DecimalField(
        label=_("Giá trị"), min_value=0, max_value=LARGEST, max_digits=20, decimal_places=4
    )
    reason = forms.CharField(
        label=_("Lý do sửa"),
        help_text=_("Số hệ thống tính và số đơn vị báo cáo cùng nằm trong báo cáo, kèm lý do này."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_ratio: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value",) if is_ratio else ("numerator", "denominator"):
            del self.fields[name]

    def numbers(self) -> Numbers:
        """What was typed; the value of a ratio follows from its parts."""
        typed = self.cleaned_data
        return Numbers(typed.get("value"), typed.get("numerator"), typed.get("denominator"))
