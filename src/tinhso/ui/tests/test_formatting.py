"""Numbers and dates as Vietnamese administration writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tinhso.ui import formatting


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (220050, None, "220.050"),
        (98.25, None, "98,25"),
        (Decimal("21.740"), None, "21,74"),
        (98.25, 1, "98,3"),
        (50, 2, "50,00"),
        (-1316, None, "-1.316"),
        (Decimal("-0.001"), 0, "0"),
        (0, None, "0"),
        (None, None, "—"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_a_number_has_points_between_thousands_and_a_comma_before_decimals(
    value: Decimal | None, places: int | None, written: str
) -> None:
    assert formatting.number(value, places) == written


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12
    )
)
def test_a_written_number_reads_back_as_itself(value: Decimal) -> None:
    read = Decimal(formatting.number(value).replace(".", "").replace(",", "."))
    assert read == value


def test_an_instant_is_read_in_the_official_time_zone() -> None:
    instant = datetime(2023, 9, 30, 17, 30, tzinfo=UTC)
    assert formatting.day(instant) == "01/10/2023"
    assert formatting.clock(instant) == "00:30"
    assert formatting.moment(instant) == "00:30, 01/10/2023"
    with translation.override("en"):
        assert formatting.day(instant) == "1 Oct 2023"


def test_an_appointment_names_the_weekday() -> None:
    assert (
        formatting.with_weekday(datetime(2023, 10, 3, 10, 0, tzinfo=UTC))
        == "17:00, thứ Ba 03/10/2023"
    )
    assert formatting.with_weekday(date(2026, 11, 22)) == "Chủ nhật 22/11/2026"


def test_nothing_is_a_dash() -> None:
    assert [
        formatting.day(None),
        formatting.clock(None),
        formatting.moment(None),
        formatting.with_weekday(None),
    ] == ["—"] * 4


@pytest.mark.parametrize(
    ("value", "part", "whole", "words"),
    [
        ("21.74", 5, 23, "21,74%"),
        ("0.00", 3, 100_000, "< 0,01%"),
        ("100.00", 99_999, 100_000, "> 99,99%"),
        ("0.00", 0, 7, "0%"),
        ("100.00", 7, 7, "100%"),
    ],
)
def test_a_share_is_never_told_as_nothing_or_all_that_it_is_not(
    value: str, part: int, whole: int, words: str
) -> None:
    assert formatting.told(Decimal(value), "%", part, whole) == words


def test_a_month_is_named_in_english() -> None:
    assert formatting.month(2026, 11) == "tháng 11/2026"
    with translation.override("en"):
        assert formatting.month(2026, 11) == "November 2026"


def test_a_share_is_told_to_a_tenth() -> None:
    assert [formatting.share(part, 4606) for part in (0, 1, 167, 4605, 4606)] == [
        *("0%", "< 0,1%", "3,6%", "> 99,9%", "100%")
    ]
    assert formatting.share(0, 0) == "—"
