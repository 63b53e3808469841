"""The menu of figures and reports shows to each what they can open, and leaders' pages to who answers for figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.cast import Cast

BOARD = {"/chi-dao/", "/chi-dao/co-quan/", "/chi-dao/xa/", "/chi-tieu/ky/"}
CATALOGUE, REPORTS = {"/chi-tieu/"}, {"/bao-cao/"}
SEEN = {
    "minh": CATALOGUE,
    "nam": CATALOGUE,
    "hoa": CATALOGUE | BOARD | REPORTS,
    "tu": CATALOGUE | BOARD | REPORTS,
    "van": set(),
    "an": set(),
}


@pytest.mark.slow
def test_each_of_the_cast_sees_what_they_can_open(cast: Cast) -> None:
    for name, wanted in SEEN.items():
        client = Client()
        client.force_login(cast.users[name])
        page = client.get("/tai-khoan").content.decode()
        found = set(re.findall(r'<li><a href="(/(?:chi-dao|chi-tieu|bao-cao)/[^"]*)"', page))
        assert found == wanted, name
        assert {client.get(address).status_code for address in found} <= {200}, name
