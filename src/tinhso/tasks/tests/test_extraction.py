"""Notices against annotations made by reading them: spans, leads, deadlines."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.notices.extraction import extract
from tinhso.tasks.notices.heads import read_head
from tinhso.tasks.notices.task import Task

HERE = Path(__file__).parent / "notices"
SOURCES = Path(__file__).resolve().parents[5] / "shared" / "sources"
OWN = (
    *("province_office", "ward_party", "province_capital", "committee"),
    *("telegram", "ministry", "commune_plan", "minutes", "commune_party", "city", "news"),
)
GIVEN = ("source_000", "source_002", "source_003", "source_004")
SAME = 0.8
ENOUGH = 0.9
LEADS = 0.95


def text_of(name: str) -> str:
    if name in OWN:
        return (HERE / f"{name}.txt").read_text(encoding="utf-8")
    found = sorted(SOURCES.glob(f"{name.removeprefix('source_')}-*.txt"))
    if not found:
        pytest.skip("the source texts are not beside this clone")
    return found[0].read_text(encoding="utf-8")


def wanted(name: str) -> list[dict[str, Any]]:
    stored: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return stored


def overlap(task: Task, line: dict[str, Any]) -> float:
    """What both share of what either covers."""
    start, end = int(line["start"]), int(line["end"])
    shared = min(task.span.end, end) - max(task.span.start, start)
    return max(shared, 0) / (max(task.span.end, end) - min(task.span.start, start))


def pairs(name: str) -> tuple[list[tuple[Task, dict[str, Any]]], float]:
    """Tasks beside the lines that they are, and F1 of the spans."""
    tasks, lines = extract(text_of(name)), wanted(name)
    both = [(t, line) for line in lines for t in tasks if overlap(t, line) >= SAME]
    precision, recall = len(both) / len(tasks), len(both) / len(lines)
    return both, 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize("name", [*OWN, *GIVEN])
def test_tasks_stand_where_a_reader_marked_them(name: str) -> None:
    both, f1 = pairs(name)
    assert f1 >= ENOUGH, [line for line in wanted(name) if line not in [one for _, one in both]]


@pytest.mark.parametrize("name", [*OWN, *GIVEN])
def test_every_deadline_is_right(name: str) -> None:
    both, _ = pairs(name)
    assert [
        (task.text, task.deadline_on, line["deadline_on"])
        for task, line in both
        if (task.deadline_on and task.deadline_on.isoformat(), task.deadline_kind.value)
        != (line["deadline_on"], line["kind"])
    ] == []


@pytest.mark.parametrize("name", [*OWN, *GIVEN])
def test_leads_are_those_that_a_reader_named(name: str) -> None:
    both, _ = pairs(name)
    wrong = [
        (task.text, task.lead, line["lead"])
        for task, line in both
        if list(task.lead) != line["lead"]
    ]
    assert len(wrong) <= (1 - LEADS) * len(both), wrong


def test_who_follows_is_named_with_the_task() -> None:
    named = [task for task in extract(text_of("source_004")) if task.supervisor]
    assert [task.lead for task in named] == [("Sở Tài nguyên và Môi trường",)]
    assert (named[0].supervisor or "").startswith("Hồ Quang Bửu")


def test_documents_are_referred_to_by_number_and_date() -> None:
    told = {one for task in extract(text_of("source_004")) for one in task.references}
    assert "Kế hoạch số 521/KH-UBND ngày 22/01/2024" in told
    assert "Chỉ thị số 05/CT-TTg ngày 23/02/2023" in told


def test_praise_results_and_difficulties_are_no_tasks() -> None:
    text = (
        "THÔNG BÁO\nChủ tịch UBND tỉnh kết luận như sau:\nI. Kết quả\n1. Sở Y tế đã triển khai tốt bệnh án điện tử.\n"
        "2. Biểu dương các xã, phường đã hoàn thành chỉ tiêu.\nII. Tồn tại, hạn chế\n1. Tổ chức thực hiện còn chậm.\n"
    )
    assert extract(text) == []


def test_what_a_semicolon_adds_of_time_is_no_task_and_a_body_spoken_of_leads() -> None:
    text = (
        "Sau khi nghe báo cáo của Văn phòng và ý kiến các đại biểu, Chủ tịch UBND tỉnh kết luận:\n"
        "1. Công an tỉnh rà soát an toàn thông tin; thực hiện thường xuyên.\n"
        "2. Đối với UBND xã Trà Bùi: khẩn trương bố trí quầy tiếp nhận, hoàn thành trước 30/11/2026.\n"
    )
    one, other = extract(text)
    assert (one.lead, one.deadline, one.group) == (("Công an tỉnh",), "thường xuyên", "")
    assert (other.lead, other.group) == (("UBND xã Trà Bùi",), "")


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("TỈNH LÂM ĐỒNG", ""),
        ("CHỈ THỊ", ""),
        ("Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận:", ""),
        ("NHIỆM VỤ TRỌNG TÂM", "NHIỆM VỤ TRỌNG TÂM"),
        ("Nhiệm vụ trong thời gian tới:", "Nhiệm vụ trong thời gian tới"),
    ],
)
def test_neither_the_head_of_a_paper_nor_who_speaks_is_a_group(heading: str, group: str) -> None:
    (task,) = extract(
        f"{heading}\n1. Sở Y tế chủ trì rà soát các trạm y tế trước ngày 30/11/2026.\n"
    )
    assert task.group == group


def test_to_hand_in_by_a_day_belongs_to_the_work_before_it() -> None:
    text = "Chủ tịch yêu cầu:\n1. Sở Nội vụ xây dựng kế hoạch kiểm tra năm 2026; trình UBND tỉnh trong tháng 10/2025."
    (task,) = extract(text)
    assert task.text.endswith("tháng 10/2025")
    assert task.deadline_on == date(2025, 10, 31)


def test_who_acts_by_their_office_leads_and_who_is_written_to_does_not() -> None:
    text = (
        "Chủ tịch yêu cầu:\n1. Phòng Tư pháp, Phòng Văn hóa và Thông tin căn cứ chức năng, nhiệm vụ hỗ trợ xã;"
        " Phòng Văn hóa và Thông tin tham mưu văn bản đề nghị VNPT lắp đặt đường truyền."
    )
    one, other = extract(text)
    assert one.lead == ("Phòng Tư pháp", "Phòng Văn hóa và Thông tin")
    assert other.lead == ("Phòng Văn hóa và Thông tin",)


def test_lists_of_bodies_and_days_of_their_own_are_told_apart() -> None:
    text = (
        "Số 27-TB/BCĐ\nNgày 20 tháng 11 năm 2026\nTHÔNG BÁO KẾT LUẬN CỦA BAN CHỈ ĐẠO\nTrưởng ban giao nhiệm vụ:\n"
        "1. Các Sở: Y tế, Xây dựng công khai thủ tục; thời hạn: 10/12/2026.\n"
        "2. UBND các xã, phường bố trí máy quét, xong trước 20/01/2027.\n"
        "3. UBND các xã: Ba Tơ, Sơn Hà rà soát hồ sơ trong tuần đầu tháng 12.\n"
        "4. Sở Tài chính nâng cấp phần mềm trong tháng 12/2026; mở hai lớp trong Quý I/2027.\n"
        "5. Công an tỉnh là cơ quan chủ trì, phối hợp với Sở Tư pháp làm sạch dữ liệu. Hoàn thành trong Quý III/2027.\n"
    )
    told = [(task.lead, task.deadline_on) for task in extract(text)]
    assert told == [
        (("Sở Y tế", "Sở Xây dựng"), date(2026, 12, 10)),
        (("UBND các xã, phường",), date(2027, 1, 20)),
        (("UBND xã Ba Tơ", "UBND xã Sơn Hà"), date(2026, 12, 7)),
        (("Sở Tài chính",), date(2026, 12, 31)),
        (("Sở Tài chính",), date(2027, 3, 31)),
        (("Công an tỉnh",), date(2027, 9, 30)),
    ]
    head = read_head(text, today=date(2026, 11, 22))
    assert (head.kind, head.number, head.issued_on) == ("notice", "27-TB/BCĐ", date(2026, 11, 20))


def test_the_closing_formula_is_no_task() -> None:
    text = (
        "Chủ tịch yêu cầu:\n1. Sở Y tế rà soát giá thuốc.\nThông báo này được gửi đến các cơ quan biết, thực hiện.\n"
        "Nơi nhận:\n- Triển khai lưu VT;\n"
    )
    assert [task.text for task in extract(text)] == ["Sở Y tế rà soát giá thuốc"]


@given(st.text(alphabet="ab đĐêế.;:,()\n-1230/I*Giao Sởchủtrì", max_size=300))
def test_any_text_gives_exact_slices_in_order(text: str) -> None:
    tasks = extract(text)
    assert [task.text for task in tasks] == [text[t.span.start : t.span.end] for t in tasks]
    assert all(a.span.end <= b.span.start for a, b in pairwise(tasks))
    assert extract(text) == tasks


@given(st.sampled_from([*OWN]), st.integers(0, 3000), st.integers(0, 400))
@pytest.mark.slow
def test_a_torn_notice_never_breaks_the_reader(name: str, start: int, length: int) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    torn = text[:start] + text[start + length :]
    for task in extract(torn):
        assert torn[task.span.start : task.span.end] == task.text
        for spans in task.words.values():
            assert all(0 <= span.start <= span.end <= len(torn) for span in spans)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Sở Y tế báo cáo số ca mắc định kỳ hằng tuần.", "định kỳ hằng tuần"),
        ("Sở Y tế báo cáo số ca mắc trước thứ Hai hằng tuần.", "trước thứ Hai hằng tuần"),
        ("Sở Y tế báo cáo số ca mắc hàng tuần, chậm nhất thứ Sáu.", "hàng tuần, chậm nhất thứ Sáu"),
    ],
)
def test_weekly_work_is_told(words: str, told: str) -> None:
    (task,) = extract(f"Nhiệm vụ:\n1. {words}\n")
    assert (task.deadline, task.deadline_kind) == (told, DeadlineKind.RECURRING)


BOTH = ("Sở Y tế", "Sở Nội vụ")


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        (
            "Sở Y tế, Sở Nội vụ rà soát vị trí việc làm. Yêu cầu hai đơn vị này báo cáo trong tháng 9/2025.",
            BOTH,
        ),
        (
            "Giao Sở Y tế, Sở Nội vụ rà soát vị trí việc làm. Các đơn vị nêu trên báo cáo trong tháng 9/2025.",
            BOTH,
        ),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát biên chế. Hai đơn vị này báo cáo trong tháng 9/2025.",
            BOTH,
        ),
        (
            "Sở Y tế, Sở Nội vụ rà soát biên chế. Ba đơn vị này báo cáo trong tháng 9/2025.",
            ("Ba đơn vị này",),
        ),
        (
            "Sở Y tế rà soát biên chế. Các đơn vị trên báo cáo trong tháng 9/2025.",
            ("Các đơn vị trên",),
        ),
    ],
)
def test_units_named_before_are_meant_only_as_many_as_they_were(
    words: str, lead: tuple[str, ...]
) -> None:
    tasks = extract(f"Nhiệm vụ:\n1. Sở Tài chính, Sở Xây dựng rà soát dự toán.\n2. {words}\n")
    assert tasks[-1].lead == lead


@pytest.mark.parametrize(
    ("words", "lead", "together", "deadline"),
    [
        ("Hằng tuần tổng hợp hồ sơ gửi Sở Y tế.", ("Sở Xây dựng",), (), "Hằng tuần"),
        ("Không yêu cầu người dân nộp lại giấy tờ.", ("Sở Xây dựng",), (), None),
        (
            "Văn phòng UBND tỉnh là cơ quan thường trực, chủ trì tham mưu sơ kết.",
            ("Văn phòng UBND tỉnh",),
            (),
            None,
        ),
        ("Sở Y tế chủ trì, Công an tỉnh phối hợp.", ("Sở Y tế",), ("Công an tỉnh",), None),
        (
            "Sở Y tế chủ trì rà soát toàn bộ cơ sở dữ liệu dân cư, Công an tỉnh phối hợp.",
            ("Sở Y tế",),
            ("Công an tỉnh",),
            None,
        ),
        (
            "Viễn thông Huế, Viettel Huế bảo đảm đường truyền.",
            ("Viễn thông Huế", "Viettel Huế"),
            (),
            None,
        ),
        (
            "Sở Y tế báo cáo kết quả trước ngày 30/9/2025.",
            ("Sở Y tế",),
            (),
            "trước ngày 30/9/2025",
        ),
    ],
)
def test_an_item_is_a_task_whole(
    words: str, lead: tuple[str, ...], together: tuple[str, ...], deadline: str | None
) -> None:
    (task,) = extract(f"Chủ tịch yêu cầu:\n1. Sở Xây dựng:\n- {words}\n")
    assert task.text == words.rstrip(".")
    assert (task.lead, task.coordinate, task.deadline) == (lead, together, deadline)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Sở Y tế không được thu thêm phí.", [("Sở Y tế",)]),
        (
            "Các đơn vị được giao soạn thảo không được lùi thời hạn.",
            [("Các đơn vị được giao soạn thảo",)],
        ),
        ("Chấm dứt việc gia hạn giấy phép khai thác cát.", [()]),
        ("UBND các xã Ba Tơ, Sơn Động sơ tán dân.", [("UBND xã Ba Tơ", "UBND xã Sơn Động")]),
        ("Công ty Điện lực Sông Lam tiêu nước đệm.", [("Công ty Điện lực Sông Lam",)]),
        ("Yêu cầu nhà thầu tăng ca; đơn vị nào chậm thì kiểm điểm.", [("nhà thầu",), ("đơn vị",)]),
        ("Đánh giá cao Sở Y tế chủ động xây dựng phương án.", []),
        ("Sở Y tế nghiên cứu ý kiến góp ý của các địa phương, tham mưu kế hoạch.", [("Sở Y tế",)]),
    ],
)
def test_who_must_or_must_not_is_told_by_place_whatever_the_verb(
    words: str, leads: list[tuple[str, ...]]
) -> None:
    assert [task.lead for task in extract(f"Nhiệm vụ:\n1. {words}\n")] == leads


def test_what_is_reported_or_aimed_at_orders_nothing() -> None:
    text = (
        "I. MỤC ĐÍCH, YÊU CẦU\n- Nâng cao nhận thức của cán bộ.\nII. Nội dung báo cáo\n"
        "- Phòng Kinh tế: kiến nghị cho phép điều chỉnh hướng tuyến.\nIII. Nhiệm vụ\n- Sở Y tế mở 02 lớp.\n"
    )
    assert [task.text for task in extract(text)] == ["Sở Y tế mở 02 lớp"]


def test_a_paragraph_goes_on_over_the_number_of_a_page() -> None:
    text = "Nhiệm vụ:\n1. Sở Y tế rà soát toàn bộ trạm y tế\n\n      - 2 -\n\ncủa các xã, phường trước 5/12/2025.\n"
    (task,) = extract(text)
    assert task.deadline_on == date(2025, 12, 5)


def test_an_item_that_tells_and_then_asks_stays_one_item() -> None:
    text = (
        "Chủ tịch kết luận:\n1. Về giải ngân:\nKết quả mới đạt 6,8%. Yêu cầu:\na) Sở Tài chính phân tích nguồn thu.\n"
        "2. Về y tế: Giao Sở Y tế mở 02 lớp.\nCác nội dung tại mục 1 hoàn thành trước ngày 05/4/2026.\n"
    )
    told = [(task.group, task.lead, task.deadline_on) for task in extract(text)]
    assert told == [
        ("Về giải ngân", ("Sở Tài chính",), date(2026, 4, 5)),
        ("Về y tế", ("Sở Y tế",), None),
    ]
