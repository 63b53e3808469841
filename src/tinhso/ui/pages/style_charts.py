"""Charts of the style page, with invented figures."""

from __future__ import annotations

from typing import Any

from tinhso.ui import charts, maps
from tinhso.ui.figures import Chart, Point, Target

BY_AGENCY = Chart(
    "Tỷ lệ hồ sơ trực tuyến theo cơ quan, chỉ tiêu 50%",
    [
        Point("Sở A", 13.2, "late"),
        Point("Sở B", 41.7, "near"),
        Point("Sở C", 98, "ok"),
        Point("Xã D", None),
    ],
    unit="%",
    targets=[Target(50)],
    end=100,
    of="Cơ quan",
    measure="Tỷ lệ",
)
BY_MONTH = Chart(
    "Tỷ lệ hồ sơ trực tuyến 12 tháng, chỉ tiêu 50% và 100%, tháng gần nhất 21,74%",
    [
        Point(label, value)
        for label, value in zip(
            ["12", "1/26", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
            [11, 12, 13, None, 14, 16, 17, 17.5, 18, 19, 20, 21.74],
            strict=True,
        )
    ],
    unit="%",
    targets=[Target(50, "Trung ương giao"), Target(100, "Tỉnh giao")],
    end=100,
    of="Tháng",
    measure="Tỷ lệ",
)
TILE = Chart(
    "Văn bản ký số đạt 98,25% so với chỉ tiêu 100%",
    [Point("Đã ký số", 98.25, "near")],
    unit="%",
    targets=[Target(100)],
    end=100,
)
SERVICES = Chart(
    "887 dịch vụ toàn trình, 429 dịch vụ một phần",
    [Point("Toàn trình", 887), Point("Một phần", 429)],
)
MAP = Chart(
    "Hồ sơ quá hạn theo xã",
    [
        Point(
            f"Xã {index + 1}",
            index * 7 % 43 or None,
            href="#",
            short=f"X{index + 1}",
            column=index % 6,
            row=index // 6,
        )
        for index in range(17)
    ],
    of="Xã",
    measure="Quá hạn",
)


def examples() -> dict[str, Any]:
    """One chart of each kind with its table."""
    drawn = [
        ("Theo cơ quan", charts.bar, BY_AGENCY),
        ("Theo tháng", charts.line, BY_MONTH),
        ("So với chỉ tiêu", charts.bullet, TILE),
        ("Phần của tổng", charts.stacked, SERVICES),
        ("Bản đồ ô", maps.tile_map, MAP),
    ]
    return {
        "charts": [(title, draw(chart), charts.chart_table(chart)) for title, draw, chart in drawn]
    }
