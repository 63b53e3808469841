"""A request that says it is too large is refused before it is read; so is an address that can name nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_says_so_by_name(client: Client) -> None:
    answer = client.post(reverse("portal:look_up"), {}, CONTENT_LENGTH=str(64 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "64 MB" in answer.content.decode()


def test_a_program_is_told_as_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/dossiers", {}, CONTENT_LENGTH="99999999999")
    assert answer.status_code == 413
    assert answer.json()["code"] == "site.request_too_large"


def test_what_is_within_goes_on(client: Client) -> None:
    assert client.post(reverse("portal:look_up"), {"ma": "x", "so": "1"}).status_code != 413


@pytest.mark.parametrize("address", ["/thu-tuc/%00/", "/danh-muc/%00/", "/api/v1/%00"])
def test_an_address_that_can_name_nothing_is_no_fault(client: Client, address: str) -> None:
    assert client.get(address).status_code in {400, 404}


@pytest.mark.parametrize("body", [{"ma": "x" * 3_000_000}, {f"m{n}": "x" for n in range(2000)}])
def test_what_is_too_long_to_be_read_is_told_on_a_page_of_ours(
    client: Client, body: dict[str, str]
) -> None:
    client.raise_request_exception = False
    answer = client.post(reverse("portal:look_up"), body, headers={"cookie": ""})
    assert answer.status_code == 400
    assert "Bấm nút quay lại của trình duyệt" in answer.content.decode()
