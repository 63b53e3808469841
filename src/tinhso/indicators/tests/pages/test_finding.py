"""A figure is found by the words that people type, without accents."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.html import strip_tags

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.pages.finding import called, is_clear, rank, understood
from tinhso.indicators.pages.intervals import Interval

if TYPE_CHECKING:
    from tests.cast import Cast
    from tinhso.indicators.tests.pages.conftest import SignIn

TODAY = date(2026, 11, 22)
AGENCIES = [
    (name, key)
    for key, given in [
        ("y-te", "Sở Y tế tỉnh Quảng Ngãi"),
        ("noi-vu", "Sở Nội vụ"),
        ("ha", "Xã Đăk Hà"),
    ]
    for name in called(given)
]
SEPTEMBER = Interval(date(2026, 9, 1), date(2026, 9, 30))


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
    ],
)  # fmt: skip
def test_days_and_agency_are_understood(
    typed: str, first: str, last: str, agency: str, words: str
) -> None:
    read = understood(typed, TODAY, AGENCIES)
    assert read.interval == Interval(date.fromisoformat(first), date.fromisoformat(last))
    assert (read.agency, " ".join(read.words)) == (agency, words)


@pytest.mark.parametrize("typed", ["", "   ", "%%%", "tháng 13", "quy 9", "\u200b", "9" * 200])
def test_anything_may_be_typed(typed: str) -> None:
    assert understood(typed, TODAY, AGENCIES).interval is None


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
    assert "Đã hiểu là: Tháng 11/2026 · UBND xã Ba Gia" in said
    assert "10 trong 40 vụ việc" in said
    assert said.count("trong 40") == 1
