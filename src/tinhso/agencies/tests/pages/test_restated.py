"""Figures across a reform on the page: both ways, the chart, the line "chưa phân bổ", the CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tinhso.agencies import counted_records
from tinhso.agencies.counted_records import CountedRecords
from tinhso.agencies.models import SuccessionKind
from tinhso.agencies.tests.test_comparing import UNITED, commune, follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.test import Client

    from tests.cast import Cast

ASKED = {"so_lieu": "test", "tu": "2025-01-01", "den": "2025-06-30"}


@pytest.fixture
def divided(cast: Cast) -> Iterator[None]:
    """A commune that was divided between two, with records of an app above."""
    del cast
    old = commune("Xã Hai", until=UNITED)
    for name in ("Xã Ba", "Xã Bốn"):
        follows(old, commune(name, since=UNITED), SuccessionKind.SPLIT)

    def count(first: date, last: date) -> Mapping[int, int]:
        return {old.pk: 12} if first <= date(2025, 3, 1) <= last else {}

    counted_records.register(CountedRecords("test", "Việc thử", count))
    yield
    del counted_records.providers._entries["test"]


@pytest.mark.usefixtures("divided")
@pytest.mark.slow
def test_it_says_what_is_unallocated_and_keeps_the_total(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["minh"])
    page = client.get("/co-quan/quy-doi", ASKED)
    said = page.content.decode()
    assert page.status_code == 200
    assert page.context["found"].total_then == page.context["found"].total_now == 12
    assert page.context["found"].now == ()
    assert "Chưa phân bổ" in said
    assert "UBND xã Hai" in said
    assert '<svg class="chart' in said
    assert (
        "Chưa phân bổ</b>"
        not in client.get("/co-quan/quy-doi", {**ASKED, "theo": "luc-do"}).content.decode()
    )


@pytest.mark.usefixtures("divided")
def test_the_csv_holds_both_ways(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["minh"])
    answer = client.get("/co-quan/quy-doi/tai-ve", ASKED)
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [tuple(row.values()) for row in rows] == [
        ("nhu_luc_do", "UBND xã Hai", "12"),
        ("chua_phan_bo", "UBND xã Hai", "12"),
    ]


@pytest.mark.usefixtures("divided")
def test_a_period_upside_down_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["minh"])
    turned = {**ASKED, "den": "2024-12-31"}
    for path in ("/co-quan/quy-doi", "/co-quan/quy-doi/tai-ve"):
        page = client.get(path, turned)
        assert page.status_code == 422
        assert "Ngày cuối phải bằng hoặc sau ngày đầu." in page.content.decode()


def test_a_citizen_may_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["lan"])
    assert client.get("/co-quan/quy-doi").status_code == 403
