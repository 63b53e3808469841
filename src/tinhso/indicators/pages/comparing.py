"""Figures side by side (so sánh): agencies worst first with what is wanting, and the twelve months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import names_of
from tinhso.indicators.cutting import AGENCY, MONTH, UNALLOCATED, UNKNOWN
from tinhso.indicators.definitions import Direction
from tinhso.indicators.judging import failing
from tinhso.indicators.pages import asking, showing, tiles
from tinhso.ui import charts, formatting
from tinhso.ui.figures import Chart, Point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import Target
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.pages.showing import Standing

JANUARY = 1


@dataclass(frozen=True)
class Line:
    """One group of a figure, as a row shows it."""

    name: str
    href: str
    found: Observation
    figure: str
    parts: str
    targets: str
    standing: Standing | None
    gap: str
    wanting: str
    drawing: SafeString
    records_href: str = ""
    failing_href: str = ""
    failing: int = 0
    hidden: str = ""


@dataclass(frozen=True)
class Drawn:
    """A chart and its table."""

    drawing: SafeString
    table: SafeString
    sentence: str
    note: str = ""


def targets_of(targets: Sequence[Target], agency: int | None) -> list[Target]:
    """What an agency must reach: its own targets, else those of the province."""
    own = [target for target in targets if target.agency_id == agency]
    return own or [target for target in targets if target.agency_id is None]


def worst_first(indicator: Indicator, found: Sequence[Observation]) -> list[Observation]:
    """The worst first, of equals the one with more records; without value last."""
    sign = 1 if indicator.direction is Direction.HIGHER else -1

    def place(each: Observation) -> tuple[bool, Decimal | int, int]:
        counted = each.denominator or each.numerator or 0
        return each.value is None, sign * (each.value or 0), -counted

    return sorted(found, key=place)


def line(
    indicator: Indicator,
    found: Observation,
    targets: Sequence[Target],
    *,
    name: str,
    href: str = "",
    records: str = "",
) -> Line:
    """A row: the figure, its parts, how it stands; `records` is the address of its records."""
    hardest = _hardest(indicator, targets)
    judged = showing.standing(indicator, found, targets)
    counted = found.denominator if found.denominator is not None else found.numerator
    part, count = failing(indicator, found) or ("denominator", 0)
    return Line(
        name=name,
        href=href,
        found=found,
        figure=showing.figure_of(indicator, found),
        parts=showing.parts_of(found),
        targets=showing.target_words(indicator, targets),
        standing=judged,
        gap=""
        if hardest is None or found.hidden
        else showing.gap_of(indicator, found.value, hardest),
        wanting=showing.wanting(indicator, judged),
        drawing=showing.bullet(indicator, found, targets),
        records_href=records if counted else "",
        failing_href=f"{records}&phan={asking.WORDS[part]}" if count else "",
        failing=count,
        hidden=showing.hidden_words(found, targets),
    )


def _hardest(indicator: Indicator, targets: Sequence[Target]) -> Decimal | None:
    values = [target.value for target in targets]
    if not values or indicator.direction is Direction.NONE:
        return None
    return min(values) if indicator.direction is Direction.LOWER else max(values)


def by_agency(
    indicator: Indicator,
    found: Sequence[Observation],
    targets: Sequence[Target],
    chosen: Chosen,
    place: Place,
) -> list[Line]:
    """The agencies with their names of the day shown, worst first; what nothing allots and what is unknown last."""
    keys = {each.group for each in found if isinstance(each.group, int)}
    names = names_of(keys, chosen.day)
    uuids = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    ordered = worst_first(indicator, found)
    known = [each for each in ordered if isinstance(each.group, int)]
    rest = [each for each in ordered if not isinstance(each.group, int)]
    return [
        line(
            indicator,
            each,
            targets_of(targets, each.group) if isinstance(each.group, int) else [],
            name=_name(each.group, names),
            href=_page(each.group, uuids, chosen),
            records=records_of_group(indicator, AGENCY, each.group, chosen, place),
        )
        for each in [*known, *rest]
    ]


def _name(group: object, names: Mapping[int, str]) -> str:
    if isinstance(group, int):
        return names.get(group, _("Cơ quan %(key)s") % {"key": group})
    return {UNALLOCATED: _("Chưa phân bổ"), UNKNOWN: _("Chưa rõ")}.get(str(group), str(group))


def _page(group: object, uuids: Mapping[int, UUID], chosen: Chosen) -> str:
    if not isinstance(group, int) or group not in uuids:
        return ""
    return chosen.on(reverse("indicators:agency", args=[uuids[group]]))


def records_of_group(
    indicator: Indicator, by: str, group: object, chosen: Chosen, place: Place
) -> str:
    """The address of the records of one group of the place; of a month within the twelve that are shown."""
    if by == MONTH:
        # Not the month alone: its agencies are those of the day shown, not those of the month.
        chosen = replace(chosen, interval=chosen.interval.year_of_months)
    return tiles.records_address(indicator, chosen, place, chia=by, nhom=str(group))


def trend(
    indicator: Indicator,
    found: Sequence[Observation],
    targets: Sequence[Target],
    chosen: Chosen,
) -> Drawn | None:
    """The months as a line with the targets; nothing before the first month of which anything is known."""
    if not any(each.value is not None for each in found):
        return None
    points = [
        Point(
            _month(each.group),
            each.value,
            note=showing.parts_of(each),
            told=showing.figure_of(indicator, each),
        )
        for each in found
    ]
    last = next(each for each in reversed(found) if each.value is not None)
    words = {
        "title": indicator.title,
        "month": _month_words(last.group),
        "value": showing.figure_of(indicator, last),
    }
    sentence = ", ".join(
        filter(
            None,
            [
                _("%(title)s, 12 tháng; %(month)s là %(value)s") % words,
                showing.target_words(indicator, targets),
            ],
        )
    )
    chart = Chart(
        sentence,
        points,
        unit=showing.unit_of(indicator),
        targets=showing.drawn_targets(targets),
        of=_("Tháng"),
        measure=indicator.title,
        noted=_("Tử số / mẫu số"),
        end=showing.end_of(indicator),
        missing=showing.value_of(indicator, None),
    )
    return Drawn(charts.line(chart), charts.chart_table(chart), sentence, _not_over(found, chosen))


def _month(group: object) -> str:
    """`9`, and `1/26` for the first of a year."""
    year, _dash, month = str(group).partition("-")
    return f"1/{year[2:]}" if int(month) == JANUARY else str(int(month))


def _month_words(group: object) -> str:
    year, _dash, month = str(group).partition("-")
    return formatting.month(int(year), int(month))


def _not_over(found: Sequence[Observation], chosen: Chosen) -> str:
    """That the last month is not over yet."""
    last = date.fromisoformat(f"{found[-1].group}-01")
    if (last.year, last.month) != (chosen.today.year, chosen.today.month):
        return ""
    month = _month_words(found[-1].group).capitalize()
    return _("%(month)s mới tính đến ngày %(day)s.") % {
        "month": month,
        "day": formatting.day(chosen.today),
    }
