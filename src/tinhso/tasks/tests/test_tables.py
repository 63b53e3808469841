"""Tables of tasks: each cell gives its field, however the table was copied."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tinhso.tasks.notices.extraction import extract

HEADS = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành")
ROWS = (
    ("1", "Rà soát quy trình nội bộ", "Sở Nội vụ", "Sở Y tế, Công an tỉnh", "15/9/2025"),
    ("2", "Máy quét cho 12 xã", "Sở Khoa học và Công nghệ", "VNPT", "Quý IV/2025"),
    ("3", "Báo cáo tiến độ", "Văn phòng HĐND và UBND", "Các đơn vị", "Thứ Sáu hằng tuần"),
)
TOLD = [
    ("Rà soát quy trình nội bộ", ("Sở Nội vụ",), ("Sở Y tế", "Công an tỉnh"), date(2025, 9, 15)),
    ("Máy quét cho 12 xã", ("Sở Khoa học và Công nghệ",), ("VNPT",), date(2025, 12, 31)),
    ("Báo cáo tiến độ", ("Văn phòng HĐND và UBND",), ("Các đơn vị",), None),
]


def read(table: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...], date | None]]:
    tasks = extract(f"KẾ HOẠCH\nPhân công nhiệm vụ\n{table}\nNơi nhận:\n- Như trên.\n")
    assert all(one.span.end <= other.span.start for one, other in pairwise(tasks))
    return [(task.text, task.lead, task.coordinate, task.deadline_on) for task in tasks]


def test_a_row_a_line_is_a_task_by_its_columns() -> None:
    assert read("\n".join("\t".join(row) for row in (HEADS, *ROWS))) == TOLD


def test_a_cell_a_line_is_read_as_long_as_the_rows_are_counted() -> None:
    assert read("\n".join(cell for row in (HEADS, *ROWS) for cell in row)) == TOLD


def test_an_empty_cell_leaves_its_field_empty() -> None:
    table = "\t".join(HEADS) + "\n1\tRà soát quy trình nội bộ\tSở Nội vụ\t\t\n"
    assert read(table) == [("Rà soát quy trình nội bộ", ("Sở Nội vụ",), (), None)]


def test_a_table_of_figures_orders_nothing() -> None:
    assert read("TT\tXã\tSố hồ sơ\tTỷ lệ\n1\tBa Tơ\t120\t95%\n") == []
