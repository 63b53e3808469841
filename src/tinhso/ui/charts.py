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
from tinhso.ui.figures import RAMP_STEPS, Chart, Point, Scale, Target
from tinhso.ui.languages import marked

NOTHING = SafeString("")
Drawing = Callable[[Chart], SafeString]
MANY_LABELS = 8
"""Beyond so many points a phone shows every second label."""
TICK = 1.5
"""Half of a tick's width: one at the end of an axis is drawn whole."""
DASHES = 3
"""Patterns of dashes that tell target lines apart."""
APART = 24.0
"""Between two figures at the right of a line: they are read on a phone as well."""


def bar(chart: Chart) -> SafeString:
    """Horizontal bars, one line of words above each; a target is a black tick across every bar."""
    width, row_height = 360.0, 34.0
    scale = Scale(chart.high, width)
    rows = format_html_join(
        "",
        "{}",
        (
            (_bar_row(chart, point, index * row_height, scale),)
            for index, point in enumerate(chart.points)
        ),
    )
    return drawing(chart, rows, width, row_height * len(chart.points), "chart--narrow")


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
        figure_of(chart, point),
        top + 18,
        scale.length,
        mark,
        _target_ticks(chart, scale, top + 15, top + 31),
    )
    return linked(point, drawn)


def _target_ticks(chart: Chart, scale: Scale, top: float, bottom: float) -> SafeString:
    places = [
        min(max(scale.at(target.value), TICK), scale.length - TICK) for target in chart.targets
    ]
    return format_html_join(
        "",
        '<line class="target" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        ((x, x, top, bottom) for x in places),
    )


def bullet(chart: Chart) -> SafeString:
    """The first point against the target, as wide as its place; for tiles and rows of tables."""
    point = chart.points[0]
    scale = Scale(chart.high, 300)
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
        _target_ticks(chart, scale, 0, 16),
    )
    return drawing(chart, inner, 300, 16, "chart--bullet")


def line(chart: Chart) -> SafeString:
    """A line over time; a missing value leaves a gap; last value and target stand at the right."""
    left, top, right, bottom = 60.0, 12.0, 556.0, 200.0
    scale = Scale(chart.high, bottom - top)
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
        _target_lines(chart, scale, left, right, bottom),
        _path(places),
        _figures_at_right(chart, scale, places, right, bottom),
        labels,
    )
    return format_html("{}{}", drawing(chart, inner, 640, 232, "chart--wide"), _dashes_words(chart))


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


def _target_lines(
    chart: Chart, scale: Scale, left: float, right: float, bottom: float
) -> SafeString:
    return format_html_join(
        "",
        '<line class="target-line target-line--{}" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        (
            (number % DASHES, left, right, y, y)
            for number, target in enumerate(chart.targets)
            for y in [round(bottom - scale.at(target.value), 2)]
        ),
    )


def _dashes_words(chart: Chart) -> SafeString:
    """Which line of dashes is whose target."""
    if not chart.targets:
        return NOTHING
    items = format_html_join(
        "",
        '<li><svg class="chart" viewBox="0 0 28 12" aria-hidden="true" focusable="false">'
        '<line class="target-line target-line--{}" x1="0" x2="28" y1="6" y2="6"/></svg>{}</li>',
        ((n % DASHES, _target_words(chart, target)) for n, target in enumerate(chart.targets)),
    )
    return format_html('<ul class="legend legend--lines">{}</ul>', items)


def _target_words(chart: Chart, target: Target) -> SafeString:
    figure = formatting.number(target.value) + chart.unit
    words = format_html("{} <b>{}</b>", _("Chỉ tiêu"), figure)
    return format_html("{} · {}", words, marked(target.label)) if target.label else words


def _path(places: Sequence[tuple[float, float, Point] | None]) -> SafeString:
    moves = [
        f"{'L' if index and places[index - 1] else 'M'}{place[0]:.2f} {place[1]:.2f}"
        for index, place in enumerate(places)
        if place
    ]
    return format_html('<path class="line" d="{}"/>', " ".join(moves))


