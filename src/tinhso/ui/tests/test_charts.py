"""Figures in a drawing are the figures given."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.ui import charts, maps
from tinhso.ui.figures import Chart, Point, Scale, Target, ramp_of, rounded_up

VALUES = st.lists(
    st.one_of(st.none(), st.floats(0, 1e7, allow_nan=False).map(lambda value: round(value, 2))),
    min_size=1,
    max_size=12,
)
DRAWINGS = [charts.bar, charts.line, charts.bullet, charts.stacked, maps.tile_map]


def chart(values: list[float | None], target: float | None = None) -> Chart:
    points = [Point(f"Cơ quan {index}", value, column=index) for index, value in enumerate(values)]
    return Chart("Câu mô tả", points, targets=[] if target is None else [Target(target)])


def svg(markup: str) -> ET.Element:
    return ET.fromstring(f"<div>{markup}</div>")[0]  # noqa: S314 - our own markup


def marks(drawing: ET.Element, css_class: str) -> list[ET.Element]:
    return [
        element for element in drawing.iter() if (element.get("class") or "").startswith(css_class)
    ]


@pytest.mark.slow
@given(VALUES)
def test_a_bar_is_as_long_as_its_value(values: list[float | None]) -> None:
    drawn = chart(values)
    scale = Scale(rounded_up(drawn.highest), 360)
    lengths = [float(mark.get("width") or 0) for mark in marks(svg(charts.bar(drawn)), "bar")]
    assert lengths == [scale.at(value) for value in values if value is not None]


@pytest.mark.slow
@given(VALUES.filter(any))
def test_parts_fill_the_whole(values: list[float | None]) -> None:
    widths = [
        float(mark.get("width") or 0) for mark in marks(svg(charts.stacked(chart(values))), "tone-")
    ]
    assert sum(widths) == pytest.approx(360, abs=0.1)
    assert len(widths) == len(values)


@pytest.mark.slow
@given(VALUES)
def test_a_line_has_one_corner_for_each_value_reported(values: list[float | None]) -> None:
    path = marks(svg(charts.line(chart(values))), "line")[0].get("d") or ""
    assert path.count("M") + path.count("L") == sum(value is not None for value in values)


def test_a_missing_month_leaves_a_gap() -> None:
    path = marks(svg(charts.line(chart([1, None, 3, 4]))), "line")[0].get("d") or ""
    assert [part[0] for part in path.split(" ") if part[0] in "ML"] == ["M", "M", "L"]


@pytest.mark.slow
@given(VALUES)
def test_the_table_holds_every_figure(values: list[float | None]) -> None:
    table = svg(charts.chart_table(chart(values, target=50)))
    written = [cell.text for cell in table.findall(".//tbody/tr/td")]
    assert len(written) == len(values)
    for value, text in zip(values, written, strict=True):
        if value is None:
            assert text == "chưa có báo cáo"
        else:
            assert float((text or "").replace(".", "").replace(",", ".")) == value


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_is_one_image_with_one_sentence_and_no_inline_style(draw: charts.Drawing) -> None:
    markup = draw(chart([1.5, None, 3]))
    drawing = svg(markup)
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "Câu mô tả")
    assert "style=" not in markup


@pytest.mark.parametrize("draw", [charts.bar, maps.tile_map])
def test_a_drawing_with_links_is_a_group(draw: charts.Drawing) -> None:
    drawing = svg(draw(Chart("Câu", [Point("Xã", 3, href="/xa/")])))
    assert drawing.get("role") == "group"
    assert [link.get("href") for link in drawing.findall("a")] == ["/xa/"]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_of_nothing_is_drawn(draw: charts.Drawing) -> None:
    assert svg(draw(chart([None]))).tag == "svg"


def test_a_label_is_escaped() -> None:
    markup = charts.bar(Chart("<câu>", [Point("<b>", 1)]))
    assert "&lt;b&gt;" in markup
    assert "<b>" not in markup


def test_a_negative_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="never -1"):
        Point("Sở", -1)


@given(st.floats(0, 1e12, allow_nan=False))
def test_an_axis_reaches_the_highest_value_without_dwarfing_it(highest: float) -> None:
    end = rounded_up(highest)
    assert end >= highest
    assert end <= max(highest * 2.5, 1) + 1e-9


@given(st.floats(0.01, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_scale_keeps_order_and_stays_on_its_line(high: float, one: float, other: float) -> None:
    scale = Scale(high, 360)
    low, up = sorted([one, other])
    assert 0 <= scale.at(low) <= scale.at(up) <= 360


@pytest.mark.slow
@given(VALUES)
def test_five_shades_part_all_values_in_their_order(values: list[float | None]) -> None:
    ramp = ramp_of(values)
    known = sorted(value for value in values if value is not None)
    shades = [ramp.shade(value) for value in known]
    assert shades == sorted(shades, key=lambda shade: shade or 0)
    assert set(shades) <= set(range(5))
    assert not known or known[-1] - known[0] < 0.001 or known[0] < ramp.edges[0]
    assert known == [] or known[-1] <= ramp.start + 5 * ramp.step + 1e-6
    assert ramp.shade(None) is None


def test_values_that_lie_close_still_have_different_shades() -> None:
    ramp = ramp_of([71.0, 74.0, 78.0, 80.5])
    assert ramp.edges[-1] - ramp.edges[0] <= 7.5
    assert len({ramp.shade(value) for value in [71.0, 74.0, 78.0, 80.5]}) >= 3


def test_several_targets_stand_side_by_side_and_say_whose_they_are() -> None:
    drawn = Chart(
        "Câu", [Point("9", 47.0)], "%", [Target(50, "Trung ương"), Target(51, "Tỉnh")], end=100
    )
    markup = charts.line(drawn)
    assert "Trung ương" in markup
    assert "Tỉnh" in markup
    figures = marks(svg(markup), "strong")
    heights = [float(figure.get("y") or 0) for figure in figures]
    assert [figure.text for figure in figures] == ["51%", "50%", "47%"]
    assert min(b - a for a, b in pairwise(heights)) >= charts.APART - 0.1


def test_the_tick_of_a_target_at_the_end_is_drawn_whole() -> None:
    ticks = marks(
        svg(charts.bullet(Chart("Câu", [Point("a", 98)], targets=[Target(100)], end=100))), "target"
    )
    assert [float(tick.get("x1") or 0) for tick in ticks] == [300 - charts.TICK]


def test_a_share_is_drawn_against_the_whole() -> None:
    bars = marks(svg(charts.bullet(Chart("Câu", [Point("a", 25)], end=100))), "bar")
    assert [bar.get("width") for bar in bars] == ["75.0"]


def test_what_stands_beside_a_figure_stands_in_its_table() -> None:
    table = svg(charts.chart_table(Chart("Câu", [Point("Sở", 50, note="1 / 2")], noted="Tử / mẫu")))
    assert [cell.text for cell in table.findall(".//tbody/tr/td")] == ["1 / 2", "50"]


def test_the_legend_names_no_shade_that_no_unit_could_have() -> None:
    points = [Point(name, value) for name, value in (("A", 70), ("B", 88), ("C", 100))]
    chart = Chart("Đúng hạn", points, unit="%")
    said = maps.legend(chart, ramp_of([point.value for point in points]))
    assert "từ 100%" in said
    assert "110%" not in said
