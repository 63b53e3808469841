"""Who is named: lists, abbreviations, names that hold a comma or a verb."""

from __future__ import annotations

import unicodedata

import pytest

from tinhso.tasks.notices.bodies import bodies_at
from tinhso.tasks.notices.source import Source, Span

LISTS = [
    (
        "Các Sở Tư pháp, Tài nguyên và Môi trường, Lao động, Thương binh và Xã hội chủ trì",
        ("Sở Tư pháp", "Sở Tài nguyên và Môi trường", "Sở Lao động, Thương binh và Xã hội"),
    ),
    ("Sở TT&TT, Sở TN&MT phối hợp", ("Sở TT&TT", "Sở TN&MT")),
    ("Công an tỉnh tập trung", ("Công an tỉnh",)),
    ("UBND các huyện, thị xã, thành phố khẩn trương", ("UBND các huyện, thị xã, thành phố",)),
    ("Chủ tịch UBND các xã, phường chịu trách nhiệm", ("Chủ tịch UBND các xã, phường",)),
    (
        "Trung tâm Phục vụ hành chính công tỉnh, Trung tâm Dữ liệu tỉnh để kịp thời",
        ("Trung tâm Phục vụ hành chính công tỉnh", "Trung tâm Dữ liệu tỉnh"),
    ),
    (
        "Tổ Công tác Đề án 06 tỉnh và với các Công ty viễn thông thống nhất",
        ("Tổ Công tác Đề án 06 tỉnh", "các Công ty viễn thông"),
    ),
    (
        "Sở Nội vụ, Sở Tài chính và các đơn vị có liên quan tham mưu",
        ("Sở Nội vụ", "Sở Tài chính", "các đơn vị có liên quan"),
    ),
    ("Sở Nội vụ và Công an tỉnh rà soát", ("Sở Nội vụ", "Công an tỉnh")),
    ("Sở Y tế, Công an tỉnh phối hợp", ("Sở Y tế", "Công an tỉnh")),
    (
        "Các Sở Tư pháp, Y tế, Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh và UBND các xã, phường rà soát",
        (
            *("Sở Tư pháp", "Sở Y tế", "Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"),
            "UBND các xã, phường",
        ),
    ),
    (
        "Sở Y tế, Ban Dân tộc, Văn phòng UBND tỉnh và Thanh tra tỉnh",
        ("Sở Y tế", "Ban Dân tộc", "Văn phòng UBND tỉnh", "Thanh tra tỉnh"),
    ),
    ("Các Bộ Công an, Quốc phòng chủ trì", ("Bộ Công an", "Bộ Quốc phòng")),
    ("Viễn thông Đắk Lắk, Viettel Đắk Lắk bảo đảm", ("Viễn thông Đắk Lắk", "Viettel Đắk Lắk")),
    ("SỞ TƯ PHÁP, SỞ NỘI VỤ", ("Sở Tư pháp", "Sở Nội vụ")),
]


@pytest.mark.parametrize(("said", "names"), LISTS)
def test_a_list_is_told_apart(said: str, names: tuple[str, ...]) -> None:
    found = bodies_at(Source(said), Span(0, len(said)))
    assert found
    assert found.names == names


@pytest.mark.parametrize(("said", "names"), LISTS)
def test_marks_that_stand_apart_and_slips_of_accents_change_nothing(
    said: str, names: tuple[str, ...]
) -> None:
    apart = unicodedata.normalize("NFD", said)
    found = bodies_at(Source(apart), Span(0, len(apart)))
    assert found
    assert tuple(unicodedata.normalize("NFC", name) for name in found.names) == names


@pytest.mark.parametrize(
    "said", ["Tổ chức thực hiện", "Trưởng đoàn ghi nhận", "hội nghị thống nhất", "cơ sở dữ liệu"]
)
def test_an_ordinary_word_is_no_body(said: str) -> None:
    assert bodies_at(Source(said), Span(0, len(said))) is None
