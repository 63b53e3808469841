"""The communes of the day shown as a map of outlines or of tiles (bản đồ ô), and the five worst."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.agencies.outlines import outlines_on
from tinhso.indicators.cutting import COMMUNE, UNKNOWN
from tinhso.indicators.definitions import Direction
from tinhso.indicators.pages import comparing, showing
from tinhso.indicators.pages.places import WHOLE, communes
from tinhso.kernel.folding import alphabetical
from tinhso.ui import charts, maps
from tinhso.ui.figures import Chart, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.agencies.models import AgencyPeriod
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.comparing import Line
    from tinhso.indicators.pages.places import Place

LOWEST = 5
INITIALS = 3


@dataclass(frozen=True)
class CommuneMap:
    """The drawing with its table, the five worst, and what was counted of no commune of that day."""

    drawing: SafeString
    table: SafeString
    sentence: str
    worst: list[Line]
    heading: str
    elsewhere: int
    credits: tuple[str, ...] = ()
    other_href: str = ""


def commune_map(
    indicator: Indicator, found: Sequence[Observation], chosen: Chosen, place: Place = WHOLE
) -> CommuneMap | None:
    """The map of the communes of the day shown; None where no commune has a place or a figure.

    Outlines where every commune has one, unless tiles are wanted.

    A tile opens the records that it counts: those of who lives there, which are not those of the commune's own office.
    """
    units = [each for each in communes(chosen.day) if each.latitude is not None]
    by_code = {str(each.group): each for each in found}
    here = [each.unit_code for each in units if each.unit_code in by_code]
    if not here:
        return None
    opened = {
        code: comparing.records_of_group(indicator, COMMUNE, code, chosen, place) for code in here
    }
    outlines = outlines_on(chosen.day, [each.unit_code for each in units])
    is_drawn = outlines is not None and not chosen.has_tiles
    chart = _chart(indicator, units, by_code, opened, is_drawn=is_drawn)
    worst = _worst(indicator, units, by_code, opened)
    elsewhere = sum(
        each.denominator or each.numerator or 0
        for code, each in by_code.items()
        if code not in here or code == UNKNOWN
    )
    heading = (
        _("%(n)s xã thấp nhất")
        if indicator.direction is Direction.HIGHER
        else _("%(n)s xã cao nhất")
    )
    other = replace(chosen, has_tiles=is_drawn)
    within = {"co_quan": str(place.uuid)} if place.uuid else {}
    return CommuneMap(
        drawing=maps.outline_map(chart, outlines.rings, outlines.grid)
        if outlines is not None and is_drawn
        else maps.tile_map(chart),
        table=charts.chart_table(chart),
        sentence=str(chart.sentence),
        worst=worst,
        heading=heading % {"n": len(worst)},
        elsewhere=elsewhere,
        credits=outlines.credits if outlines is not None and is_drawn else (),
        other_href=other.on("", chia=COMMUNE, **within) if outlines is not None else "",
    )


def _chart(
    indicator: Indicator,
    units: Sequence[AgencyPeriod],
    by_code: dict[str, Observation],
    opened: dict[str, str],
    *,
    is_drawn: bool,
) -> Chart:
    cells = maps.placed(
        {each.unit_code: (float(each.latitude or 0), float(each.longitude or 0)) for each in units}
    )
    points = []
    for each in units:
        known = by_code.get(each.unit_code)
        points.append(
            Point(
                each.title,
                known.value if known else None,
                href=opened.get(each.unit_code, ""),
                short=_initials(each.place_name),
                column=cells[each.unit_code][0],
                row=cells[each.unit_code][1],
                note=showing.parts_of(known) if known else "",
                told=showing.figure_of(indicator, known),
                code=each.unit_code,
            )
        )
    words = {"title": indicator.title, "n": len(units)}
    sentence = (
        _("%(title)s của %(n)s xã, phường, đặc khu theo ranh giới; đậm hơn là nhiều hơn")
        if is_drawn
        else _("%(title)s của %(n)s xã, phường, đặc khu; mỗi ô một đơn vị, đậm hơn là nhiều hơn")
    )
    return Chart(
        sentence % words,
        points,
        unit=showing.unit_of(indicator),
        of=_("Xã, phường, đặc khu"),
        measure=indicator.title,
        noted=_("Tử số / mẫu số"),
        missing=_("không có số liệu"),
    )


def _worst(
    indicator: Indicator,
    units: Sequence[AgencyPeriod],
    by_code: dict[str, Observation],
    opened: dict[str, str],
) -> list[Line]:
    names = {each.unit_code: each.title for each in units}
    known = [by_code[code] for code in names if code in by_code and by_code[code].value is not None]
    return [
        comparing.line(
            indicator,
            each,
            [],
            name=names[str(each.group)],
            href=opened[str(each.group)],
        )
        for each in comparing.worst_first(indicator, known)[:LOWEST]
    ]


def named(chosen: Chosen) -> list[tuple[str, str]]:
    """Every commune of the day shown by the alphabet, with the address of its board."""
    units = sorted(communes(chosen.day), key=lambda each: alphabetical(each.place_name))
    return [(each.title, _page(each.unit_code, chosen)) for each in units]


def _page(code: str, chosen: Chosen) -> str:
    return chosen.on(reverse("indicators:commune", args=[code]))


def _initials(name: str) -> str:
    """`ĐH` for Đăk Hà."""
    return "".join(word[0] for word in name.split()[:INITIALS]).upper()
