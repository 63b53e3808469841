"""What the pages read from the browser; a service judges it."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import OFFICIAL_ZONE
from tinhso.calendars.deadlines import LONGEST, UNIT_NAMES, Term, Unit
from tinhso.calendars.models import DayKind
from tinhso.calendars.national import DayFacts
from tinhso.kernel.days import not_in_calendar

YEARS = (2000, 2100)
"""Years that the pages of a calendar show."""
DATE_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME_INPUT = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DayForm(forms.Form):
    """An entry of the calendar (thêm ngày)."""

    day = forms.DateField(label=_("Ngày"), widget=DATE_INPUT)
    kind = forms.ChoiceField(label=_("Loại ngày"), choices=DayKind.choices)
    name = forms.CharField(label=_("Tên ngày, lý do"), max_length=200)
    legal_basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    verified = forms.BooleanField(label=_("Đã đối chiếu với văn bản"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_day(self) -> date:
        """A day of a year that the pages show, where it can be withdrawn again."""
        day: date = self.cleaned_data["day"]
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(not_in_calendar(f"{day:%d/%m/%Y}", YEARS))
        return day

    def facts(self) -> DayFacts:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return DayFacts(
            day=typed["day"],
            kind=DayKind(typed["kind"]),
            name=typed["name"],
            legal_basis=typed["legal_basis"],
            verified=typed["verified"],
        )


class WithdrawalForm(forms.Form):
    """The end of an entry (rút ngày)."""

    reason = forms.CharField(label=_("Lý do, căn cứ"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TermForm(forms.Form):
    """A term to be tried (tính thử hạn), with a pause when there was one."""

    day = forms.DateField(label=_("Ngày nhận"), widget=DATE_INPUT)
    time = forms.TimeField(label=_("Giờ nhận"), widget=TIME_INPUT)
    amount = forms.IntegerField(label=_("Thời hạn"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Đơn vị"), choices=[(unit, UNIT_NAMES[unit]) for unit in Unit])
    cutoff = forms.TimeField(
        label=_("Trả trong ngày nếu nhận trước"), widget=TIME_INPUT, required=False
    )

    def clean(self) -> None:
        """A cut-off goes with a term of one working day only."""
        typed = self.cleaned_data
        if typed.get("cutoff") and (typed.get("amount"), typed.get("unit")) != (
            1,
            Unit.WORKING_DAYS,
        ):
            self.add_error("cutoff", _("Chỉ dùng cho thời hạn 1 ngày làm việc."))

    def term(self) -> Term:
        """The term as the arithmetic takes it."""
        typed = self.cleaned_data
        return Term(typed["amount"], Unit(typed["unit"]), typed["cutoff"])

    def received_at(self) -> datetime:
        """The receipt as an instant, on the wall clock of Vietnam."""
        typed = self.cleaned_data
        return datetime.combine(typed["day"], typed["time"], tzinfo=OFFICIAL_ZONE)
