"""Codes of printed papers: only ours are told of, and a paper that says otherwise is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tinhso.kernel.identifiers import CROCKFORD
from tinhso.ui import verifying

KIND = "99"
KEY = "ABCDE12345.1"
MARKS = {"hs": "H48.36-261122-0001", "gt": "Giấy tiếp nhận"}


def _told(key: str) -> verifying.Telling | None:
    if key != KEY:
        return None
    return verifying.Telling("Giấy", "UBND xã", datetime(2026, 11, 22, tzinfo=UTC), [], MARKS)


@pytest.fixture(autouse=True)
def _a_kind() -> Iterator[None]:
    verifying.register(KIND, _told)
    yield
    verifying._TELLERS.pop(KIND)


def test_its_own_code_is_told_of_however_it_is_typed() -> None:
    code = verifying.code_of(KIND, KEY)
    assert verifying.tell(code) is not None
    assert verifying.tell(f"  {code.lower()} ") is not None


@pytest.mark.parametrize(
    "between",
    [
        "-\u200b",
        " ",
        "\u00a0",
        "-\n",
        " - ",
        "\u2011",
        "\u2013",
        "\u2212",
        "-\u00ad",
        "\ufeff-",
        "",
    ],
)
def test_a_code_is_read_as_it_comes_out_of_a_pdf_or_a_message(between: str) -> None:
    copied = verifying.code_of(KIND, KEY).replace("-", between)
    assert verifying.is_code(copied)
    assert verifying.tell(copied) is not None


@pytest.mark.parametrize(
    "typed", ["", "rác", "99-ABCDE12345.1", "99-ABCDE12345.1-H7J4K", "H7J4K9TQWX"]
)
def test_what_has_not_the_form_of_a_code_is_told_apart_from_a_false_one(typed: str) -> None:
    assert not verifying.is_code(typed)
    assert verifying.is_code("99-ABCDE12345.1-0000000000")


@given(place=st.integers(0, verifying.SEAL_LENGTH - 1), char=st.sampled_from(CROCKFORD))
def test_no_other_seal_is_accepted(place: int, char: str) -> None:
    code = verifying.code_of(KIND, KEY)
    at = len(code) - verifying.SEAL_LENGTH + place
    other = code[:at] + char + code[at + 1 :]
    assert (verifying.tell(other) is not None) == (other == code)


@pytest.mark.slow
@given(st.text(max_size=90))
def test_anything_else_is_nothing(text: str) -> None:
    assert verifying.tell(text) is None


def test_a_hyphen_lost_at_the_end_of_a_line_is_put_back() -> None:
    kind, key, seal = verifying.code_of(KIND, KEY).split("-")
    assert verifying.tell(f"{kind}-{key}{seal}") is not None


def test_a_seal_of_one_record_does_not_open_another() -> None:
    seal = verifying.code_of(KIND, KEY).rsplit("-", 1)[1]
    assert verifying.tell(f"{KIND}-ABCDE12345.2-{seal}") is None


def test_the_qr_code_carries_the_marks_and_the_address() -> None:
    request = RequestFactory().get("/")
    address = verifying.address_of(request, KIND, KEY, MARKS)
    parts = urlsplit(address)
    assert parts.path == f"/{verifying.PATH}{verifying.code_of(KIND, KEY)}/"
    assert parse_qs(parts.query) == {"hs": ["h48.36-261122-0001"], "gt": ["giay tiep nhan"]}


def test_marks_that_differ_from_the_records_are_named() -> None:
    code = verifying.code_of(KIND, KEY)
    same = verifying.tell(code, {"hs": "h48.36-261122-0001", "gt": "giay tiep nhan"})
    other = verifying.tell(code, {"hs": "h48.36-261122-0002", "gt": "giay tiep nhan"})
    assert same is not None
    assert same.differing == ()
    assert other is not None
    assert other.differing == ("hs",)


def test_a_paper_stays_verifiable_when_the_key_of_the_house_changes(
    settings: Settings,
) -> None:
    code = verifying.code_of(KIND, KEY)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert verifying.tell(code) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert verifying.tell(code) is None


def test_a_kind_belongs_to_one_app() -> None:
    with pytest.raises(ValueError, match="twice"):
        verifying.register(KIND, _told)
