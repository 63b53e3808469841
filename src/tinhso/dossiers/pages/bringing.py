"""How it comes to the counter, on a page: the desk, who settles it, the postal item, the helper with consent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import Agency, AgencyKind
from tinhso.agencies.queries import directory, names_of
from tinhso.calendars.clock import OFFICIAL_ZONE, day_of, local
from tinhso.dossiers.models import ON_PAPER, Channel, ConsentWay, PaperReason
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.bringing import Agreed, Bringing, OnPaper, Posted
from tinhso.dossiers.queries.lists import duty_on
from tinhso.dossiers.queries.procedures import open_channels
from tinhso.kernel.folding import alphabetical
from tinhso.kernel.identifiers import read_number
from tinhso.ui.components import Tab
from tinhso.ui.fields import NeededAtTimes, field_id, name_in_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

    from tinhso.dossiers.models import OnlineDuty
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.errors import Invalid

AT_THE_COUNTER = (Channel.COUNTER, Channel.POST, Channel.HELPER)
"""The ways of filing that an officer types in."""
PREFIX = "came"
DAY = forms.DateInput(attrs={"type": "date"})
CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class BringingForm(forms.Form):
    """What every way asks: nothing."""

    prefix = PREFIX

    def __init__(
        self, *args: Any, at: datetime, duty: OnlineDuty | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.duty = at, duty
        if duty is not None:
            self.fields |= {"paper_reason": _paper_reason(), "paper_note": _paper_note()}
        for field in self.fields.values():
            name_in_errors(field)
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and first values."""

    def bringing(self, desk: int | None) -> Bringing:
        """What the service records; the form is valid."""
        return Bringing(desk=desk)

    def came(self, desk: int | None) -> Bringing:
        """How it came, with the reason why paper is taken where it should come on line."""
        typed = self.cleaned_data
        reason = typed.pop("paper_reason", "")
        on_paper = OnPaper(reason, typed.pop("paper_note", "")) if reason else None
        return replace(self.bringing(desk), on_paper=on_paper)

    def lines(self) -> list[tuple[str, str]]:
        """The sentences of what is wrong, each with the id of its field."""
        return [
            (field_id(self.add_prefix(name)), str(sentence))
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]

    def add_refusal(self, refusal: Invalid) -> bool:
        """Put what the service refused beside its fields; whether all of it found one."""
        known = {name: texts for name, texts in refusal.errors.items() if name in self.fields}
        for name, texts in known.items():
            for text in texts:
                self.add_error(name, text)
        return bool(known) and len(known) == len(refusal.errors)


def _paper_reason() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Lý do nhận hồ sơ giấy"),
        help_text=_("Chỉ nhận giấy khi không giúp nộp trực tuyến được."),
        widget=forms.RadioSelect,
        choices=PaperReason.choices,
    )


def _paper_note() -> NeededAtTimes:
    return NeededAtTimes(label=_("Ghi rõ nếu là lý do khác"), max_length=500)


class PostForm(BringingForm):
    """The postal item (bưu gửi)."""

    arrived_on = forms.DateField(label=_("Ngày nhận bưu gửi"), widget=DAY)
    arrived_time = forms.TimeField(label=_("Giờ nhận"), widget=CLOCK)
    posted_on = forms.DateField(label=_("Ngày trên phong bì"), widget=DAY, required=False)
    tracking = forms.CharField(label=_("Số hiệu bưu gửi"), max_length=60, required=False)

    def prepare(self) -> None:
        now = local(self.at)
        self.fields["arrived_on"].initial = now.date()
        self.fields["arrived_time"].initial = f"{now:%H:%M}"

    def bringing(self, desk: int | None) -> Bringing:
        typed = self.cleaned_data
        arrived = datetime.combine(typed["arrived_on"], typed["arrived_time"], tzinfo=OFFICIAL_ZONE)
        return Bringing(desk=desk, posted=Posted(arrived, typed["posted_on"], typed["tracking"]))


