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
        assert formatting.day(instant) == "1/10/2023"


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
