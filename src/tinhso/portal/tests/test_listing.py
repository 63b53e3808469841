"""Home, procedures, one's own: found without accents, in a fixed number of queries, within their weight."""

from __future__ import annotations

import gzip
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tinhso.dossiers.models import Procedure, ProcedureVersion
from tinhso.dossiers.tests.factories import MARRIAGE, submitted
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tinhso.dossiers.tests.factories import Desk

LIGHT = 100 * 1024
STATIC = [
    "ui/vendor/fonts/public-sans-latin.woff2",
    "ui/vendor/fonts/public-sans-vietnamese.woff2",
    "ui/vendor/govuk/govuk-frontend.min.css",
    "ui/hub.css",
    "ui/hub.js",
    "ui/photo.js",
    "ui/mark.svg",
]


def weight(client: Client, address: str) -> int:
    """Bytes of a first visit: the page, its styles, its script and the letters."""
    page = client.get(address).content
    sent = [gzip.compress(page)]
    for name in STATIC:
        content = _file(name)
        sent.append(content if name.endswith(".woff2") else gzip.compress(content))
    return sum(map(len, sent))


def _file(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str)
    with open(found, "rb") as file:  # noqa: PTH123 - finders give a name
        return file.read()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("typed", ["doc than", "độc thân", "TINH TRANG HON NHAN", MARRIAGE])
def test_procedures_are_found_by_everyday_words(client: Client, typed: str) -> None:
    page = client.get(reverse("portal:procedures"), {"tim": typed})
    assert [line.code for line, _own, _level in page.context["rows"]] == [MARRIAGE]


@pytest.mark.usefixtures("desk")
def test_a_word_that_finds_nothing_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("portal:procedures"), {"tim": "zzz"})
    assert page.status_code == 200
    assert "Xem tất cả thủ tục" in page.content.decode()


@pytest.mark.usefixtures("desk")
def test_the_list_asks_the_same_number_of_questions_however_long(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("portal:procedures")
    client.get(address)
    with django_assert_num_queries(4) as short:
        client.get(address)
    pattern = ProcedureVersion.objects.get(procedure__code=MARRIAGE)
    for number in range(12):
        procedure = Procedure.objects.create(code=f"9.{number:06}", name=f"Thủ tục {number}")
        ProcedureVersion.objects.create(
            procedure=procedure,
            version=1,
            period=(date(2020, 1, 1), None),
            level=pattern.level,
            field=pattern.field,
            definition=pattern.definition,
            workflow=pattern.workflow,
            content_hash=str(number),
        )
    with django_assert_num_queries(len(short)):
        client.get(address)


@pytest.mark.usefixtures("desk")
def test_a_procedure_says_what_it_takes(client: Client) -> None:
    page = client.get(reverse("portal:procedure", args=[MARRIAGE])).content.decode()
    assert "3 ngày làm việc" in page
    assert "15.000" in page
    assert "đang được rà soát" in page
    assert client.get(reverse("portal:procedure", args=["9.999999"])).status_code == 404


def test_ones_own_are_listed_in_a_fixed_number_of_queries(
    client: Client, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lan = signed_in(client)
    submitted(desk, actor=lan)
    submitted(desk)
    address = reverse("portal:own")
    with django_assert_num_queries(11) as short:
        page = client.get(address)
    assert page.context["page"].paginator.count == 1
    for _time in range(4):
        submitted(desk, actor=lan)
    with django_assert_num_queries(len(short)):
        page = client.get(address)
    assert page.context["page"].paginator.count == 1 + 4


@pytest.mark.usefixtures("db")
def test_ones_own_asks_who_is_there(client: Client) -> None:
    assert client.get(reverse("portal:own")).status_code == 302


@pytest.mark.usefixtures("desk", "demonstration")
def test_a_citizens_pages_are_light(client: Client) -> None:
    step = reverse("portal:step", args=[begin(client).uuid, "nguoi-nop"])
    for address in (reverse("portal:home"), step):
        assert weight(client, address) <= LIGHT
