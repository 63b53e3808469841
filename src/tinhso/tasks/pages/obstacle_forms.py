"""What the pages of obstacles read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.tasks.pages.forms import LONG_TEXT
from tinhso.ui.choosing import choices_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class RaisingForm(forms.Form):
    """What somebody is stuck on (báo vướng mắc)."""

    agency = forms.TypedChoiceField(label=_("Cơ quan đang vướng"), coerce=int)
    kind = forms.ChoiceField(label=_("Vướng về"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Đang vướng gì"),
        help_text=_("Một hai câu; không ghi tên, số định danh của người dân."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        kinds: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("kind", kinds)):
            choices_of(self, name, choices)
        if len(agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
            self.fields["agency"].initial = agencies[0][0]


class AnsweringForm(forms.Form):
    """An answer, and whether it goes into the library (trả lời)."""

    words = forms.CharField(
        label=_("Cách tháo gỡ"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )
    question = forms.CharField(
        label=_("Đưa vào thư viện lời giải dưới câu hỏi"),
        help_text=_("Ghi chung, không nêu tên đơn vị hay người. Để trống thì chỉ trả lời nơi hỏi."),
        max_length=500,
        required=False,
    )


class RoutingForm(forms.Form):
    """Another agency that can solve it (chuyển nơi giải quyết)."""

    solver = forms.TypedChoiceField(label=_("Chuyển cho"), coerce=int)
    words = forms.CharField(label=_("Vì sao"), widget=LONG_TEXT, max_length=1000)


class ProposingForm(forms.Form):
    """A proposal to a ministry (kiến nghị cấp trên)."""

    body = forms.CharField(label=_("Kiến nghị tới"), max_length=300)
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=100, required=False)
    words = forms.CharField(
        label=_("Nội dung kiến nghị"), widget=LONG_TEXT, max_length=2000, required=False
    )


class StillStuckForm(forms.Form):
    """Why the answer did not help (chưa gỡ được)."""

    words = forms.CharField(label=_("Còn vướng ở đâu"), widget=LONG_TEXT, max_length=1000)