class HelperForm(BringingForm):
    """Who helped to file, and the applicant's consent (nộp hộ)."""

    helping = forms.TypedChoiceField(
        label=_("Cơ quan có điểm giúp nộp"),
        help_text=_("Xã, phường của tổ công nghệ số cộng đồng; nơi quản lý đại lý, bưu cục."),
        coerce=int,
    )
    helper = forms.CharField(label=_("Người, điểm giúp nộp"), max_length=200)
    given_by = forms.CharField(label=_("Người đồng ý cho nộp hộ"), max_length=200)
    given_on = forms.DateField(label=_("Ngày đồng ý"), widget=DAY)
    way = forms.ChoiceField(
        label=_("Đồng ý bằng cách"), widget=forms.RadioSelect, choices=ConsentWay.choices
    )

    def prepare(self) -> None:
        field = self.fields["helping"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        rows = directory(day_of(self.at))
        field.choices = [("", "—"), *((row.agency_id, row.official_title) for row in rows)]
        self.fields["given_on"].initial = day_of(self.at)

    def bringing(self, desk: int | None) -> Bringing:
        typed = dict(self.cleaned_data)
        return Bringing(desk=desk, helping=typed.pop("helping"), agreed=Agreed(**typed))


FORMS: dict[Channel, type[BringingForm]] = {
    Channel.COUNTER: BringingForm,
    Channel.POST: PostForm,
    Channel.HELPER: HelperForm,
}


@dataclass(frozen=True)
class Desks:
    """The counters where the officer may take in, and the one where they do."""

    names: Mapping[int, str]
    here: int | None


def channel_named(query: QueryDict) -> Channel:
    """The way of filing that the address names; at the counter itself without one."""
    named = query.get("kenh", "")
    return Channel(named) if named in {way.value for way in AT_THE_COUNTER} else Channel.COUNTER


def ways_open(day: date) -> list[Channel]:
    """The ways that the rules of the province open at the counter on that day."""
    opened = open_channels(day)
    return [way for way in AT_THE_COUNTER if way in opened]


def way_tabs(ways: Sequence[Channel], chosen: Channel, query: QueryDict) -> list[Tab]:
    """The open ways as views of one page; the rest of the address stays."""

    def href(way: Channel) -> str:
        kept = query.copy()
        kept["kenh"] = way.value
        return f"?{kept.urlencode()}"

    return [Tab(way.label, href(way), is_current=way is chosen) for way in ways]


def form_for(
    channel: Channel,
    typed: QueryDict | None,
    *,
    kept: Mapping[str, Any] | None,
    at: datetime,
    procedure: str = "",
) -> BringingForm:
    """The questions of a way: as sent, else as kept with the draft, else empty.

    Of a `procedure` that is filed on line it is asked too why paper is taken.
    """
    duty = duty_on(procedure, day_of(at)) if channel in ON_PAPER and procedure else None
    if typed is not None:
        return FORMS[channel](typed, at=at, duty=duty)
    return FORMS[channel](initial=(kept or {}).get("typed") or {}, at=at, duty=duty)


def desks_of(actor: Actor, chosen: str | int | None, *, at: datetime) -> Desks:
    """The desk that was chosen, if it is one of the officer's; else the first of theirs."""
    scope = actor.scope(DossierPermission.SUBMIT_FOR, at=at)
    here = read_number(str(chosen or ""))
    if here not in scope:
        here = next(iter(sorted(scope.agencies)), None)
    names = names_of(scope.agencies, day_of(at)).items()
    return Desks(dict(sorted(names, key=lambda pair: alphabetical(pair[1]))), here)


def communes_on(day: date) -> list[tuple[int, str]]:
    """The communes that may settle a procedure of communes, by name."""
    keys = Agency.objects.alive(day).of_kind(AgencyKind.COMMUNE).values_list("pk", flat=True)
    return sorted(names_of(keys, day).items(), key=lambda pair: alphabetical(pair[1]))
