"""A figure is found by words without accents: which indicator, which interval, which agency."""

from __future__ import annotations

from datetime import date

import pytest

from tinhso.agencies.tests.factories import make_agency
from tinhso.indicators.queries import Found, find
from tinhso.indicators.tests.cases import AT, publish
from tinhso.indicators.tests.test_observe import EVERYBODY, Reader
from tinhso.kernel.permissions import PermissionMissing

pytestmark = pytest.mark.usefixtures("cases")
SEPTEMBER = date(2026, 9, 1), date(2026, 9, 30)


def _first(text: str) -> Found:
    publish("online-ratio", name="Tỷ lệ hồ sơ trực tuyến", ratio={"is": "is_online"})
    publish("on-time-ratio", name="Tỷ lệ giải quyết đúng hạn", ratio={"is": "is_on_time"})
    return find(text, actor=EVERYBODY, at=AT)[0]


def test_words_without_accents_name_indicator_month_and_agency() -> None:
    health = make_agency("Sở Y tế")
    make_agency("Sở Xây dựng")
    found = _first("ty le ho so truc tuyen thang 9 so y te")
    assert found.indicator.code == "online-ratio"
    assert (found.cut.first, found.cut.last) == SEPTEMBER
    assert found.agency == health.pk


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("đúng hạn tháng 12", date(2025, 12, 1), date(2025, 12, 31)),
        ("dung han quy 3 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("dung han quý III", date(2026, 7, 1), date(2026, 9, 30)),
        ("dung han nam 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("dung han thang 2 nam 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("giải quyết đúng hạn", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_period_is_understood(text: str, first: date, last: date) -> None:
    found = _first(text)
    assert found.indicator.code == "on-time-ratio"
    assert (found.cut.first, found.cut.last, found.agency) == (first, last, None)


def test_nothing_is_found_for_words_of_something_else() -> None:
    _first("đúng hạn")
    assert find("thời tiết hôm nay", actor=EVERYBODY, at=AT) == []
    with pytest.raises(PermissionMissing):
        find("đúng hạn", actor=Reader(frozenset()), at=AT)
