"""`/chi-tieu/<code>/giao/`: the targets of one indicator: assigned to the province or to units, and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue, services
from tinhso.indicators.errors import TargetUnknown
from tinhso.indicators.models import Target
from tinhso.indicators.pages import places, showing
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpResponse

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.requests import ActedRequest

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
WHOLE, UNITS = "toan-tinh", "don-vi"
COPIED = ("value", "first", "last", "level", "issuer", "document", "dated", "quotation")


class AssigningForm(forms.Form):
    """What is to be reached, when, by whom, and who said so."""

    value = forms.DecimalField(
        label=gettext_lazy("Giá trị phải đạt"), max_digits=18, decimal_places=4
    )
    first = forms.DateField(label=gettext_lazy("Từ ngày"), widget=DAY)
    last = forms.DateField(label=gettext_lazy("Đến ngày"), widget=DAY)
    level = forms.ChoiceField(label=gettext_lazy("Cấp giao"), choices=Target.Level.choices)
    issuer = forms.CharField(label=gettext_lazy("Cơ quan giao"), max_length=300)
    document = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=200, required=False
    )
    dated = forms.DateField(label=gettext_lazy("Ngày văn bản"), widget=DAY, required=False)
    quotation = forms.CharField(
        label=gettext_lazy("Trích nguyên văn"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Giao cho"),
        choices=[
            (WHOLE, gettext_lazy("Toàn tỉnh")),
            (UNITS, gettext_lazy("Các đơn vị chọn bên dưới")),
        ],
        initial=WHOLE,
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["units"]
        if isinstance(chosen, forms.MultipleChoiceField):
            chosen.choices = [(str(uuid), name) for uuid, name in units]

    def clean(self) -> dict[str, Any]:
        """Who is to reach it is said."""
        found = super().clean() or {}
        if found.get("whom") == UNITS and not found.get("units"):
            self.add_error("units", _("Chọn ít nhất một đơn vị."))
        return found


class EndingForm(forms.Form):
    """From which day on it no longer holds, and why."""

    on = forms.DateField(label=gettext_lazy("Thôi giao từ ngày"), widget=DAY)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: ActedRequest, code: str) -> HttpResponse:
    """The targets that there are, and the form of another; `mau` copies one that stands."""
    require(request.actor, IndicatorPermission.ASSIGN, at=request.at)
    indicator = catalogue.indicator(code)
    today = day_of(request.at)
    scope = request.actor.scope(IndicatorPermission.ASSIGN, at=request.at)
    units = places.choices(today, scope)
    sent = request.POST if request.method == "POST" else None
    form = AssigningForm(sent, units=units, initial=_copied(request, code, today))
    status = 200
    if sent is not None and (status := _assigned(request, indicator, form)) == 200:  # noqa: PLR2004
        return redirect("indicators:assigning", code)
    context = {"indicator": indicator, "form": form, "rows": rows_of(indicator, today)}
    return render(request, "indicators/assigning.html", context, status=status)


def _copied(request: ActedRequest, code: str, today: date) -> dict[str, Any]:
    """What the form begins with: a target that was named, else the year of today."""
    try:
        key = UUID(request.GET.get("mau", ""))
    except ValueError:
        key = None
    model = Target.objects.filter(indicator=code, uuid=key).first() if key else None
    if model is None:
        return {"first": today.replace(month=1, day=1), "last": today.replace(month=12, day=31)}
    return {name: getattr(model, name) for name in COPIED} | {"whom": UNITS}


def _assigned(request: ActedRequest, indicator: Indicator, form: AssigningForm) -> int:
    """Assign to each that was chosen, all or none; the status that tells how it went."""
    if not form.is_valid():
        return 422
    given = dict(form.cleaned_data)
    chosen = given.pop("units")
    keys: list[int | None] = [None]
    if given.pop("whom") == UNITS:
        keys = list(Agency.objects.filter(uuid__in=chosen).values_list("pk", flat=True))
    level = Target.Level(given.pop("level"))
    try:
        with transaction.atomic():
            for key in keys:
                facts = services.TargetFacts(
                    indicator=indicator.code, agency=key, level=level, **given
                )
                services.assign_target(facts, actor=request.actor, at=request.at)
    except DomainError as refusal:
        _told(form, refusal)
        return refusal.status
    words = ngettext("Đã giao %(n)s chỉ tiêu.", "Đã giao %(n)s chỉ tiêu.", len(keys))
    messages.success(request, words % {"n": formatting.number(len(keys))})
    return 200


def _told(form: forms.Form, refusal: DomainError) -> None:
    """The refusal at its fields, or on top."""
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, list(map(str, sentences)))
    if not errors:
        form.add_error(None, str(refusal))


def rows_of(indicator: Indicator, today: date) -> list[dict[str, Any]]:
    """The targets of an indicator, those that stand first."""
    found = Target.objects.filter(indicator=indicator.code, place="").select_related("end")
    targets = sorted(found, key=lambda each: (hasattr(each, "end"), each.last < today, -each.pk))
    names = names_of({each.agency_id for each in targets if each.agency_id}, today)
    return [
        {
            "target": each,
            "value": showing.value_of(indicator, each.value),
            "whom": names.get(each.agency_id or 0, "") or _("Toàn tỉnh"),
            "end": getattr(each, "end", None),
        }
        for each in targets
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActedRequest, code: str, key: UUID) -> HttpResponse:
    """End one target, with its reason."""
    require(request.actor, IndicatorPermission.ASSIGN, at=request.at)
    indicator = catalogue.indicator(code)
    target = Target.objects.filter(indicator=code, uuid=key).first()
    if target is None:
        raise TargetUnknown
    form = EndingForm(request.POST or None, initial={"on": day_of(request.at)})
    status = 200
    if request.method == "POST" and (status := _ended(request, key, form)) == 200:  # noqa: PLR2004
        return redirect("indicators:assigning", code)
    context = {"indicator": indicator, "form": form, "row": _row(indicator, target, request)}
    return render(request, "indicators/ending.html", context, status=status)


def _row(indicator: Indicator, target: Target, request: ActedRequest) -> dict[str, Any]:
    rows = rows_of(indicator, day_of(request.at))
    return next(row for row in rows if row["target"].pk == target.pk)


def _ended(request: ActedRequest, key: UUID, form: EndingForm) -> int:
    if not form.is_valid():
        return 422
    try:
        services.end_target(key, **form.cleaned_data, actor=request.actor, at=request.at)
    except DomainError as refusal:
        _told(form, refusal)
        return refusal.status
    messages.success(request, _("Đã thôi giao chỉ tiêu này."))
    return 200
