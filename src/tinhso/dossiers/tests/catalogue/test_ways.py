"""The glued ways of filing: only what can be cut in one way is read."""

from __future__ import annotations

import pytest

from tinhso.dossiers.catalogue.values import FeeKind, Reading, Source, Way
from tinhso.dossiers.catalogue.ways import ways_of
from tinhso.dossiers.tests.catalogue.samples import WAYS


def read(text: str) -> tuple[tuple[Way, ...], Reading]:
    reading = Reading()
    return ways_of(Source("cach_thuc_thuc_hien", WAYS + text), reading), reading


def missed(reading: Reading) -> list[tuple[str, str]]:
    return [(one.kind, one.reason.value) for one in reading.unread]


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("5 Ngày làm việc", 5, "working_days"),
        ("30 Ngày", 30, "days"),
        ("8 Giờ", 8, "hours"),
        ("2 Tháng", 2, "months"),
    ],
)
def test_a_deadline_has_a_number_and_a_unit(cell: str, number: int, unit: str) -> None:
    (way,), reading = read(f"Trực tuyến{cell}Miễn phí")
    assert way.deadline
    assert (way.deadline.number, way.deadline.unit) == (number, unit)
    assert way.deadline.at.text == cell
    assert not reading.unread


def test_every_channel_is_a_way_of_its_own() -> None:
    ways, _reading = read(
        "Trực tuyến3 NgàyMiễn phíDịch vụ bưu chính5 NgàyMiễn phíTrực tiếp4 Giờ10,000 VNĐ"
    )
    assert [way.channel for way in ways] == ["online", "post", "in_person"]
    assert [way.deadline.number for way in ways if way.deadline] == [3, 5, 4]


def test_a_channel_may_have_several_deadlines_by_case() -> None:
    ways, _reading = read(
        "Trực tiếp12 NgàyMiễn phíTrường hợp cấp mớiTrực tiếp2 NgàyMiễn phíTrường hợp cấp lại"
    )
    assert [way.description.text for way in ways if way.description] == [
        "Trường hợp cấp mới",
        "Trường hợp cấp lại",
    ]


def test_a_channel_named_in_a_description_is_not_a_way() -> None:
    (way,), _reading = read("Trực tuyến3 NgàyMiễn phíTrực tuyến qua Cổng; Trực tiếp: tại trụ sở")
    assert way.description
    assert way.description.text == "Trực tuyến qua Cổng; Trực tiếp: tại trụ sở"


def test_a_number_without_a_unit_is_not_a_deadline() -> None:
    (way,), reading = read("Trực tiếp1Miễn phí(Không có)")
    assert way.deadline is None
    assert missed(reading) == [("deadline", "no_unit")]


def test_the_description_says_the_deadline_that_the_cell_does_not() -> None:
    (way,), reading = read("Trực tiếp1Miễn phí03 ngày làm việc kể từ ngày nhận đủ hồ sơ")
    assert way.deadline
    assert (way.deadline.number, way.deadline.at.text) == (3, "03 ngày làm việc")
    assert not reading.unread


def test_steps_of_a_description_are_not_the_deadline() -> None:
    (way,), reading = read(
        "Trực tiếp1Miễn phí03 ngày, kể từ ngày nhận; trình trong 02 ngày kể từ khi xong"
    )
    assert way.deadline is None
    assert missed(reading) == [("deadline", "no_unit")]


@pytest.mark.parametrize("glued", ["120 VNĐ", "125 VNĐ", "1100,000 VNĐ"])
def test_numbers_run_together_are_neither_deadline_nor_fee(glued: str) -> None:
    (way,), reading = read(f"Trực tiếp{glued}(một lần)")
    assert (way.deadline, way.fee) == (None, None)
    assert missed(reading) == [("deadline", "glued_numbers"), ("fee", "glued_numbers")]


def test_a_sum_without_its_thousands_is_not_a_fee_but_its_note_is_kept() -> None:
    (way,), reading = read("Trực tiếp3 Ngày25 VNĐ(25.000 đồng/lần)")
    assert way.fee
    assert way.fee.sum is None
    assert [(one.number, one.unit) for one in way.fee.noted] == [(25_000, "VND")]
    assert missed(reading) == [("fee", "sum_too_small")]


def test_a_fee_has_its_sum_money_and_note() -> None:
    (way,), _reading = read(
        "Trực tiếp3 Ngày1,100,000 Việt Nam Đồng(một lần (cấp mới))Nộp tại trụ sở"
    )
    assert way.fee
    assert way.fee.sum
    assert (way.fee.sum.number, way.fee.sum.unit) == (1_100_000, "VND")
    assert way.fee.note
    assert way.fee.note.text == "một lần (cấp mới)"
    (way,), _reading = read("Trực tiếp3 Ngày25 USD")
    assert way.fee
    assert way.fee.sum
    assert (way.fee.sum.number, way.fee.sum.unit) == (25, "USD")


def test_free_with_a_note_that_rules_otherwise_is_not_free() -> None:
    (ruled,), _reading = read(
        "Trực tiếp3 NgàyMiễn phí(Mức thu do Hội đồng nhân dân tỉnh quyết định, giảm 50%)"
    )
    (free,), _reading = read("Trực tiếp3 NgàyMiễn phí(Không có)")
    assert ruled.fee
    assert free.fee
    assert (ruled.fee.kind, free.fee.kind) == (FeeKind.NOTED, FeeKind.FREE)
    assert [(one.number, one.unit) for one in ruled.fee.noted] == [(50, "%")]


def test_what_the_source_leaves_empty_is_neither_read_nor_unread() -> None:
    (way,), reading = read("Trực tiếpKhông có thông tinKhông có thông tin")
    assert (way.deadline, way.fee) == (None, None)
    assert (reading.read, reading.empty) == ({"channel": 1}, {"deadline": 1, "fee": 1})
    assert not reading.unread


def test_a_deadline_may_be_said_in_words() -> None:
    (way,), _reading = read("Trực tuyếnKhông phải trả kết quảMiễn phíNộp qua mạng")
    assert way.words
    assert way.words.text == "Không phải trả kết quả"


def test_another_table_is_told_and_not_guessed() -> None:
    ways, reading = read("Nộp hồ sơ trong 5 ngày")
    assert ways == ()
    assert missed(reading) == [("channel", "not_understood")]
