"""The glued papers: only the count ends a paper, and a count that may be part of the name is not read."""

from __future__ import annotations

import pytest

from tinhso.dossiers.catalogue.papers import papers_of
from tinhso.dossiers.catalogue.values import Paper, Reading, Source
from tinhso.dossiers.tests.catalogue.samples import PAPERS


def read(text: str) -> tuple[tuple[Paper, ...], Reading]:
    reading = Reading()
    return papers_of(Source("thanh_phan_ho_so", text), reading), reading


def test_a_paper_has_originals_copies_and_the_file_of_its_form() -> None:
    (first, second), reading = read(
        f"--{PAPERS}Tờ khai theo mẫuTo khai.docx1 bản chính,2 bản saoẢnh1 bản chính"
    )
    assert (first.name.text, first.originals, first.copies) == ("Tờ khai theo mẫu", 1, 2)
    assert first.form
    assert first.form.text == "To khai.docx"
    assert (second.name.text, second.originals, second.copies, second.form) == (
        "Ảnh",
        1,
        None,
        None,
    )
    assert not reading.unread


def test_papers_belong_to_the_case_above_them() -> None:
    papers, _reading = read(f"Cấp mới:{PAPERS}Đơn1 bản chínhCấp lại{PAPERS}Bản cam kết1 bản chính")
    assert [(paper.group, paper.name.text) for paper in papers] == [
        ("Cấp mới", "Đơn"),
        ("Cấp lại", "Bản cam kết"),
    ]


@pytest.mark.parametrize(
    "name", ["Giấy ủy quyền (01 bản chính)", "Đơn: 01 bản chính", "01 bản sao hộ chiếu"]
)
def test_a_count_within_the_name_does_not_end_the_paper(name: str) -> None:
    (paper,), _reading = read(f"--{PAPERS}{name}1 bản chính")
    assert (paper.name.text, paper.originals) == (name, 1)


def test_a_count_that_may_be_part_of_the_name_is_not_read() -> None:
    (paper,), reading = read(f"--{PAPERS}Đơn theo Mẫu số 181 bản chính")
    assert (paper.originals, paper.copies) == (None, None)
    assert [(one.kind, one.reason.value) for one in reading.unread] == [("copies", "glued_numbers")]


def test_a_year_before_the_count_belongs_to_the_name() -> None:
    (paper,), _reading = read(f"--{PAPERS}Đơn theo Thông tư ngày 01/02/20251 bản chính")
    assert (paper.name.text[-4:], paper.originals) == ("2025", 1)


def test_another_part_of_the_page_is_not_a_list_of_papers() -> None:
    papers, reading = read("Bước 2. Nộp 1 bản chính cho cơ quan")
    assert papers == ()
    assert [one.reason.value for one in reading.unread] == ["wrong_part"]
