"""Procedures are found without accents, with slips of the finger, in everyday words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pytest_django import DjangoAssertNumQueries

from tinhso.dossiers.catalogue.asking import everyday, readings
from tinhso.dossiers.catalogue.searching import is_one_slip, search
from tinhso.dossiers.models import Finding, FindingWord
from tinhso.dossiers.tests.catalogue.samples import BIRTH, SHOP, WELL, small
from tinhso.dossiers.tests.catalogue.test_importing import bring
from tinhso.dossiers.tests.catalogue.test_nothing_invented import REAL
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.folding import fold

pytestmark = pytest.mark.django_db

QUESTIONS = Path(__file__).with_name("questions.yaml")
FIRST = 5
LEAST_FOUND = 0.95
MOST_QUERIES = 4


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("DANG KY KHAI SINH", BIRTH),
        ("dang ky khai sihn", BIRTH),
        ("dang ky khaisinh", BIRTH),
        ("làm giấy khai sinh", BIRTH),
        ("khai si", BIRTH),
        ("mở quán", SHOP),
        ("ho kinh doang", SHOP),
        ("khoan giếng", WELL),
        (WELL, WELL),
    ],
)
def test_the_procedure_meant_comes_first(typed: str, code: str, tmp_path: Path) -> None:
    bring(tmp_path, small())
    assert search(typed)[0].line.code == code


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zzzqqq", "'; DROP TABLE", "\\", "%"])
def test_a_question_without_an_answer_finds_nothing(typed: str, tmp_path: Path) -> None:
    bring(tmp_path, small())
    assert search(typed) == []


def test_a_house_that_was_updated_gets_its_lines_once(tmp_path: Path) -> None:
    bring(tmp_path, small())
    Finding.objects.all().delete()
    FindingWord.objects.all().delete()
    assert search("khai sinh")
    before = set(Finding.objects.values_list("pk", flat=True))
    assert search("zzzqqq") == []
    assert set(Finding.objects.values_list("pk", flat=True)) == before


def test_where_there_is_nothing_to_find_a_search_writes_nothing(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES + 2) as asked:
        assert search("khai sinh") == []
    assert not any("DELETE" in query["sql"] for query in asked.captured_queries)


def test_a_search_asks_few_questions_of_the_database(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bring(tmp_path, small())
    with django_assert_max_num_queries(MOST_QUERIES):
        search("xin giấy khai sinh cho con ở đâu giayphep xyzw " * 20)


def test_a_slip_is_one_letter_or_two_that_changed_places() -> None:
    assert all(is_one_slip("sinh", other) for other in ("sihn", "sin", "sinhh", "sink", "snih"))
    assert not any(is_one_slip("sinh", other) for other in ("sinh", "sanhs", "si", "hnis"))


def test_courtesies_are_passed_over_unless_nothing_else_is_left() -> None:
    assert readings("Tôi muốn làm thủ tục tách thửa")[0] == ("tach", "thua")
    assert readings("thủ tục")[0] == ("thu", "tuc")


def test_every_line_of_everyday_words_says_something() -> None:
    assert all(said and meaning for said, meaning in everyday().said)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real catalogue is not beside this clone")
def test_of_the_real_catalogue_the_procedure_meant_is_among_the_first_five() -> None:
    from tinhso.dossiers.services.catalogue import import_catalogue  # noqa: PLC0415
    from tinhso.dossiers.tests.catalogue.test_importing import AT  # noqa: PLC0415

    import_catalogue(REAL, actor=SystemActor("import-procedures"), at=AT)
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    missed = [
        typed
        for typed, meant in questions
        if not any(re.search(meant, fold(found.line.name)) for found in search(typed)[:FIRST])
    ]
    assert len(missed) <= (1 - LEAST_FOUND) * len(questions), missed
