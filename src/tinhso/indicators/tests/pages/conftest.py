"""Cases of a commune and of a department, with indicators over them; Tú reads everything, Hoa her commune."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation

from tinhso.agencies.models import AgencyPeriod
from tinhso.indicators.models import Target
from tinhso.indicators.tests.cases import AT, case, lay, publish

if TYPE_CHECKING:
    from tests.cast import Cast
    from tinhso.warehouse.declaring import FactTable

SignIn = Callable[[str], Client]
ALL = ["agency", "commune", "month", "procedure"]
COMMUNE_CODE = "21034"


@pytest.fixture
def figures(cast: Cast, cases: FactTable) -> Cast:
    """In November 2026: 10 of 40 on line at the commune, 15 of 20 at the department."""
    del cases
    AgencyPeriod.objects.filter(agency=cast.commune).update(
        unit_code=COMMUNE_CODE, latitude=15.1, longitude=108.8
    )
    legal = [{"document": "Nghị định 118/2025/NĐ-CP", "article": "Điều 5", "verified": False}]
    publish(
        "online", "1", name="Tỷ lệ hồ sơ trực tuyến", name_en="Share filed online", board=1,
        direction="higher", ratio={"is": "is_online"}, by=ALL, figures=["I27"], legal_basis=legal,
    )  # fmt: skip
    publish(
        "received", "2", name="Hồ sơ tiếp nhận", unit="hồ sơ", board=2,
        measure={"kind": "count"}, by=["agency", "month"],
    )  # fmt: skip
    publish(
        "lgsp", "3", name="Giao dịch qua LGSP", unit="giao dịch", board=3, fact="", needs="trục"
    )
    publish(
        "empty", "4", name="Hồ sơ thu phí", board=4, where="amount > 9", ratio={"is": "is_online"}
    )
    there = {"agency": cast.commune.pk, "commune": COMMUNE_CODE, "procedure": "1.001"}
    rows = [case(n, date(2026, 11, 2 + n % 18), is_online=n < 10, **there) for n in range(40)]
    rows += [
        case(100 + n, date(2026, 11, 3), agency=cast.department.pk, is_online=n < 15)
        for n in range(20)
    ]
    rows += [case(200 + n, date(2026, 10, 5), is_online=n < 2, **there) for n in range(8)]
    lay(*rows)
    return cast


def target(value: int, **given: object) -> Target:
    """A target for the share filed online in 2026."""
    kept = {
        "indicator": "online", "first": date(2026, 1, 1), "last": date(2026, 12, 31), "at": AT,
        "level": "province", "issuer": "UBND tỉnh", "actor": "system:test",
    }  # fmt: skip
    return Target.objects.create(value=value, **(kept | given))


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def sign_in(cast: Cast) -> SignIn:
    """The browser of one of the cast."""

    def opened(name: str) -> Client:
        client = Client()
        client.force_login(cast.users[name])
        return client

    return opened
