"""Maps (bản đồ) drawn on the server as SVG: outlines where they were loaded, else tiles in about each unit's place.

A tile draws no border, of the country or of a commune: where no boundary was loaded none is claimed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil, cos, radians, sqrt
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.ui import formatting
from tinhso.ui.charts import drawing, figure_of, linked, swatch
from tinhso.ui.figures import Chart, Point, Ramp, ramp_of
from tinhso.ui.languages import lang_of

Key = TypeVar("Key", bound=Hashable)
Cell = tuple[int, int]
"""Column and row, from the north-west."""
SIDE = 1000
"""Steps along the longer side of a map of outlines."""
ROOM = 1.3
"""Cells for each unit: the gaps keep the shape of the whole."""
DENSE = 8
"""Beyond so many columns the words of a tile are too small for a phone: there it is colour and link alone."""
THOUSANDS = 10_000
ROUNDS = 40
"""Rounds of changing places, at most; each leaves the whole nearer to the truth."""


def tile_map(chart: Chart) -> SafeString:
    """A map of equal tiles (bản đồ ô), darker for more, with the legend of its five shades."""
    size, gap = 54.0, 4.0
    columns = max((point.column for point in chart.points), default=0) + 1
    rows = max((point.row for point in chart.points), default=0) + 1
    ramp = ramp_of([point.value for point in chart.points])
    tiles = format_html_join(
        "", "{}", ((_tile(chart, point, ramp, size, gap),) for point in chart.points)
    )
    kind = "chart--tiles chart--dense" if columns > DENSE else "chart--tiles"
    drawn = drawing(chart, tiles, columns * (size + gap), rows * (size + gap), kind)
    return format_html("{}{}", drawn, legend(chart, ramp))


def outline_map(
    chart: Chart, rings: Mapping[str, Sequence[Sequence[Cell]]], grid: int
) -> SafeString:
    """A map of outlines (bản đồ ranh giới), shaded as tiles are; `rings` by the code of each point, in steps of a grid.

    Corners are rounded once for the whole map, so that neighbours draw the same line.
    """
    spots = [spot for found in rings.values() for ring in found for spot in ring]
    west, south = min(spot[0] for spot in spots), min(spot[1] for spot in spots)
    east, north = max(spot[0] for spot in spots), max(spot[1] for spot in spots)
    shrink = cos(radians((south + north) / 2 / grid))
    scale = SIDE / max((east - west) * shrink, north - south, 1)

    def drawn(spot: Cell) -> Cell:
        return round((spot[0] - west) * shrink * scale), round((north - spot[1]) * scale)

    ramp = ramp_of([point.value for point in chart.points])
    areas = format_html_join(
        "",
        "{}",
        (
            (_area(chart, point, ramp, [list(map(drawn, ring)) for ring in rings[point.code]]),)
            for point in chart.points
            if point.code in rings
        ),
    )
    width, height = drawn((east, south))
    figure = drawing(chart, areas, max(width, 1), max(height, 1), "chart--outlines")
    return format_html("{}{}", figure, legend(chart, ramp))


def _area(chart: Chart, point: Point, ramp: Ramp, rings: Sequence[Sequence[Cell]]) -> SafeString:
    step = ramp.shade(point.value)
    shown = format_html(
        '<title>{}: {}</title><path class="tone-{}" d="{}"/>',
        *(point.label, figure_of(chart, point), "none" if step is None else step),
        "".join(map(_ring, rings)),
    )
    return linked(point, shown) if point.href else format_html("<g>{}</g>", shown)


def _ring(ring: Sequence[Cell]) -> str:
    """A closed line by whole steps from corner to corner: the shortest words that SVG has for it."""
    steps = [(there[0] - here[0], there[1] - here[1]) for here, there in pairwise(ring)]
    moves = "".join(f"{across}{'' if up < 0 else ' '}{up} " for across, up in steps if across or up)
    return f"M{ring[0][0]} {ring[0][1]}l{moves.strip()}z" if moves else ""


def _tile(chart: Chart, point: Point, ramp: Ramp, size: float, gap: float) -> SafeString:
    step = ramp.shade(point.value)
    shade = "none" if step is None else str(step)
    short = point.short or point.label
    x, y = point.column * (size + gap), point.row * (size + gap)
    drawn = format_html(
        '<title>{}: {}</title><rect class="tone-{}" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<text class="on-{}" x="{}" y="{}" text-anchor="middle" aria-hidden="true"{}>{}</text>'
        '<text class="on-{}" x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
        *(point.label, figure_of(chart, point), shade, x, y, size, size),
        *(shade, x + size / 2, y + 23, lang_of(short), short),
        *(shade, x + size / 2, y + 43, _in_a_tile(point.value)),
    )
    return linked(point, drawn) if point.href else format_html("<g>{}</g>", drawn)


def _in_a_tile(value: Decimal | float | None) -> str:
    """As much of a figure as a tile has room for: whole numbers, thousands from ten thousand on; never 0 for more."""
    if value is None:
        return ""
    if 0 < value < 1:
        return "<1"
    if value < THOUSANDS:
        return formatting.number(value, 0)
    return _("{} ng").format(formatting.number(value / 1000, 0))


def legend(chart: Chart, ramp: Ramp) -> SafeString:
    """What each shade means that a unit could have; the white one, where a unit has no figure."""
    highest = max((float(p.value) for p in chart.points if p.value is not None), default=0.0)
    first, *others = ramp.edges
    known = [first, *(edge for edge in others if edge <= highest)]
    edges = [formatting.number(edge) + chart.unit for edge in known]
    words = [
        _("dưới {}").format(edges[0]),
        *(
            _("{first} đến dưới {last}").format(first=first, last=last)
            for first, last in pairwise(edges)
        ),
        _("từ {}").format(edges[-1]),
    ]
    items = [(swatch(f"tone-{shade}"), word) for shade, word in enumerate(words)]
    if any(point.value is None for point in chart.points):
        items.append((swatch("tone-none"), _("không có số liệu")))
    return format_html('<ul class="legend">{}</ul>', format_html_join("", "<li>{}{}</li>", items))


def placed(centres: Mapping[Key, tuple[float, float]]) -> dict[Key, Cell]:
    """A cell for each unit, by latitude and longitude: none twice, neighbours kept as far as it goes."""
    keys = sorted(centres, key=lambda key: (centres[key], str(key)))
    found = _cells(tuple((float(centres[key][0]), float(centres[key][1])) for key in keys))
    return dict(zip(keys, found, strict=True))


@lru_cache(maxsize=64)
def _cells(centres: tuple[tuple[float, float], ...]) -> tuple[Cell, ...]:
    """The nearest free cell for each, from the middle outwards; then they change places while it helps."""
    if not centres:
        return ()
    wanted, size = _scaled(centres)
    free = {(column, row) for column in range(size[0]) for row in range(size[1])}
    middle = (size[0] / 2, size[1] / 2)
    cells: dict[int, Cell] = {}
    for one in sorted(range(len(wanted)), key=lambda one: (_far(wanted[one], middle), one)):
        cells[one] = min(free, key=lambda cell: (_far(wanted[one], cell), cell))
        free.remove(cells[one])
    for _round in range(ROUNDS):
        if not (_swapped(cells, wanted) | _moved(cells, wanted, free)):
            break
    west = min(cell[0] for cell in cells.values())
    north = min(cell[1] for cell in cells.values())
    return tuple((cells[one][0] - west, cells[one][1] - north) for one in range(len(wanted)))


def _scaled(
    centres: tuple[tuple[float, float], ...],
) -> tuple[list[tuple[float, float]], tuple[int, int]]:
    """The centres on a grid with room for all, north above; a degree of longitude is shorter than one of latitude."""
    latitudes, longitudes = [c[0] for c in centres], [c[1] for c in centres]
    shrink = cos(radians(sum(latitudes) / len(latitudes)))
    wide = max((max(longitudes) - min(longitudes)) * shrink, 1e-6)
    high = max(max(latitudes) - min(latitudes), 1e-6)
    cells = len(centres) * ROOM
    columns = min(max(ceil(sqrt(cells * wide / high)), 1), len(centres))
    rows = max(ceil(cells / columns), 1)
    across, down = (columns - 1) / wide, (rows - 1) / high
    places = [
        ((longitude - min(longitudes)) * shrink * across, (max(latitudes) - latitude) * down)
        for latitude, longitude in centres
    ]
    return places, (columns, rows)


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _swapped(cells: dict[int, Cell], wanted: list[tuple[float, float]]) -> bool:
    changed = False
    for one, other in combinations(range(len(wanted)), 2):
        here, there = cells[one], cells[other]
        now = _far(wanted[one], here) + _far(wanted[other], there)
        if _far(wanted[one], there) + _far(wanted[other], here) < now - 1e-9:
            cells[one], cells[other] = there, here
            changed = True
    return changed


def _moved(cells: dict[int, Cell], wanted: list[tuple[float, float]], free: set[Cell]) -> bool:
    changed = False
    for one, place in enumerate(wanted):
        if not free:
            break
        nearest = min(free, key=lambda cell: (_far(place, cell), cell))
        if _far(place, nearest) < _far(place, cells[one]) - 1e-9:
            free.remove(nearest)
            free.add(cells[one])
            cells[one] = nearest
            changed = True
    return changed
