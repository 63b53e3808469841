"""The search of the citizens' pages over all packs: in both languages, and nothing rather than a wrong neighbour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from tests.worlds import begun_with
from tinhso.dossiers.queries.catalogue import find_anywhere
from tinhso.dossiers.tests.factories import pack_book, publish
from tinhso.portal.guides.finding import answering
from tinhso.portal.tests.guiding import publish_guides

BIRTH, MARITAL, SHOP = "1.001193", "1.004873", "1.001612"
HOUSE, WORKS, LAND, COPIES = "1.013225", "1.013236", "1.013833", "2.000815"
FOOD = "2.001827"


@pytest.fixture
@begun_with
def _packs() -> None:
    publish(BIRTH, MARITAL, SHOP, HOUSE, WORKS, LAND, COPIES, FOOD)
    publish_guides()


def found(typed: str, language: str) -> tuple[list[str], list[str]]:
    """The codes of the procedures and of the guides that answer."""
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(reverse("portal:procedures"), {"tim": typed})
    lines = [line.code for line, _own, _level in page.context["rows"]]
    return lines, [guide.code for guide in page.context["guides"]]


@pytest.mark.slow
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


QUESTIONS = Path(__file__).with_name("everyday_questions.yaml")
TODAY = date(2026, 11, 22)


@pytest.fixture
def _all_packs(db: None) -> None:
    del db
    procedures = (source for pack in pack_book().packs for source in pack.sources)
    publish(*(source.code for source in procedures if source.kind == "procedure"))
    publish_guides()


@pytest.mark.usefixtures("_all_packs")
@pytest.mark.slow
def test_everyday_questions_find_what_there_is_and_nothing_else_as_an_answer() -> None:
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    assert (len(questions["have"]), len(questions["have_not"])) == (21, 20)
    missed = {}
    for typed, code, *others in questions["have"]:
        lines, are_answers = find_anywhere(typed)
        codes = [line.code for line in lines]
        if not are_answers or codes[0] != code or set(codes) & set(others):
            missed[typed] = codes
    assert missed == {}
    wrong = {}
    for typed in questions["have_not"]:
        lines, are_answers = find_anywhere(typed)
        if are_answers:
            wrong[typed] = [line.code for line in lines]
    assert wrong == {}


@pytest.mark.usefixtures("_all_packs")
def test_a_neighbour_is_shown_as_one() -> None:
    page = Client().get(reverse("portal:procedures"), {"tim": "dang ky xe may"})
    assert page.context["rows"]
    assert "Không có thủ tục “dang ky xe may”; gần giống:" in page.content.decode()
    answer = Client().get(reverse("portal:procedures"), {"tim": "làm giấy khai sinh"})
    assert "gần giống" not in answer.content.decode()


@pytest.mark.usefixtures("_all_packs")
@pytest.mark.parametrize("typed", ["khoan gieng", "lam can cuoc cong dan"])
def test_a_slip_in_a_word_of_one_syllable_finds_no_guide(typed: str) -> None:
    assert answering(typed, TODAY) == []
    assert [guide.code for guide in answering("cuoi", TODAY)] == ["ket-hon"]
