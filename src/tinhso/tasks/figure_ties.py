"""A task tied to a figure (gắn với chỉ tiêu): indicator, whose, in which period, which value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import heir, name_of
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.definitions import Direction, MeasureKind, Status
from tinhso.indicators.pages.showing import value_of
from tinhso.indicators.reports.figures import reach, taken
from tinhso.tasks.errors import TieInvalid
from tinhso.tasks.ties import Facts, Standing
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.reports.figures import Taken
    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models import Task

LEAD, GIVER = "lead", "giver"


class FigureTieForm(forms.Form):
    """An indicator, whose figure, in which days, what is to be reached."""

    indicator = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    scope = forms.ChoiceField(
        label=gettext_lazy("Số liệu của"),
        choices=[
            (LEAD, gettext_lazy("Cơ quan chủ trì")),
            (GIVER, gettext_lazy("Cơ quan giao việc, với mọi cơ quan bên dưới")),
        ],
    )
    first = forms.DateField(
        label=gettext_lazy("Từ ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Đến ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    value = forms.DecimalField(label=gettext_lazy("Giá trị phải đạt"), max_digits=18)


class FigureTie:
    """Counted from the records by the definition in force, as reports take their figures."""

    slug = "gan-so-lieu"
    label = gettext_lazy("Gắn với chỉ tiêu")
    form = FigureTieForm

    def begin(self, task: Task, on: date) -> Mapping[str, tuple[Any, Any]]:
        """The indicators that are computed and have a direction; from today to the day of the task."""
        known = [
            (each.code, each.title) for each in catalogue.in_force().values() if _is_judged(each)
        ]
        last = max(task.deadline_on or on.replace(month=12, day=31), on)
        return {"indicator": (known, None), "first": (None, on), "last": (None, last)}

    def checked(self, given: Mapping[str, Any], task: Task, *, actor: Actor, at: datetime) -> Facts:
        """Refuses what is not computed, an order of days that cannot be, and what is no number."""
        del actor, at
        indicator = _judged(str(given.get("indicator", "")))
        scope = given.get("scope")
        try:
            days = [date.fromisoformat(str(given.get(name, ""))) for name in ("first", "last")]
            value = Decimal(str(given.get("value", "")))
        except (ValueError, InvalidOperation):
            raise TieInvalid from None
        if scope not in {LEAD, GIVER} or days[1] < days[0] or not value.is_finite():
            raise TieInvalid
        return {
            "indicator": indicator.code,
            "agency": task.lead_id if scope == LEAD else task.agency_id,
            "first": days[0].isoformat(),
            "last": days[1].isoformat(),
            "value": str(value),
        }

    def title(self, facts: Facts, on: date) -> str:
        """The indicator, whose, from when to when."""
        known = catalogue.in_force().get(facts["indicator"])
        name = known.title if known else facts["indicator"]
        first, last = _days(facts)
        agency = name_of(heir(facts["agency"], on), on)
        return f"{name} · {agency} · {formatting.day(first)}-{formatting.day(last)}"

    def wanted(self, facts: Facts) -> str:
        """At least, or at most."""
        known = catalogue.in_force().get(facts["indicator"])
        if known is None:
            return str(facts["value"])
        least = known.direction is Direction.HIGHER
        words = _("ít nhất %(value)s") if least else _("không quá %(value)s")
        return words % {"value": value_of(known, Decimal(facts["value"]))}

    def read(self, facts: Facts, at: datetime) -> Standing | None:
        """A share may fall again before its days are over; only what grows, or tells of today, is reached before."""
        known, on = catalogue.in_force().get(facts["indicator"]), day_of(at)
        if known is None:
            return None
        first, last = _days(facts)
        (found,) = taken([known.code], reach(heir(facts["agency"], on), on), first, last, at=at)
        if found.value is None:
            return None
        is_settled = on > last or known.is_standing or _only_grows(known)
        return Standing(
            value=value_of(known, found.value),
            is_reached=is_settled and _reaches(known, found.value, Decimal(facts["value"])),
            numerator=found.numerator,
            denominator=found.denominator,
            address=_address(known, facts, found),
        )


def _judged(code: str) -> Indicator:
    """The indicator of that code, where it is counted and one way is better."""
    known = catalogue.in_force().get(code)
    if known is None or not _is_judged(known):
        raise TieInvalid
    return known


def _is_judged(indicator: Indicator) -> bool:
    return indicator.status is Status.COMPUTED and indicator.direction is not Direction.NONE


def _days(facts: Facts) -> tuple[date, date]:
    return date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])


def _only_grows(indicator: Indicator) -> bool:
    measure = indicator.measure
    counts = measure is not None and measure.kind is MeasureKind.COUNT
    return counts and indicator.direction is Direction.HIGHER


def _reaches(indicator: Indicator, value: Decimal, wanted: Decimal) -> bool:
    return value >= wanted if indicator.direction is Direction.HIGHER else value <= wanted


def _address(indicator: Indicator, facts: Facts, found: Taken) -> str:
    """The list of the records that were counted; of a score, which counts none, its page."""
    page = "indicators:records" if found.denominator is not None or found.numerator else ""
    agency = Agency.objects.get(pk=facts["agency"]).uuid
    query = urlencode({"tu": facts["first"], "den": facts["last"], "co_quan": str(agency)})
    return f"{reverse(page or 'indicators:indicator', args=[indicator.code])}?{query}"


FIGURES = FigureTie()
