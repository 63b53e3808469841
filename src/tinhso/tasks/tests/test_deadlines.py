"""What day a phrase means."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.tasks.notices.deadlines import DeadlineKind, dateline, find_deadline, written_on
from tinhso.tasks.notices.source import Source, Span

WRITTEN = date(2025, 4, 10)
DONE, DOING, AGAIN = DeadlineKind.COMPLETE, DeadlineKind.CARRY_OUT, DeadlineKind.RECURRING


@pytest.mark.parametrize(
    ("said", "words", "on", "kind"),
    [
        ("hoàn thành trong tháng 3/2024", "trong tháng 3/2024", date(2024, 3, 31), DONE),
        ("thực hiện trong tháng 02/2024", "trong tháng 02/2024", date(2024, 2, 29), DOING),
        ("hoàn thành trong Quý II/2024", "trong Quý II/2024", date(2024, 6, 30), DONE),
        ("hoàn thành trong quí 4 năm 2024", "trong quí 4 năm 2024", date(2024, 12, 31), DONE),
        (
            "trong tháng 02 và tháng 3/2024",
            "trong tháng 02 và tháng 3/2024",
            date(2024, 3, 31),
            DONE,
        ),
        ("trong tháng 8, 9 và 10/2025", "trong tháng 8, 9 và 10/2025", date(2025, 10, 31), DONE),
        ("trong quý II, quý III/2025", "trong quý II, quý III/2025", date(2025, 9, 30), DONE),
        ("trong tháng 5 và 3 đợt", "trong tháng 5", date(2025, 5, 31), DONE),
        ("trước ngày 31-12", "trước ngày 31-12", date(2025, 12, 31), DONE),
        ("xong trước 15/8/2025", "trước 15/8/2025", date(2025, 8, 15), DONE),
        (
            "chậm nhất ngày 20 tháng 5 năm 2025",
            "chậm nhất ngày 20 tháng 5 năm 2025",
            date(2025, 5, 20),
            DONE,
        ),
        ("đến cuối năm 2023", "đến cuối năm 2023", date(2023, 12, 31), DONE),
        ("quyết tâm hoàn thành trong năm 2024", "trong năm 2024", date(2024, 12, 31), DONE),
        ("trong 6 tháng đầu năm 2025", "trong 6 tháng đầu năm 2025", date(2025, 6, 30), DONE),
        ("trước ngày 15/02", "trước ngày 15/02", date(2026, 2, 15), DONE),
        ("trong vòng 15 ngày kể từ ngày ban hành", None, date(2025, 4, 25), DONE),
        ("trong 05 ngày làm việc kể từ ngày ký", None, date(2025, 4, 17), DONE),
        ("Hạn hoàn thành: 30/11/2025", "30/11/2025", date(2025, 11, 30), DONE),
        ("trước 17 giờ 00 ngày 05/9/2025", None, date(2025, 9, 5), DONE),
        ("trước 17h00 ngày 05/9", "trước 17h00 ngày 05/9", date(2025, 9, 5), DONE),
        ("vào tháng 12/2025", "vào tháng 12/2025", date(2025, 12, 31), DONE),
        ("trong các quý III, IV", "trong các quý III, IV", date(2025, 12, 31), DONE),
        ("trong quý III/2025, IV/2025", None, date(2025, 12, 31), DONE),
        ("trong tháng 12/2026, 01/2027", None, date(2027, 1, 31), DONE),
        ("trong tháng 8, 9/2025", "trong tháng 8, 9/2025", date(2025, 9, 30), DONE),
        ("trong quý 3, 4 đợt", "trong quý 3", date(2025, 9, 30), DONE),
        ("05 ngày làm việc kể từ ngày nhận được hồ sơ", None, None, DONE),
        ("sau 10 ngày làm việc kể từ ngày ký hợp đồng", None, None, DONE),
        ("trong 15 ngày kể từ ngày ban hành Thông báo này", None, date(2025, 4, 25), DONE),
        ("định kỳ ngày 25 hằng tháng", "định kỳ ngày 25 hằng tháng", None, AGAIN),
        ("Thời gian thực hiện: thường xuyên", "thường xuyên", None, AGAIN),
        ("báo cáo định kỳ tháng", "định kỳ tháng", None, AGAIN),
        ("thường xuyên đôn đốc", "thường xuyên", None, AGAIN),
        ("báo cáo trước ngày 25 hằng tháng", "trước ngày 25 hằng tháng", None, AGAIN),
    ],
)
def test_a_phrase_means_its_last_day(
    said: str, words: str | None, on: date | None, kind: DeadlineKind
) -> None:
    source = Source(f"Sở Y tế rà soát, {said}.")
    found = find_deadline(source, Span(0, len(source.text)), written=WRITTEN, taken=[])
    assert found is not None
    assert (found.on, found.kind) == (on, kind)
    assert words is None or source.of(found.words) == words


@pytest.mark.parametrize(
    "said",
    [
        "theo Kế hoạch chuyển đổi số tỉnh năm 2024",
        "chiến lược đến năm 2030, tầm nhìn đến năm 2045",
        "giai đoạn 2021 - 2025",
        "trước ngày 31-13-2024",
        "xây dựng kế hoạch hằng năm",
    ],
)
def test_a_year_in_a_name_or_a_day_that_is_none_is_no_deadline(said: str) -> None:
    source = Source(f"Sở Y tế rà soát {said}.")
    assert find_deadline(source, Span(0, len(source.text)), written=WRITTEN, taken=[]) is None


@given(st.integers(1, 12), st.integers(2000, 2100))
def test_a_month_ends_on_its_last_day(month: int, year: int) -> None:
    source = Source(f"hoàn thành trong tháng {month}/{year}")
    found = find_deadline(source, Span(0, len(source.text)), written=None, taken=[])
    assert found
    assert found.on == date(year, month, monthrange(year, month)[1])


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2098, 12, 31))
)
def test_a_day_without_a_year_is_the_next_one(day: date, written: date) -> None:
    source = Source(f"báo cáo trước ngày {day.day}/{day.month}")
    found = find_deadline(source, Span(0, len(source.text)), written=written, taken=[])
    if found and found.on:
        assert (found.on.day, found.on.month) == (day.day, day.month)
        assert found.on >= written


def test_the_day_of_the_text_is_of_its_head_not_of_what_it_cites() -> None:
    text = "Theo Kế hoạch số 5/KH-UBND ngày 01/02/2020.\nQuảng Ngãi, ngày 04 tháng 8 năm 2025\nTHÔNG BÁO"
    assert written_on(Source(text)) == date(2025, 8, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ỦY BAN NHÂN DÂN\nTP. Huế, ngày 12 tháng 8 năm 2025\nCHỈ THỊ", date(2025, 8, 12)),
        ("Số: 1/TB-UBND      Lâm Đồng, ngày 12/8/2025\nTHÔNG BÁO", date(2025, 8, 12)),
        ("CHỈ THỊ\n1. Sở Y tế rà soát, hoàn thành trước ngày 05/9/2025.", None),
        ("CHỈ THỊ\n1. Sở Y tế rà soát, hoàn thành trước\nngày 05 tháng 9 năm 2025\n", None),
        ("Theo Thông báo số 5/TB-UBND ngày 01/02/2024, Sở Y tế rà soát.", None),
    ],
)
def test_only_a_dateline_is_the_day_of_a_text(text: str, day: date | None) -> None:
    assert dateline(Source(text)) == day
