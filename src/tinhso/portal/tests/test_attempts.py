"""How many wrong pairs are let through, and whose they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from tinhso.dossiers.tests.factories import ID, received, submitted
from tinhso.kernel.identifiers import show_reference
from tinhso.portal.pages import attempts

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk

WRONG = "000190000009"
CODE = "H99.41-260914-0001"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def guess(client: Client, code: str | None, number: str = WRONG, **sent: str) -> int:
    """The status of the answer to one guess."""
    pair = {"ma": code or "", "so": number}
    return client.post(reverse("portal:look_up"), pair, **sent).status_code  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _one_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a quarter of an hour does not fall into a test."""
    monkeypatch.setattr(attempts, "WINDOW", 10**9)


@pytest.mark.slow
def test_right_pairs_are_not_counted(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for _time in range(attempts.PER_CODE_IN_ALL + 1):
        assert guess(client, dossier.number, ID) == 302
    assert guess(client, dossier.number) == 422


@pytest.mark.slow
def test_refused_guesses_do_not_lengthen_the_wait(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for _time in range(attempts.PER_CODE):
        guess(client, dossier.number, REMOTE_ADDR=HERE)
    for _time in range(attempts.PER_CODE_IN_ALL):
        assert guess(client, dossier.number, ID, REMOTE_ADDR=HERE) == 429
    assert guess(client, dossier.number, ID, REMOTE_ADDR=ELSEWHERE) == 302


@pytest.mark.slow
def test_many_addresses_do_not_guess_at_one_number(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for number in range(attempts.PER_CODE_IN_ALL):
        assert guess(client, dossier.number, REMOTE_ADDR=f"192.0.2.{number + 1}") == 422
    assert guess(client, dossier.number, ID, REMOTE_ADDR=ELSEWHERE) == 429


def test_one_code_written_in_many_ways_is_one_code(client: Client, desk: Desk) -> None:
    reference = submitted(desk).reference or ""
    written = (reference, show_reference(reference), reference.lower(), f" {reference}", reference)
    for each in written:
        assert guess(client, each) == 422
    assert guess(client, reference.replace("0", "O").replace("1", "l"), ID) == 429


def test_the_next_quarter_counts_anew(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = received(desk)
    for _time in range(attempts.PER_CODE):
        guess(client, dossier.number)
    assert guess(client, dossier.number, ID) == 429
    monkeypatch.setattr(attempts, "WINDOW", 10**8)
    assert guess(client, dossier.number, ID) == 302


def test_behind_proxies_the_client_s_own_address_counts(
    client: Client, desk: Desk, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    dossier = received(desk)
    for forged in range(attempts.PER_CODE):
        chain = f"203.0.113.{forged}, {HERE}, 10.0.0.1"
        assert guess(client, dossier.number, HTTP_X_FORWARDED_FOR=chain) == 422
    by = {"HTTP_X_FORWARDED_FOR": f"{HERE}, 10.0.0.1"}
    assert guess(client, dossier.number, ID, **by) == 429
    by = {"HTTP_X_FORWARDED_FOR": f"{ELSEWHERE}, 10.0.0.1"}
    assert guess(client, dossier.number, ID, **by) == 302


def test_without_proxies_nobody_names_their_own_address(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for forged in range(attempts.PER_CODE):
        by = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{forged}"}
        assert guess(client, dossier.number, **by) == 422
    assert guess(client, dossier.number, ID, HTTP_X_FORWARDED_FOR=ELSEWHERE) == 429


def test_a_network_of_the_sixth_version_is_one_address(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for host in range(attempts.PER_CODE):
        assert guess(client, dossier.number, REMOTE_ADDR=f"2001:db8::{host + 1}") == 422
    assert guess(client, dossier.number, ID, REMOTE_ADDR="2001:db8::ffff") == 429
    assert guess(client, dossier.number, ID, REMOTE_ADDR="2001:db8:0:1::1") == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_guesses_at_the_same_moment_are_all_counted() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=HERE)

    def take(_number: int) -> bool:
        try:
            return bool(attempts.take_place(request, CODE))
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(max_workers=6) as crowd:
            let_through = sum(crowd.map(take, range(24)))
        assert let_through == attempts.PER_CODE
        assert not attempts.take_place(request, CODE)
    finally:
        cache.clear()  # these rows were committed, and the cache's table is no model's
