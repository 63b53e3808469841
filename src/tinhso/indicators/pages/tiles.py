"""Tiles (thẻ số liệu): one figure with what it is a part of, its targets, where it comes from and where it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.indicators import observing
from tinhso.indicators.definitions import PERCENT, Status
from tinhso.indicators.judging import failing
from tinhso.indicators.pages import asking, showing
from tinhso.ui import formatting
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import Target
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.pages.showing import Standing
    from tinhso.kernel.actors import Actor

NOTHING = SafeString("")
Observed = dict[str, list["Observation"]]


@dataclass(frozen=True)
class Tile:
    """One figure of a board; `why` says why there is none."""

    indicator: Indicator
    title: str
    href: str
    number: str = ""
    unit: str = ""
    why: str = ""
    context: SafeString = NOTHING
    targets: str = ""
    standing: Standing | None = None
    wanting: str = ""
    drawing: SafeString = NOTHING
    kind: str = ""
    records: str = ""
    records_href: str = ""
    failing_href: str = ""
    failing: str = ""
    hidden: str = ""


def observed(
    indicators: Sequence[Indicator], cut: Cut, *, actor: Actor, at: datetime, lake: Lake
) -> tuple[Observed, frozenset[str]]:
    """The figures, all of a fact table in one question; and the codes of what cannot be worked out just now."""
    counted = [each for each in indicators if each.status is Status.COMPUTED]
    found: Observed = {}
    failed: set[str] = set()
    try:
        return _of(counted, cut, actor, at, lake), frozenset()
    except (FactsUnavailable, NotYetBuilt):
        for fact in {each.fact for each in counted}:
            together = [each for each in counted if each.fact == fact]
            try:
                found |= _of(together, cut, actor, at, lake)
            except (FactsUnavailable, NotYetBuilt):
                failed |= {each.code for each in together}
    return found, frozenset(failed)


def _of(
    indicators: Sequence[Indicator], cut: Cut, actor: Actor, at: datetime, lake: Lake
) -> Observed:
    codes = [each.code for each in indicators]
    return observing.observe(codes, cut, actor=actor, at=at, lake=lake)


def tile(
    indicator: Indicator,
    found: Observation | None,
    targets: Sequence[Target],
    chosen: Chosen,
    place: Place,
    *,
    has_failed: bool = False,
) -> Tile:
    """The tile of an indicator: its figure, else why there is none."""
    title = indicator.title
    href = address(indicator, chosen, place)
    if found is None:
        why = _("không tính được lúc này") if has_failed else _("chưa có nguồn")
        return Tile(indicator, title, href, why=why)
    number, unit = _number(indicator, found)
    judged = showing.standing(indicator, found, targets)
    return Tile(
        indicator=indicator,
        title=title,
        href=href,
        number=number,
        unit=unit,
        why="" if number else showing.value_of(indicator, None),
        context=showing.context_of(indicator, found),
        targets=showing.target_words(indicator, targets),
        standing=judged,
        wanting=showing.wanting(indicator, judged),
        drawing=showing.bullet(indicator, found, targets),
        kind=found.kind,
        **_opened(indicator, found, chosen, place),
        hidden=showing.hidden_words(found, targets),
    )


def _number(indicator: Indicator, found: Observation) -> tuple[str, str]:
    """`21,74%` as one, `1.316` and `dịch vụ` apart."""
    if found.value is None:
        return "", ""
    if indicator.unit == PERCENT:
        return showing.figure_of(indicator, found), ""
    return formatting.number(found.value), indicator.unit_title


def _opened(
    indicator: Indicator, found: Observation, chosen: Chosen, place: Place
) -> dict[str, str]:
    """Where the records are: all that were counted, and those that keep the figure from being better."""
    counted = found.denominator if found.denominator is not None else found.numerator
    if not counted:
        return {}
    noun = showing.records_of(indicator, counted)
    words = _("Xem %(n)s %(noun)s") % {"n": formatting.number(counted), "noun": noun}
    opened = {
        "records": words,
        "records_href": records_address(indicator, chosen, place),
    }
    part, count = failing(indicator, found) or ("denominator", 0)
    if count:
        opened["failing"] = _("%(n)s chưa đạt") % {"n": formatting.number(count)}
        said = asking.WORDS[part]
        opened["failing_href"] = records_address(indicator, chosen, place, phan=said)
    return opened


def address(indicator: Indicator, chosen: Chosen, place: Place) -> str:
    """The page of the indicator, for the same days and place."""
    page = reverse("indicators:indicator", args=[indicator.code])
    return chosen.on(page, **_within(place))


def records_address(indicator: Indicator, chosen: Chosen, place: Place, **more: str) -> str:
    """The page of its records, for the same days and place."""
    page = reverse("indicators:records", args=[indicator.code])
    return chosen.on(page, **_within(place), **more)


def _within(place: Place) -> dict[str, str]:
    return {"co_quan": str(place.uuid)} if place.uuid else {}
