"""The glued legal basis and results."""

from __future__ import annotations

from tinhso.dossiers.catalogue.bases import bases_of, outcomes_of
from tinhso.dossiers.catalogue.values import Reading, Source
from tinhso.dossiers.tests.catalogue.samples import BASES


def numbers(text: str) -> list[tuple[str, str]]:
    return [
        (one.number, one.day) for one in bases_of(Source("can_cu_phap_ly", BASES + text), Reading())
    ]


def test_each_document_is_named_once_with_the_day_that_is_stated() -> None:
    assert numbers(
        "Luật Thử12/2014/QH13Nghị định 34/2015/NĐ-CP ngày 5/11/2015 của Chính phủ34/2015/NĐ-CP"
    ) == [
        ("12/2014/QH13", ""),
        ("34/2015/NĐ-CP", "2015-11-05"),
    ]


def test_a_number_in_a_title_is_not_a_document_of_its_own() -> None:
    assert numbers("Sửa đổi Thông tư 01/2020/TT-BTC ngày 2/3/2020 về thử02/2021/TT-BTC") == [
        ("02/2021/TT-BTC", "")
    ]


def test_numbers_run_together_are_told_apart_by_their_signs() -> None:
    assert numbers("Luật số 27/2023/QH1527/2023/QH15Luật Doanh nghiệp 202076/2025/QH15") == [
        ("27/2023/QH15", ""),
        ("76/2025/QH15", ""),
    ]


def test_a_day_that_does_not_exist_is_not_read() -> None:
    reading = Reading()
    bases_of(
        Source("c", f"{BASES}Nghị định 34/2015/NĐ-CP ngày 31/2/2015 về thử34/2015/NĐ-CP"), reading
    )
    assert [one.kind for one in reading.unread] == ["basis_day"]


def test_results_have_their_codes_and_not_the_buttons_of_the_page() -> None:
    text = "Giấy phépMã: KQ.G10.000031Văn bản từ chốiMã: KQ.G10.000032Từ khóaKhông có thông tinChọn cơ quan"
    found = outcomes_of(Source("ket_qua_xu_ly", text), Reading())
    assert [(one.name.text, one.code) for one in found] == [
        ("Giấy phép", "KQ.G10.000031"),
        ("Văn bản từ chối", "KQ.G10.000032"),
    ]
