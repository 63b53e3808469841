"""Charts (biểu đồ) drawn on the server as SVG: no script, no inline style.

Every function is pure: a `Chart` in, markup out, and `chart_table` gives the same figures as a
table. A chart is one image with one sentence; where its marks are links it is a group instead, so
that the links can be reached. A value of None is "no report", never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from tinhso.ui import formatting
from tinhso.ui.figures import RAMP_STEPS, Chart, Point, Scale, ramp_step, rounded_up

NOTHING = SafeString("")
Drawing = Callable[[Chart], SafeString]
MANY_LABELS = 8
"""Beyond so many points a phone shows every second label."""


def bar(chart: Chart) -> SafeString:
    """Horizontal bars, one line of words above each; the target is a tick across every bar."""
    width, row_height = 360.0, 34.0
    scale = Scale(rounded_up(chart.highest), width)
    rows = format_html_join(
        "",
        "{}",
        (
            (_bar_row(chart, point, index * row_height, scale),)
            for index, point in enumerate(chart.points)
        ),
    )
    return _drawing(chart, rows, width, row_height * len(chart.points), "chart--narrow")


def _bar_row(chart: Chart, point: Point, top: float, scale: Scale) -> SafeString:
    mark = NOTHING
    if point.value is not None:
        css_class = f"bar bar--{point.tone}" if point.tone else "bar"
        mark = format_html(
            '<rect class="{}" x="0" y="{}" width="{}" height="10"/>',
            css_class,
            top + 18,
            scale.at(point.value),
        )
    drawn = format_html(
        '<text class="strong" x="0" y="{}">{}</text><text class="strong" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="ground" x="0" y="{}" width="{}" height="10"/>{}{}',
        top + 13,
        point.label,
        scale.length,
        top + 13,
        _figure(chart, point),
        top + 18,
        scale.length,
        mark,
        _target_tick(chart, scale, top + 15, top + 31),
    )
    return _linked(point, drawn)


def _target_tick(chart: Chart, scale: Scale, top: float, bottom: float) -> SafeString:
    if chart.target is None:
        return NOTHING
    x = scale.at(chart.target)
    return format_html('<line class="target" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, top, bottom)


def bullet(chart: Chart) -> SafeString:
    """The first point against the target, as wide as its place; for tiles and rows of tables."""
    point = chart.points[0]
    scale = Scale(rounded_up(chart.highest), 300)
    css_class = f"bar bar--{point.tone}" if point.tone else "bar"
    mark = NOTHING
    if point.value is not None:
        mark = format_html(
            '<rect class="{}" x="0" y="3" width="{}" height="10"/>',
            css_class,
            scale.at(point.value),
        )
    inner = format_html(
        '<rect class="ground" x="0" y="3" width="300" height="10"/>{}{}',
        mark,
        _target_tick(chart, scale, 0, 16),
    )
    return _drawing(chart, inner, 300, 16, "chart--bullet")


def line(chart: Chart) -> SafeString:
    """A line over time; a missing value leaves a gap; last value and target stand at the right."""
    left, top, right, bottom = 60.0, 12.0, 556.0, 200.0
    scale = Scale(rounded_up(chart.highest), bottom - top)
    step = (right - left) / max(len(chart.points) - 1, 1)
    places = [
        (left + index * step, bottom - scale.at(point.value), point)
        if point.value is not None
        else None
        for index, point in enumerate(chart.points)
    ]
    every_second = len(chart.points) > MANY_LABELS
    labels = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                "every-second" if every_second and index % 2 else "",
                round(left + index * step, 2),
                bottom + 20,
                point.label,
            )
            for index, point in enumerate(chart.points)
        ),
    )
    inner = format_html(
        "{}{}{}{}{}",
        _grid(scale, left, right, bottom),
        _target_line(chart, scale, left, right, bottom),
        _path(places),
        _last(chart, places),
        labels,
    )
    return _drawing(chart, inner, 640, 232, "chart--wide")


def _grid(scale: Scale, left: float, right: float, bottom: float) -> SafeString:
    quarters = [scale.high * quarter / 4 for quarter in range(5)]
    return format_html_join(
        "",
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                left,
                right,
                bottom - scale.at(value),
                bottom - scale.at(value),
                left - 8,
                bottom - scale.at(value) + 4,
                formatting.number(round(value, 4)),
            )
            for value in quarters
        ),
    )


def _target_line(
    chart: Chart, scale: Scale, left: float, right: float, bottom: float
) -> SafeString:
    if chart.target is None:
        return NOTHING
    y = round(bottom - scale.at(chart.target), 2)
    return format_html(
        '<line class="target-line" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="strong" x="{}" y="{}">{}</text>',
        left,
        right,
        y,
        y,
        right + 8,
        y + 4,
        formatting.number(chart.target) + chart.unit,
    )


def _path(places: Sequence[tuple[float, float, Point] | None]) -> SafeString:
    moves = [
        f"{'L' if index and places[index - 1] else 'M'}{place[0]:.2f} {place[1]:.2f}"
        for index, place in enumerate(places)
        if place
    ]
    return format_html('<path class="line" d="{}"/>', " ".join(moves))


def _last(chart: Chart, places: Sequence[tuple[float, float, Point] | None]) -> SafeString:
    drawn = [place for place in places if place]
    if not drawn:
        return NOTHING
    x, y, point = drawn[-1]
    return format_html(
        '<circle class="point" cx="{}" cy="{}" r="4.5"/><text class="strong" x="{}" y="{}">{}</text>',
        round(x, 2),
        round(y, 2),
        round(x + 8, 2),
        round(y + 4, 2),
        _figure(chart, point),
    )


def stacked(chart: Chart) -> SafeString:
    """Parts of a whole as one bar with its legend; the parts fill it exactly, in their order."""
    total = sum(float(point.value or 0) for point in chart.points)
    scale = Scale(total, 360)
    edges = [0.0]
    for point in chart.points:
        edges.append(edges[-1] + float(point.value or 0))
    parts = format_html_join(
        "",
        '<rect class="{}" x="{}" y="0" width="{}" height="18"/>',
        (
            (
                _part_class(index, point),
                scale.at(edges[index]),
                round(scale.at(edges[index + 1]) - scale.at(edges[index]), 2),
            )
            for index, point in enumerate(chart.points)
        ),
    )
    legend = format_html_join(
        "",
        '<li>{}{} <b class="num">{}</b></li>',
        (
            (_swatch(_part_class(index, point)), point.label, _figure(chart, point))
            for index, point in enumerate(chart.points)
        ),
    )
    return format_html(
        '{}<ul class="legend">{}</ul>', _drawing(chart, parts, 360, 18, "chart--bullet"), legend
    )


def _part_class(index: int, point: Point) -> str:
    return (
        f"bar bar--{point.tone}" if point.tone else f"tone-{(RAMP_STEPS - 1 - index) % RAMP_STEPS}"
    )


def tile_map(chart: Chart) -> SafeString:
    """A map of equal tiles (bản đồ ô), darker for more.

    Each unit is one tile in about its place: it draws no borders, of the country or of a commune.
    """
    size, gap = 54.0, 4.0
    tiles = format_html_join(
        "", "{}", ((_tile(chart, point, size, gap),) for point in chart.points)
    )
    columns = max((point.column for point in chart.points), default=0) + 1
    rows = max((point.row for point in chart.points), default=0) + 1
    legend = format_html_join(
        "",
        "<li>{}{}</li>",
        _ramp_words(chart),
    )
    drawing = _drawing(chart, tiles, columns * (size + gap), rows * (size + gap), "chart--tiles")
    return format_html('{}<ul class="legend">{}</ul>', drawing, legend)


def _tile(chart: Chart, point: Point, size: float, gap: float) -> SafeString:
    step = ramp_step(point.value, rounded_up(chart.highest))
    shade = "none" if step is None else str(step)
    x, y = point.column * (size + gap), point.row * (size + gap)
    drawn = format_html(
        '<rect class="tone-{}" x="{}" y="{}" width="{}" height="{}" rx="4"><title>{}: {}</title></rect>'
        '<text class="on-{}" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="on-{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        *(shade, x, y, size, size, point.label, _figure(chart, point)),
        *(shade, x + size / 2, y + 24, point.short or point.label),
        *(shade, x + size / 2, y + 41, formatting.number(point.value)),
    )
    return _linked(point, drawn)


def _ramp_words(chart: Chart) -> list[tuple[SafeString, str]]:
    high = rounded_up(chart.highest)
    edges = [
        formatting.number(round(high * step / RAMP_STEPS, 4)) + chart.unit
        for step in range(RAMP_STEPS)
    ]
    words = [
        (str(step), _("dưới {}").format(edges[1]) if step == 0 else _("từ {}").format(edges[step]))
        for step in range(RAMP_STEPS)
    ]
    missing = (
        [("none", _("chưa có báo cáo"))]
        if any(point.value is None for point in chart.points)
        else []
    )
    return [(_swatch(f"tone-{shade}"), word) for shade, word in words + missing]


def _swatch(css_class: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 16 12" aria-hidden="true" focusable="false">'
        '<rect class="{}" width="16" height="12"/></svg>',
        css_class,
    )


def chart_table(chart: Chart) -> SafeString:
    """The same figures as a table, folded under "Dạng bảng"."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="right">{}</td></tr>',
        ((_anchor(point), _figure(chart, point)) for point in chart.points),
    )
    target = NOTHING
    if chart.target is not None:
        target = format_html(
            '<tfoot><tr><th scope="row">{}</th><td class="right">{}</td></tr></tfoot>',
            _("Chỉ tiêu"),
            formatting.number(chart.target) + chart.unit,
        )
    return format_html(
        '<details class="as-table"><summary>{}</summary><table class="table"><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th><th scope="col" class="right">{}</th></tr></thead>'
        "<tbody>{}</tbody>{}</table></details>",
        _("Dạng bảng"),
        chart.sentence,
        chart.of or _("Mục"),
        chart.measure or _("Số liệu"),
        rows,
        target,
    )


def _figure(chart: Chart, point: Point) -> str:
    return (
        _("chưa có báo cáo") if point.value is None else formatting.number(point.value) + chart.unit
    )


def _anchor(point: Point) -> StrOrPromise:
    return (
        format_html('<a href="{}">{}</a>', point.href, point.label) if point.href else point.label
    )


def _linked(point: Point, drawn: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', point.href, drawn) if point.href else drawn


def _drawing(
    chart: Chart, inner: SafeString, width: float, height: float, css_class: str
) -> SafeString:
    is_strip = css_class == "chart--bullet"
    role = "group" if any(point.href for point in chart.points) and not is_strip else "img"
    stretch = SafeString(' preserveAspectRatio="none"') if is_strip else NOTHING
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="{}" aria-label="{}"{}>{}</svg>',
        *(css_class, width, height, role, chart.sentence, stretch, inner),
    )
