"""What the pages read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.inspections.models import FindingKind, Judgement, Outcome, TeamPost
from tinhso.ui.choosing import choices_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG_TEXT = forms.Textarea(attrs={"rows": 4})
SEATS = 5
"""So many people of a team can be named at once."""


def date_input() -> forms.DateInput:
    """A day as the browser's own field sends it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """A plan of inspections (kế hoạch kiểm tra)."""

    agency = forms.TypedChoiceField(label=_("Cơ quan kiểm tra"), coerce=int)
    number = forms.CharField(label=_("Số kế hoạch"), max_length=60)
    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=date_input())
    title = forms.CharField(label=_("Tên kế hoạch"), max_length=500)
    first = forms.DateField(label=_("Thời kỳ kiểm tra từ ngày"), widget=date_input())
    last = forms.DateField(label=_("đến ngày"), widget=date_input())
    checklist = forms.ChoiceField(label=_("Phiếu kiểm tra"))
    units = forms.CharField(
        label=_("Đơn vị được kiểm tra"),
        help_text=_("Mỗi dòng một đơn vị và ngày đến: “so y te 15/10/2026”. Gõ không dấu được."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    others = forms.CharField(
        label=_("Thành viên không có tài khoản (chuyên gia, cơ quan ngoài tỉnh)"),
        help_text=_(
            "Mỗi dòng một người: họ tên, nơi làm việc. Có tên trong biên bản; thư ký ghi phiếu thay."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        checklists: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("checklist", checklists)):
            choices_of(self, name, choices)
        posts = [TeamPost.HEAD, TeamPost.DEPUTY, *[TeamPost.MEMBER] * (SEATS - 3)]
        for seat, post in enumerate([*posts, TeamPost.SECRETARY], start=1):
            self.fields[f"person_{seat}"] = forms.CharField(
                label=post.label, max_length=200, required=post is TeamPost.HEAD
            )
        self.posts = [*posts, TeamPost.SECRETARY]

    @property
    def seats(self) -> list[forms.BoundField]:
        """The fields of the team."""
        return [self[f"person_{seat}"] for seat in range(1, SEATS + 1)]


class NoteForm(forms.Form):
    """What was noted of a criterion (ghi phiếu)."""

    judgement = forms.ChoiceField(
        label=_("Đánh giá"), choices=Judgement.choices, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Ghi chép"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PhotoForm(forms.Form):
    """A photo (ảnh hiện trường); `photo` is its key, under which it may be sent again."""

    upload = forms.FileField(
        label=_("Ảnh"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )
    caption = forms.CharField(label=_("Ảnh chụp gì"), max_length=300, required=False)
    photo = forms.UUIDField(widget=forms.HiddenInput, required=False)


class FindingForm(forms.Form):
    """A finding (nhận định)."""

    kind = forms.ChoiceField(
        label=_("Nhận định về"), choices=FindingKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Nội dung"), widget=LONG_TEXT, max_length=5000)


class RecommendationForm(forms.Form):
    """A recommendation (kiến nghị)."""

    text = forms.CharField(label=_("Đề nghị đơn vị"), widget=LONG_TEXT, max_length=5000)
    deadline_on = forms.DateField(
        label=_("Hoàn thành trước ngày"), widget=date_input(), required=False
    )


class DroppingForm(forms.Form):
    """A finding or recommendation to leave out, by its key or place."""

    finding = forms.IntegerField(required=False)
    ordinal = forms.IntegerField(required=False)


class HinderingForm(forms.Form):
    """What was found and holds the unit up, and of what kind it is (báo vướng mắc)."""

    finding = forms.TypedChoiceField(label=_("Nhận định"), coerce=int, widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Vướng về"), widget=forms.RadioSelect)


class WordsForm(forms.Form):
    """Words that may be left out (ghi chú, ý kiến)."""

    words = forms.CharField(label=_("Ý kiến"), widget=LONG_TEXT, max_length=5000, required=False)


class ReasonForm(forms.Form):
    """What must be said (lý do)."""

    words = forms.CharField(label=_("Cần sửa gì"), widget=LONG_TEXT, max_length=5000)


class NothingForm(forms.Form):
    """Only whether it is to be done."""


class ConcludingForm(forms.Form):
    """The conclusion (kết luận kiểm tra)."""

    number = forms.CharField(label=_("Số kết luận"), max_length=60)
    words = forms.CharField(label=_("Kết luận"), widget=LONG_TEXT, max_length=5000, required=False)


class RecheckForm(forms.Form):
    """A recommendation looked at again (kiểm tra lại)."""

    ordinal = forms.TypedChoiceField(label=_("Kiến nghị"), coerce=int, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("Kết quả"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Thấy gì"), widget=LONG_TEXT, max_length=5000)
