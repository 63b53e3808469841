"""The search of the citizens' pages over all packs: in both languages, and nothing rather than a wrong neighbour."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.tests.factories import publish
from tinhso.portal.tests.guiding import publish_guides

BIRTH, MARITAL, SHOP = "1.001193", "1.004873", "1.001612"
HOUSE, WORKS, LAND, COPIES = "1.013225", "1.013236", "1.013833", "2.000815"
FOOD = "2.001827"


@pytest.fixture
def _packs(db: None) -> None:
    del db
    publish(BIRTH, MARITAL, SHOP, HOUSE, WORKS, LAND, COPIES, FOOD)
    publish_guides()


def found(typed: str, language: str) -> tuple[list[str], list[str]]:
    """The codes of the procedures and of the guides that answer."""
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(reverse("portal:procedures"), {"tim": typed})
    lines = [line.code for line, _own, _level in page.context["rows"]]
    return lines, [guide.code for guide in page.context["guides"]]


@pytest.mark.usefixtures("_packs")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("typed", "codes", "guide"),
    [
        ("birth", {BIRTH}, "sinh-con"),
        ("birth registration", {BIRTH}, "sinh-con"),
        ("marriage", {MARITAL}, "ket-hon"),
        ("permit", {HOUSE, WORKS}, ""),
        ("construction permit", {HOUSE, WORKS}, "xay-nha"),
        ("household business", {SHOP}, "mo-quan-an"),
        ("how to apply for a permit", {HOUSE, WORKS}, ""),
    ],
)
def test_english_words_find_what_they_name(
    typed: str, codes: set[str], guide: str, language: str
) -> None:
    lines, guides = found(typed, language)
    assert codes <= set(lines)
    assert not guide or guide in guides


@pytest.mark.usefixtures("_packs")
@pytest.mark.parametrize(
    ("typed", "codes", "guide"),
    [
        ("khai tu", [], "nguoi-than-qua-doi"),
        ("dang ky khai tu", [], "nguoi-than-qua-doi"),
        ("lam can cuoc", [], ""),
        ("chung thuc", [COPIES], ""),
        ("khai sinh", [BIRTH], ""),
        ("dang ky khai sihn", [BIRTH], ""),
    ],
)
def test_a_neighbour_that_only_shares_syllables_is_no_answer(
    typed: str, codes: list[str], guide: str
) -> None:
    lines, guides = found(typed, "vi")
    assert lines == codes
    assert not guide or guide in guides
