"""Sentences about work that stands before them: a deadline for a list, for items by number, who follows."""

from __future__ import annotations

from datetime import date

import pytest

from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.notices.extraction import extract

LIST = """Chủ tịch UBND tỉnh kết luận:
1. Về trụ sở:
- Sở Tài chính hoàn thiện phương án.
- UBND các xã, phường rà soát nhà, đất; bảo vệ trụ sở, không để bị lấn chiếm.
{after_the_first}
2. Sở Nội vụ chỉnh lý hồ sơ trong tháng 10/2025.
3. Công an tỉnh làm sạch dữ liệu.
{after_the_last}
"""
DAY = date(2025, 11, 30)


def due(*, after_the_first: str = "", after_the_last: str = "") -> dict[tuple[str, ...], date]:
    text = LIST.format(after_the_first=after_the_first, after_the_last=after_the_last)
    return {task.lead: task.deadline_on for task in extract(text) if task.deadline_on}


@pytest.mark.parametrize(
    "words",
    [
        "Các nhiệm vụ trên hoàn thành trước ngày 30/11/2025.",
        "Thời hạn hoàn thành các nội dung nêu trên: trước ngày 30/11/2025.",
        "Yêu cầu các đơn vị hoàn thành các nhiệm vụ nêu trên trước ngày 30/11/2025.",
    ],
)
def test_a_deadline_that_closes_a_list_reaches_each_lead_that_has_none(words: str) -> None:
    assert due(after_the_last=words) == {
        ("Sở Tài chính",): DAY,
        ("UBND các xã, phường",): DAY,
        ("Sở Nội vụ",): date(2025, 10, 31),
        ("Công an tỉnh",): DAY,
    }


def test_between_two_items_it_reaches_the_one_before_alone() -> None:
    told = due(after_the_first="Các nội dung trên xong trước ngày 30/11/2025.")
    assert told == {
        ("Sở Tài chính",): DAY,
        ("UBND các xã, phường",): DAY,
        ("Sở Nội vụ",): date(2025, 10, 31),
    }


@pytest.mark.parametrize(
    "words",
    [
        "Nhiệm vụ tại mục 2, 3 hoàn thành trước ngày 30/11/2025.",
        "Thời hạn thực hiện các nhiệm vụ tại điểm 2 và điểm 3: trước ngày 30/11/2025.",
    ],
)
def test_items_by_their_numbers_keep_the_deadline_that_they_have(words: str) -> None:
    assert due(after_the_last=words) == {
        ("Sở Nội vụ",): date(2025, 10, 31),
        ("Công an tỉnh",): DAY,
    }


def test_an_order_about_items_is_a_task_and_closes_nothing() -> None:
    text = LIST.format(
        after_the_first="",
        after_the_last="Các nhiệm vụ tại mục 3, giao Thanh tra tỉnh kiểm tra trước ngày 30/11/2025.",
    )
    tasks = extract(text)
    assert tasks[-1].lead == ("Thanh tra tỉnh",)
    assert [task.deadline_on for task in tasks[:-1]] == [None, None, None, date(2025, 10, 31), None]


def test_who_follows_an_item_is_named_with_its_tasks_alone() -> None:
    text = LIST.format(
        after_the_first="",
        after_the_last="Đề nghị đồng chí Phó Chủ tịch UBND tỉnh theo dõi, chỉ đạo nội dung tại mục 1.",
    )
    assert [bool(task.supervisor) for task in extract(text)] == [True, True, True, False, False]


def test_a_duty_that_lasts_takes_no_day_from_the_work_beside_it() -> None:
    text = (
        "Nhiệm vụ:\n1. Sở Y tế theo dõi việc thực hiện; tổng hợp, báo cáo chậm nhất 25/12/2025.\n"
    )
    assert [task.deadline_on for task in extract(text)] == [None, date(2025, 12, 25)]


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("trình UBND tỉnh trước kỳ họp HĐND cuối năm", "trước kỳ họp HĐND cuối năm"),
        (
            "trong vòng 04 giờ kể từ khi nhận được thông báo",
            "trong vòng 04 giờ kể từ khi nhận được thông báo",
        ),
    ],
)
def test_an_occasion_keeps_its_words_and_names_no_day(words: str, deadline: str) -> None:
    (task,) = extract(f"Ngày 01 tháng 9 năm 2025\nNhiệm vụ:\n1. Sở Y tế khắc phục sự cố {words}.\n")
    assert (task.deadline, task.deadline_on) == (deadline, None)
    assert task.deadline_kind is DeadlineKind.COMPLETE


def test_no_deadline_of_another_lead_is_taken() -> None:
    text = (
        "Nhiệm vụ:\n1. Yêu cầu nhà thầu tăng 2 mũi thi công; Sở Xây dựng giám sát hằng ngày;"
        " Công an tỉnh phân luồng trước 5/12/2025.\n"
    )
    told = [(task.lead, task.deadline) for task in extract(text)]
    assert told == [
        (("nhà thầu",), None),
        (("Sở Xây dựng",), "hằng ngày"),
        (("Công an tỉnh",), "trước 5/12/2025"),
    ]