def _figures_at_right(
    chart: Chart,
    scale: Scale,
    places: Sequence[tuple[float, float, Point] | None],
    right: float,
    bottom: float,
) -> SafeString:
    """The targets' figures and the last value at the right, parted where they would lie on each other."""
    drawn = [place for place in places if place]
    figures = [
        (bottom - scale.at(target.value), formatting.number(target.value) + chart.unit)
        for target in chart.targets
    ]
    mark = NOTHING
    if drawn:
        x, y, point = drawn[-1]
        figures.append((y, figure_of(chart, point)))
        mark = format_html(
            '<circle class="point" cx="{}" cy="{}" r="4.5"/>', round(x, 2), round(y, 2)
        )
    figures.sort()
    heights: list[float] = []
    for y, _figure in figures:
        heights.append(max(y + 4, heights[-1] + APART) if heights else y + 4)
    below = max(heights[-1] - bottom - 6, 0) if heights else 0
    words = format_html_join(
        "",
        '<text class="strong" x="{}" y="{}">{}</text>',
        (
            (right + 10, round(height - below, 2), figure)
            for height, (_y, figure) in zip(heights, figures, strict=True)
        ),
    )
    return format_html("{}{}", mark, words)


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
            (swatch(_part_class(index, point)), point.label, figure_of(chart, point))
            for index, point in enumerate(chart.points)
        ),
    )
    return format_html(
        '{}<ul class="legend">{}</ul>', drawing(chart, parts, 360, 18, "chart--bullet"), legend
    )


def _part_class(index: int, point: Point) -> str:
    return (
        f"bar bar--{point.tone}" if point.tone else f"tone-{(RAMP_STEPS - 1 - index) % RAMP_STEPS}"
    )


def swatch(css_class: str) -> SafeString:
    """A small sample of a shade, beside its word in a legend."""
    return format_html(
        '<svg class="chart" viewBox="0 0 16 12" aria-hidden="true" focusable="false">'
        '<rect class="{}" width="16" height="12"/></svg>',
        css_class,
    )


def chart_table(chart: Chart) -> SafeString:
    """The same figures as a table, folded under "Dạng bảng"."""
    noted = any(point.note for point in chart.points)
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}<td class="right num">{}</td></tr>',
        (
            (
                _anchor(point),
                format_html('<td class="right num">{}</td>', point.note) if noted else NOTHING,
                figure_of(chart, point),
            )
            for point in chart.points
        ),
    )
    targets = format_html_join(
        "",
        '<tr><th scope="row"{}>{}</th><td class="right num">{}</td></tr>',
        (
            (
                SafeString(' colspan="2"') if noted else NOTHING,
                format_html("{} · {}", _("Chỉ tiêu"), marked(target.label))
                if target.label
                else _("Chỉ tiêu"),
                formatting.number(target.value) + chart.unit,
            )
            for target in chart.targets
        ),
    )
    return format_html(
        '<details class="as-table"><summary>{}</summary><table class="table"><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}<th scope="col" class="right">{}</th></tr></thead>'
        "<tbody>{}</tbody>{}</table></details>",
        _("Dạng bảng"),
        chart.sentence,
        chart.of or _("Mục"),
        format_html('<th scope="col" class="right">{}</th>', chart.noted) if noted else NOTHING,
        chart.measure or _("Số liệu"),
        rows,
        format_html("<tfoot>{}</tfoot>", targets) if targets else NOTHING,
    )


def figure_of(chart: Chart, point: Point) -> str:
    """The figure with its unit, or why there is none."""
    if point.value is None:
        return str(chart.missing) or _("chưa có báo cáo")
    return point.told or formatting.number(point.value) + chart.unit


def _anchor(point: Point) -> StrOrPromise:
    return (
        format_html('<a href="{}">{}</a>', point.href, point.label) if point.href else point.label
    )


def linked(point: Point, drawn: SafeString) -> SafeString:
    """What was drawn of a point, as a link where it leads somewhere."""
    return format_html('<a href="{}">{}</a>', point.href, drawn) if point.href else drawn


def drawing(
    chart: Chart, inner: SafeString, width: float, height: float, css_class: str
) -> SafeString:
    """One SVG with its sentence: an image, or a group of links."""
    is_strip = css_class == "chart--bullet"
    role = "group" if any(point.href for point in chart.points) and not is_strip else "img"
    stretch = SafeString(' preserveAspectRatio="none"') if is_strip else NOTHING
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="{}" aria-label="{}"{}>{}</svg>',
        *(css_class, width, height, role, chart.sentence, stretch, inner),
    )
