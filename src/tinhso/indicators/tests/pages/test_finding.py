"""A figure is found by the words that people type, without accents."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.html import strip_tags

from tinhso.agencies.models import AgencyKind
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.pages.finding import is_clear, rank
from tinhso.indicators.pages.intervals import Interval
from tinhso.indicators.pages.understanding import Called, called, understood
from tinhso.indicators.tests.pages.conftest import target

if TYPE_CHECKING:
    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

TODAY = date(2026, 11, 22)
AGENCIES = [
    Called(name, key)
    for key, kind, given in [
        ("y-te", AgencyKind.DEPARTMENT, "Sở Y tế tỉnh Quảng Ngãi"),
        ("noi-vu", AgencyKind.DEPARTMENT, "Sở Nội vụ"),
        ("nnmt", AgencyKind.DEPARTMENT, "Sở Nông nghiệp và Môi trường"),
        ("ha", AgencyKind.COMMUNE, "Xã Đăk Hà"),
        ("ba-to", AgencyKind.COMMUNE, "Xã Ba Tơ"),
        ("ba-tô", AgencyKind.COMMUNE, "Xã Ba Tô"),
        ("khe", AgencyKind.COMMUNE, "Xã Tịnh Khê"),
        ("son-1", AgencyKind.COMMUNE, "Xã Trà Sơn"),
        ("son-2", AgencyKind.COMMUNE, "Xã Trà Sơn"),
    ]
    for name in called(given, kind)
]


@pytest.mark.parametrize(
    ("typed", "first", "last", "agency", "words"),
    [
        ("ty le ho so truc tuyen thang 9 so y te", "2026-09-01", "2026-09-30", "y-te", "ty le ho so truc tuyen"),
        ("Hồ sơ đúng hạn tháng 12 ở Sở Nội vụ", "2025-12-01", "2025-12-31", "noi-vu", "ho so dung han o"),
        ("dung han 9/2023 ubnd xa dak ha", "2023-09-01", "2023-09-30", "ha", "dung han"),
        ("quá hạn quý III năm 2025", "2025-07-01", "2025-09-30", "", "qua han"),
        ("qua han nam nay", "2026-01-01", "2026-12-31", "", "qua han"),
        ("qua han nam 2024", "2024-01-01", "2024-12-31", "", "qua han"),
        ("qua han thang truoc", "2026-10-01", "2026-10-31", "", "qua han"),
        ("hom nay", "2026-11-22", "2026-11-22", "", ""),
        ("so y te truc tuyen t9/2026", "2026-09-01", "2026-09-30", "y-te", "truc tuyen"),
        ("quy 3 xa ba to dung han", "2026-07-01", "2026-09-30", "ba-to ba-tô", "dung han"),
        ("đúng hạn Ba Tơ q.iv/2025", "2025-10-01", "2025-12-31", "ba-to", "dung han"),
        ("SYT tl hs tt T12", "2025-12-01", "2025-12-31", "y-te", "ty le ho so truc tuyen"),
        ("9-2026 sở nnmt qh", "2026-09-01", "2026-09-30", "nnmt", "qua han"),
        ("xã trà sơn năm 2024", "2024-01-01", "2024-12-31", "son-1 son-2", ""),
        ("6 tháng đầu năm 2025, Sở Nội vụ", "2025-01-01", "2025-06-30", "noi-vu", ""),
    ],
)  # fmt: skip
def test_days_and_agency_are_understood_in_any_order(
    typed: str, first: str, last: str, agency: str, words: str
) -> None:
    read = understood(typed, TODAY, lambda _days: AGENCIES)
    assert read.interval == Interval(date.fromisoformat(first), date.fromisoformat(last))
    assert (" ".join(read.agencies), " ".join(read.words)) == (agency, words)


def test_what_was_understood_can_be_taken_out_of_what_was_typed() -> None:
    read = understood("Quý 3 UBND Xã Ba Tơ đúng hạn", TODAY, lambda _days: AGENCIES)
    assert read.without_interval == "UBND Xã Ba Tơ đúng hạn"
    assert read.without_agency == "Quý 3 đúng hạn"


@pytest.mark.parametrize("typed", ["", "   ", "%%%", "tháng 13", "quy 9", "\u200b", "9" * 200])
def test_anything_may_be_typed(typed: str) -> None:
    assert understood(typed, TODAY, lambda _days: AGENCIES).interval is None


def indicator(code: str, name: str) -> Indicator:
    return Indicator(code=code, version="1", pack="p", name=name)


KNOWN = [
    indicator("online", "Tỷ lệ hồ sơ trực tuyến"),
    indicator("payment", "Tỷ lệ thanh toán trực tuyến"),
    indicator("on-time", "Tỷ lệ hồ sơ đúng hạn"),
    indicator("teams", "Tổ công nghệ số cộng đồng"),
]


@pytest.mark.parametrize(
    ("typed", "best"),
    [("ty le ho so truc tuyen", "online"), ("thanh toan", "payment"), ("dung han", "on-time"), ("to cnscd", None)],
)  # fmt: skip
def test_the_indicator_meant_comes_first(typed: str, best: str | None) -> None:
    found = rank(typed.split(), KNOWN)
    assert (found[0][0].code if found else None) == best


def test_what_may_mean_several_is_not_decided() -> None:
    found = rank(["ty", "le", "ho", "so"], KNOWN)
    assert {each.code for each, _score in found[:2]} == {"online", "on-time"}
    assert not is_clear([score for _each, score in found])


def test_the_page_shows_the_figure_and_what_was_understood(figures: Cast, sign_in: SignIn) -> None:
    del figures
    query = {"q": "ty le ho so truc tuyen thang 11 xa ba gia"}
    page = sign_in("tu").get("/chi-dao/tim/", query).content.decode()
    said = re.sub(r"\s+", " ", strip_tags(page))
    assert re.search(
        r"Đã hiểu là: Tháng 11/2026( · tính đến [\d/]+)? \(bỏ Tháng 11/2026\) · UBND xã Ba Gia \(bỏ",
        said,
    ), "a month that goes on says to which day it is counted"
    assert "?q=ty%20le%20ho%20so%20truc%20tuyen%20thang%2011" in page, "without the agency"
    assert "10 trong 40 vụ việc" in said
    assert said.count("trong 40") == 1


def test_who_reads_one_agency_finds_it_judged_as_on_the_board(
    figures: Cast, sign_in: SignIn
) -> None:
    del figures
    target(20)
    page = sign_in("hoa").get("/chi-dao/tim/", {"q": "ty le ho so truc tuyen thang 11"})
    said = re.sub(r"\s+", " ", strip_tags(page.content.decode()))
    assert "(bỏ Tháng 11/2026) · UBND xã Ba Gia · chỉ tiêu" in said, "she did not type it"
    assert "10 trong 40 vụ việc" in said
    assert "Đạt" in said
    assert "Chưa kể" not in said
