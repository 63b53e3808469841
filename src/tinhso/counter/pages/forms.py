"""What the pages read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.counter.models import Errand
from tinhso.counter.services.appointments import (
    LEAST_MINUTES,
    MOST_DAYS,
    MOST_MINUTES,
    MOST_PEOPLE,
)
from tinhso.counter.services.days import Counted, plan_close
from tinhso.kernel.folding import alphabetical
from tinhso.ui.fields import NamedForm, naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

MOST = 9999
SPARE = 3
"""Empty lines for papers of procedures that the system did not count that day."""
_TWICE = _("“%(procedure)s” đã chọn ở dòng thêm %(line)s: ghi chung số giấy vào một dòng.")
LONG_TEXT = forms.Textarea(attrs={"rows": 3})


class ReasonForm(NamedForm):
    """A reason (lý do)."""

    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=1000)


class OfferForm(NamedForm):
    """Which appointments a desk takes (khung giờ hẹn)."""

    minutes = forms.IntegerField(
        label=_("Mỗi lượt (phút)"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES
    )
    capacity = forms.IntegerField(label=_("Số người mỗi lượt"), min_value=1, max_value=MOST_PEOPLE)
    days_ahead = forms.IntegerField(
        label=_("Đặt trước nhiều nhất (ngày)"), min_value=1, max_value=MOST_DAYS
    )
    is_open = forms.BooleanField(label=_("Đang nhận đặt lịch"), required=False)


class BookingForm(NamedForm):
    """Who comes, and for what."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Họ và tên người đến"), max_length=200)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    errand = forms.TypedChoiceField(
        label=_("Đến để"), choices=Errand.choices, coerce=Errand, initial=Errand.SUBMIT
    )


class LineForm(forms.Form):
    """One procedure that the system counted: the papers, and why they differ."""

    paper = forms.IntegerField(
        label=_("Số hồ sơ giấy"), min_value=0, max_value=MOST, required=False
    )
    why = forms.CharField(label=_("Giải trình chênh lệch"), max_length=1000, required=False)

    @property
    def procedure(self) -> int | None:
        """The key of the procedure that the line is about."""
        return int(str(self.prefix).removeprefix("p"))


class SpareForm(LineForm):
    """Papers of a procedure that the system did not count."""

    chosen = forms.TypedChoiceField(
        label=_("Thủ tục"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [("", "—"), *names.items()]

    def clean(self) -> dict[str, Any]:
        """A line that says one thing says all of it: what was counted is not passed over."""
        typed = self.cleaned_data
        if typed.get("chosen") is None and (typed.get("paper") is not None or typed.get("why")):
            self.add_error("chosen", gettext("Chọn thủ tục của số giấy này."))
        if typed.get("chosen") is not None and "paper" in typed and typed["paper"] is None:
            self.add_error("paper", gettext("Đếm số hồ sơ giấy, hoặc bỏ dòng này."))
        return typed

    @property
    def procedure(self) -> int | None:
        return self.cleaned_data.get("chosen") if self.is_bound else None


class Sheet:
    """The whole sheet of a day (phiếu đối chiếu): the counted procedures, then the spare lines."""

    def __init__(
        self, system: Mapping[int, int], names: Mapping[int, str], post: QueryDict | None
    ) -> None:
        self.system = system
        self.names = names
        self.known = [
            (names[key], count, LineForm(post, prefix=f"p{key}"))
            for key, count in sorted(system.items(), key=lambda pair: alphabetical(names[pair[0]]))
        ]
        others = {key: name for key, name in names.items() if key not in system}
        self.spare = [SpareForm(post, prefix=f"x{n}", names=others) for n in range(SPARE)]

    @property
    def forms(self) -> list[LineForm]:
        """All lines in the order of the page."""
        return [*(form for _name, _count, form in self.known), *self.spare]

    def is_valid(self) -> bool:
        """Whether every line was understood; where not, what else keeps the day open is told with it."""
        self._refuse_twice()
        if not self.errors:
            return True
        _lines, troubles = plan_close(self.counted(), self.system)
        self.add_troubles({str(key): [sentence] for key, sentence in troubles.items()})
        return False

    def _refuse_twice(self) -> None:
        """A procedure stands on one spare line: of two numbers none would be counted silently."""
        lines: dict[int, int] = {}
        for number, form in enumerate(self.spare, 1):
            form.full_clean()
            key = form.procedure
            if key is None:
                continue
            if key in lines:
                words = {"procedure": self.names[key], "line": lines[key]}
                form.add_error("chosen", _TWICE % words)
            lines.setdefault(key, number)

    def counted(self) -> dict[int, Counted]:
        """What was typed, by procedure; a line without a number says nothing."""
        return {
            form.procedure: Counted(form.cleaned_data["paper"], form.cleaned_data.get("why", ""))
            for form in self.forms
            if form.procedure is not None and form.cleaned_data.get("paper") is not None
        }

    def add_troubles(self, troubles: Mapping[str, list[str]]) -> None:
        """Put the sentences of the refusal beside the lines that they are about."""
        for form in self.forms:
            told = [] if form.errors else troubles.get(str(form.procedure), [])
            for sentence in told:
                is_missing = form.cleaned_data["paper"] is None
                form.add_error("paper" if is_missing else "why", sentence)

    @property
    def is_spare_used(self) -> bool:
        """Whether something was typed into a spare line."""
        return any(form.is_bound and form.has_changed() for form in self.spare)

    @property
    def errors(self) -> dict[str, list[str]]:
        """The sentences of what is wrong, by the name of the field, each with the line that it is about."""
        spare = {form.prefix: f"{_('Dòng thêm')} {n + 1}" for n, form in enumerate(self.spare)}
        return {
            form.add_prefix(name): [
                naming(spare.get(form.prefix) or self.names[form.procedure or 0], str(sentence))
                for sentence in sentences
            ]
            for form in self.forms
            if form.is_bound
            for name, sentences in form.errors.items()
        }
