"""What the acts read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import User
from tinhso.accounts.queries import with_duties
from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import desk_notices
from tinhso.dossiers.acts import OUTCOME_NAMES, OUTCOMES
from tinhso.dossiers.models import ON_PAPER, OpinionRequest, SeenAs, Step
from tinhso.dossiers.pages.papers import papers_of
from tinhso.dossiers.queries.deciding import asked_before, awaited_opinions, proposals_of
from tinhso.dossiers.queries.officers import officers_at
from tinhso.dossiers.workflow.tokens import steps_back
from tinhso.ui.fields import NeededAtTimes, name_in_errors
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Decision, Dossier

LONG_TEXT = forms.Textarea(attrs={"rows": 4})
OPINION_DAYS = 5
SHORT_LIST = 13
"""Choices that need no search."""
UNANSWERED = _("Hết hạn mà không trả lời")


def decided(decision: Decision | None) -> list[tuple[StrOrPromise, str]]:
    """A decision in words, with its reason."""
    if decision is None:
        return []
    words = gettext("Đồng ý giải quyết") if decision.approves else gettext("Từ chối giải quyết")
    reason = [(_("Lý do"), decision.reason)] if decision.reason else []
    return [(_("Quyết định"), words), *reason]


class ActForm(forms.Form):
    """The base: it knows the dossier, the step and the time, and what the service takes as facts.

    `finder` is the field that only narrows a long list: its button shows the page once more, and nothing is judged.
    `impossible` says why nobody can do it now, in place of the fields.
    """

    finder = ""
    impossible: StrOrPromise = ""

    def __init__(
        self,
        *args: Any,
        dossier: Dossier,
        definition: Definition,
        step: Step | None,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.definition, self.step, self.at = dossier, definition, step, at
        for field in self.fields.values():
            name_in_errors(field)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and first values."""

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """What to know before acting, as label and words, above the fields."""
        return []

    def warned(self) -> str:
        """What speaks against acting now, above all else; empty where nothing does."""
        return ""

    def facts(self) -> dict[str, Any]:
        """The keyword arguments of the service."""
        return dict(self.cleaned_data)


class ReasonForm(ActForm):
    """A reason (lý do)."""

    reason = forms.CharField(label=_("Lý do"), widget=LONG_TEXT, max_length=2000)


