"""Names as notices write them, and the agencies that they mean today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.tasks.matching import names_for

if TYPE_CHECKING:
    from tinhso.tasks.matching import Names
    from tinhso.tasks.tests.factories import Offices

TODAY = date(2025, 8, 5)


@pytest.fixture
def names(offices: Offices) -> Names:
    return names_for(offices.province.pk, written=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sở Khoa học và Công nghệ", "science"),
        ("Sở KH&CN", "science"),
        ("sở khoa hoc - cong nghe", "science"),
        ("Giám đốc Sở Khoa học và Công nghệ tỉnh", "science"),
        ("Công an tỉnh", "police"),
        ("Chủ tịch UBND tỉnh", "province"),
        ("Uỷ ban nhân dân tỉnh", "province"),
        ("Sở Nội vụ tỉnh Thử nghiệm", "home_affairs"),
    ],
)
def test_a_name_means_one_agency(offices: Offices, names: Names, written: str, meant: str) -> None:
    assert names.find(written) == (getattr(offices, meant).pk,)


@pytest.mark.parametrize(
    "written", ["UBND các xã, phường, đặc khu", "Chủ tịch UBND cấp xã", "các địa phương"]
)
def test_all_communes_are_meant(offices: Offices, names: Names, written: str) -> None:
    assert set(names.find(written)) == {agency.pk for agency in offices.communes}


@pytest.mark.parametrize(
    "written", ["Sở Ngoại vụ", "các cơ quan, đơn vị có liên quan", "Tỉnh đoàn", "Sở"]
)
def test_what_is_not_certain_stays_open(names: Names, written: str) -> None:
    assert names.find(written) == ()


def test_a_commune_is_found_by_its_committee(offices: Offices, names: Names) -> None:
    assert names.find("UBND xã Ba Gia") == (offices.communes[0].pk,)


def test_after_a_reform_the_successor_is_meant(offices: Offices) -> None:
    old = names_for(offices.province.pk, written=date(2024, 3, 6), today=TODAY)
    assert old.find("Sở TT&TT", "phủ sóng các vùng lõm") == (offices.science.pk,)


def test_after_a_reform_the_holder_of_the_field_spoken_of_is_meant(offices: Offices) -> None:
    old = names_for(offices.province.pk, written=date(2024, 3, 6), today=TODAY)
    about = "kiểm tra an toàn thông tin mạng của các hệ thống"
    assert old.find("Sở Thông tin và Truyền thông", about) == (offices.police.pk,)


def test_a_department_is_not_confused_with_that_of_another_province(
    offices: Offices, names: Names
) -> None:
    from tinhso.agencies.models import AgencyKind  # noqa: PLC0415
    from tinhso.agencies.tests.factories import make_agency  # noqa: PLC0415

    other = make_agency("Tỉnh Khác", kind=AgencyKind.PROVINCE)
    make_agency("Sở Ngoại vụ tỉnh Khác", parent=other)
    again = names_for(offices.province.pk, written=TODAY, today=TODAY)
    assert again.find("Sở Ngoại vụ") == ()
    assert names.province == offices.province.pk
