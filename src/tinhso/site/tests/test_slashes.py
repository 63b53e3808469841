"""Every address answers with a slash at its end and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/ho-so", "/ho-so/"),
        ("/co-quan/", "/co-quan"),
        ("/co-quan/cai-cach/", "/co-quan/cai-cach"),
        ("/dang-nhap/", "/dang-nhap"),
        ("/suc-khoe/", "/suc-khoe"),
    ],
)
def test_the_other_way_of_typing_leads_to_the_address(
    client: Client, typed: str, address: str
) -> None:
    answer = client.get(f"{typed}?ngay=2025-06-30")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{address}?ngay=2025-06-30"


@pytest.mark.parametrize("typed", ["/khong-co", "/khong-co/", "/co-quan//"])
def test_what_is_no_address_is_not_found(client: Client, typed: str) -> None:
    assert client.get(typed).status_code == 404
