"""What the pages read from the browser; the services judge it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.payments.models import Method
from tinhso.payments.services.accounts import AccountFacts
from tinhso.ui.fields import NamedForm, NeededAtTimes

LONG_TEXT = forms.Textarea(attrs={"rows": 3})


class TakingForm(NamedForm):
    """How the money came (thu tiền)."""

    method = forms.ChoiceField(
        label=_("Hình thức thu"), choices=Method.choices, widget=forms.RadioSelect
    )
    bank_reference = NeededAtTimes(
        label=_("Số giao dịch ngân hàng"),
        help_text=_("Bắt buộc khi thu bằng chuyển khoản hoặc VietQR; mỗi giao dịch một biên lai."),
        max_length=60,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    agency = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(NamedForm):
    """A reason (lý do)."""

    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=1000)


class AccountForm(NamedForm):
    """An account (tài khoản thu)."""

    agency = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    bank = forms.CharField(
        label=_("Mã BIN của ngân hàng"), help_text=_("6 chữ số, do NAPAS cấp."), max_length=6
    )
    bank_name = forms.CharField(label=_("Tên ngân hàng, kho bạc"), max_length=100)
    number = forms.CharField(label=_("Số tài khoản"), max_length=19)
    holder = forms.CharField(label=_("Chủ tài khoản"), max_length=100)
    since = forms.DateField(
        label=_("Dùng từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def facts(self) -> AccountFacts:
        """What was typed, as the service takes it."""
        typed = {key: value for key, value in self.cleaned_data.items() if key != "agency"}
        return AccountFacts(**typed)
