"""What the pages read from the browser; a service judges it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.agencies import reform_documents
from tinhso.agencies.counted_records import providers
from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.models import AgencyKind
from tinhso.ui.fields import name_in_errors

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LONGEST = 512 * 1024


class DirectoryForm(forms.Form):
    """Which day, which words, which kind."""

    tim = forms.CharField(label=_("Tên hoặc mã, không cần dấu"), required=False)
    ngay = forms.DateField(label=_("Vào ngày"), required=False, widget=_DATE)
    loai = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[("", _("Tất cả")), *AgencyKind.choices]
    )


class ReformForm(forms.Form):
    """A reform as YAML, typed or uploaded."""

    document = forms.CharField(
        label=_("Nội dung phương án (YAML)"),
        help_text=_("Dán vào đây hoặc chọn tệp ở dưới: cần một trong hai."),
        widget=forms.Textarea,
        required=False,
    )
    file = forms.FileField(label=_("hoặc tệp YAML"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the document here, so that what was typed stays on the page with its errors."""
        typed = super().clean() or {}
        upload = typed.get("file")
        if upload is not None and upload.size > _LONGEST:
            self.add_error("file", _("Tệp quá lớn (tối đa 512 KB)."))
            return typed
        content = upload.read() if upload else typed.get("document", "").encode()
        try:
            typed["reform"] = reform_documents.from_yaml(content)
        except ReformMalformed as refusal:
            lines = [f"{line} ({path})" for path, found in refusal.errors.items() for line in found]
            self.add_error("file" if upload else "document", lines[:20])
        return typed


class ReceiversForm(forms.Form):
    """Who takes what is left of agencies that end: those for which somebody was chosen."""

    ended = "ended:"
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One choice at least; `receivers` are keys by ended agency."""
        typed = super().clean() or {}
        chosen = {
            name.removeprefix(self.ended): key
            for name, key in self.data.items()
            if name.startswith(self.ended) and key
        }
        if not chosen:
            raise forms.ValidationError(_("Chọn cơ quan tiếp nhận ở ít nhất một dòng."))
        return typed | {"receivers": chosen}


class DiscardForm(forms.Form):
    """A plan given up: why, and of which version."""

    reason = forms.CharField(label=_("Lý do bỏ phương án"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("Tôi bỏ phương án này"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_in_errors(field)


class CarryOutForm(forms.Form):
    """The act, with the version that was previewed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=_("Tôi đã xem trước và quyết định thực hiện"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_in_errors(self.fields["agreed"])


class ComparingForm(forms.Form):
    """Which records of which days, both included."""

    so_lieu = forms.ChoiceField(label=_("Số liệu"))
    tu = forms.DateField(label=_("Từ ngày"), widget=_DATE)
    den = forms.DateField(label=_("Đến hết ngày"), widget=_DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["so_lieu"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [(one.code, one.name) for one in providers.values()]

    def clean(self) -> dict[str, Any]:
        """The period must not be upside down."""
        typed = super().clean() or {}
        if typed.get("tu") and typed.get("den") and typed["den"] < typed["tu"]:
            self.add_error("den", _("Ngày cuối phải bằng hoặc sau ngày đầu."))
        return typed