class SupplementForm(ActForm):
    """What is missing (nội dung cần bổ sung), all of it at once."""

    items = forms.CharField(
        label=_("Giấy tờ, nội dung cần bổ sung"),
        help_text=_("Mỗi dòng một mục. Ghi đủ trong một lần: thủ tục giới hạn số lần yêu cầu."),
        widget=LONG_TEXT,
        max_length=4000,
    )
    reason = forms.CharField(label=_("Căn cứ, lý do"), widget=LONG_TEXT, max_length=2000)
    anyway = forms.CharField(
        label=_("Vì sao vẫn cần giấy tờ hệ thống đã có"),
        help_text=_("Chỉ ghi khi giấy hệ thống đã có không dùng được: hết giá trị, sai thông tin."),
        max_length=1000,
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        return {
            "items": self.cleaned_data["items"].splitlines(),
            "reason": self.cleaned_data["reason"],
            "anyway": self.cleaned_data["anyway"],
        }


class ReceiveForm(ActForm):
    """As what each paper was seen (xác nhận thành phần hồ sơ): the officer says it, nothing is chosen beforehand."""

    def prepare(self) -> None:
        known = papers_of(self.dossier, self.definition)
        self.papers = [(name, paper) for name, paper in known if not paper.is_taken_out]
        choices = [("", _("Chưa xem")), *SeenAs.choices]
        for code, title in {paper.code: name for name, paper in self.papers}.items():
            field = forms.ChoiceField(label=title, choices=choices)
            name_in_errors(field)
            self.fields[f"seen-{code}"] = field

    def warned(self) -> str:
        """What the desk must know before it takes a paper in, such as that its book of the day is closed."""
        desk = self.dossier.receiving_agency_id
        return desk_notices.told(desk, self.at) if self.dossier.channel in ON_PAPER else ""

    def facts(self) -> dict[str, Any]:
        return {
            "seen": {name.removeprefix("seen-"): seen for name, seen in self.cleaned_data.items()}
        }


def people_offered(people: Iterable[User], *, at: datetime) -> list[tuple[int | str, str]]:
    """A choice among officers, each with what they are."""
    return [("", "—"), *((one.pk, words) for one, words in with_duties(people, at=at))]


class AssignForm(ActForm):
    """To whom the step is given (người xử lý)."""

    person = forms.ModelChoiceField(label=_("Người xử lý"), queryset=User.objects.none())

    def prepare(self) -> None:
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        if self.step is not None:
            field.queryset = officers_at(self.step.agency_id, at=self.at)
            field.choices = people_offered(field.queryset, at=self.at)


class HearingForm(ActForm):
    """An act that goes on although an agency that was asked has not answered: only knowingly."""

    def prepare(self) -> None:
        self.awaited = awaited_opinions(self.dossier.pk, at=self.at)
        if self.awaited:
            field = forms.BooleanField(label=_("Vẫn làm tiếp, không chờ ý kiến"))
            field.error_messages["required"] = gettext(
                "Chưa có đủ ý kiến. Đánh dấu “%(label)s” nếu vẫn làm tiếp."
            ) % {"label": field.label}
            self.fields["unheard"] = field

    def warned(self) -> str:
        """Who was asked and has not answered, and until when."""
        if not self.awaited:
            return ""
        return gettext("Chưa có ý kiến của %(who)s.") % {"who": "; ".join(map(str, self.awaited))}


class ForwardForm(HearingForm):
    """The outcome of a step and a note to the next (kết quả bước, ý kiến)."""

    outcome = forms.ChoiceField(label=_("Kết quả thẩm định"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Ý kiến"), widget=LONG_TEXT, max_length=4000, required=False)

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [(code, OUTCOME_NAMES[code]) for code in OUTCOMES["forward"]]

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """What those who worked on it before propose, and what other agencies said."""
        return proposals_of(self.dossier)


class AnswerForm(ActForm):
    """What the answer from outside says (trả lời từ bên ngoài)."""

    outcome = forms.ChoiceField(label=_("Nội dung trả lời"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Số, ngày văn bản, trích yếu"), widget=LONG_TEXT, max_length=4000, required=False
    )

    def prepare(self) -> None:
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [(code, OUTCOME_NAMES[code]) for code in OUTCOMES["record_answer"]]


class SendBackForm(ActForm):
    """To which earlier step, and why (trả lại bước trước)."""

    to = forms.ChoiceField(label=_("Trả lại bước"))
    note = forms.CharField(label=_("Lý do trả lại"), widget=LONG_TEXT, max_length=2000)

    def prepare(self) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        if self.step is not None:
            held = Step.objects.filter(dossier=self.dossier, token__isnull=False)
            visited = set(held.values_list("node", "branch"))
            nodes = self.definition.workflow.nodes
            earlier = steps_back(
                self.definition.workflow, self.step.node, self.step.branch, visited=visited
            )
            field.choices = [(node, nodes[node].label) for node in earlier]


class AskOpinionForm(ActForm):
    """Whom to ask, what, and by when (lấy ý kiến)."""

    finder = "find"
    find = forms.CharField(
        label=_("Tìm cơ quan"),
        help_text=_("Gõ một phần tên, không dấu cũng được, rồi bấm “Lọc danh sách”."),
        max_length=100,
        required=False,
    )
    agency = forms.ChoiceField(label=_("Cơ quan được hỏi"))
    question = forms.CharField(label=_("Nội dung hỏi"), widget=LONG_TEXT, max_length=4000)
    days = forms.IntegerField(
        label=_("Số ngày làm việc để trả lời"), min_value=1, max_value=60, initial=OPINION_DAYS
    )
    beyond = forms.BooleanField(
        label=_("Vẫn hỏi dù hạn trả lời sau ngày hẹn trả hồ sơ"), required=False
    )
    again = forms.BooleanField(
        label=_("Hỏi thêm cơ quan chưa trả lời câu hỏi trước"), required=False
    )

    def prepare(self) -> None:
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices, field.help_text = self._agencies()
        if not self.initial.get("find") and len(field.choices) <= SHORT_LIST:
            del self.fields["find"]
        days = [number for number in range(1, OPINION_DAYS + 1) if not self._is_beyond(number)]
        self.fields["days"].initial = max(days, default=1)
        if not self._has_time():
            del self.fields["beyond"]
        self.awaited = awaited_opinions(self.dossier.pk, at=self.at)
        if not self.awaited:
            del self.fields["again"]

    def _agencies(self) -> tuple[list[tuple[int | str, str]], str]:
        """Whom to choose from: those that were asked before first, narrowed by what was typed; and a word on that."""
        typed, own = str(self.initial.get("find") or ""), self.dossier.competent_agency_id
        on = day_of(self.at)
        found = directory(on, search=typed).exclude(agency=own)
        all_of_them = found if found or not typed else directory(on).exclude(agency=own)
        names = {row.agency_id: row.official_title for row in all_of_them}
        first = [key for key in asked_before(own) if key in names]
        ordered = {key: names[key] for key in [*first, *names]}
        nothing = [] if typed and len(ordered) == 1 else [("", "—")]
        if typed and not found:
            return [("", "—"), *ordered.items()], gettext("Không có cơ quan nào tên như vậy.")
        says = gettext("Cơ quan đã hỏi gần đây đứng đầu danh sách.") if first else ""
        return [*nothing, *ordered.items()], says

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """Until when the dossier has to be settled, what silence does, and who said what already."""
        lines = [
            (UNANSWERED, str(self.definition.opinion_silence.words)),
            *proposals_of(self.dossier, ["give_opinion"]),
        ]
        if self.dossier.due_at is None:
            return lines
        words = moment(self.dossier.due_at)
        late = "" if self._has_time() else gettext("đã quá hạn")
        return [(_("Hẹn trả hồ sơ"), f"{words} ({late})" if late else words), *lines]

    def warned(self) -> str:
        """Who was asked before and has not answered, what, and until when."""
        asked = "; ".join(f"{one}: {one.question}" for one in self.awaited)
        return gettext("Đã hỏi, chưa có trả lời: %(asked)s") % {"asked": asked} if asked else ""

    def clean_beyond(self) -> bool:
        """An answer that may come after the appointed time is asked for knowingly only."""
        days = self.cleaned_data.get("days")
        chosen: bool = self.cleaned_data["beyond"]
        if days and self.dossier.due_at and self._is_beyond(days) and not chosen:
            self.add_error(
                "days",
                gettext(
                    "%(days)s ngày làm việc vượt quá ngày hẹn trả hồ sơ (%(due)s). Rút ngắn, hoặc"
                    " đánh dấu ô dưới đây để vẫn hỏi."
                )
                % {"days": days, "due": moment(self.dossier.due_at)},
            )
        return chosen

    def _has_time(self) -> bool:
        return self.dossier.due_at is not None and self.dossier.due_at > self.at

    def _is_beyond(self, days: int) -> bool:
        if self.dossier.due_at is None:
            return False
        answer_by = due(working_calendar(), self.at, Term(days, Unit.WORKING_DAYS)).at
        return answer_by > self.dossier.due_at

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "agency": int(typed["agency"]),
            "question": typed["question"],
            "term": Term(typed["days"], Unit.WORKING_DAYS),
            "again": typed.get("again", False),
        }


class OpinionForm(ActForm):
    """The answer of the asked agency (ý kiến)."""

    agrees = forms.TypedChoiceField(
        label=_("Ý kiến"),
        widget=forms.RadioSelect,
        choices=[("1", _("Đồng ý")), ("0", _("Không đồng ý"))],
        coerce=lambda value: value == "1",
    )
    content = forms.CharField(label=_("Nội dung ý kiến"), widget=LONG_TEXT, max_length=4000)

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """What was asked, and until when the answer is awaited."""
        asked = OpinionRequest.objects.filter(step=self.step).first() if self.step else None
        if asked is None:
            return []
        return [
            (_("Nội dung hỏi"), asked.question),
            (_("Trả lời trước"), moment(asked.due_at)),
            (UNANSWERED, str(self.definition.opinion_silence.words)),
        ]


class DecideForm(HearingForm):
    """Approve or reject (quyết định)."""

    approves = forms.TypedChoiceField(
        label=_("Quyết định"),
        widget=forms.RadioSelect,
        choices=[("1", _("Đồng ý giải quyết")), ("0", _("Từ chối giải quyết"))],
        coerce=lambda value: value == "1",
    )
    reason = NeededAtTimes(
        label=_("Lý do (bắt buộc khi từ chối)"), widget=LONG_TEXT, max_length=2000
    )

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """What those who worked on it propose, and what other agencies said."""
        return proposals_of(self.dossier)


class NoForm(ActForm):
    """An act that asks nothing."""
