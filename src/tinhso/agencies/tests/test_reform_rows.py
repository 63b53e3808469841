"""A document goes through the rows of the form and comes back the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import pytest

from tinhso.agencies import reform_documents, reform_rows, tables, uniting
from tinhso.agencies.finding import Units
from tinhso.agencies.models import Level
from tinhso.agencies.reform_documents import ReformDocument
from tinhso.agencies.reform_plan import Held, Standing, Stood, problems, warnings


def parts(document: ReformDocument) -> dict[str, Any]:
    """A document in which only the order of its entries does not count."""
    return {
        key: Counter(map(repr, said)) if isinstance(said, list) else said
        for key, said in reform_documents.to_json(document).items()
    }


def test_the_reform_of_departments_comes_back_the_same() -> None:
    document = tables.departments_reform()
    rows = reform_rows.from_document(document)
    assert rows is not None
    assert any(row.kept.get("legal_basis") for row in rows)
    head = {key: said for key, said in reform_documents.to_json(document).items() if key in HEAD}
    assert parts(reform_rows.to_document(head, rows)) == parts(document)


HEAD = ("code", "name", "on", "legal_basis", "signed_on", "issuer", "verified")


def test_a_reform_too_long_for_a_page_is_left_to_the_text() -> None:
    assert reform_rows.from_document(uniting.provinces_reform()) is None


UNITS = {
    "q/huyen": ("Huyện Trà Bồng", "H48.20"),
    "q/xa": ("Xã Trà Bồng", "H48.36"),
    "q/xa/mot-cua": ("Bộ phận Một cửa xã Trà Bồng", "H48.36.1"),
    "q/y-te": ("Sở Y tế tỉnh Quảng Ngãi", "H48.15"),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xa tra bong", ["q/xa"]),
        ("UBND xã Trà Bồng", ["q/xa"]),
        ("h48.36", ["q/xa"]),
        ("Tên nào đó (H48.36)", ["q/xa"]),
        ("tra bong", ["q/huyen", "q/xa"]),
        ("so y te", ["q/y-te"]),
        ("mot cua tra", ["q/xa/mot-cua"]),
        ("so moi", ["q/moi"]),
        ("so cu", ["q/cu"]),
        ("khong co", []),
        ("", []),
    ],
)
def test_an_agency_is_found_by_name_without_accents_or_by_code(
    typed: str, found: list[str]
) -> None:
    stood = {
        key: Stood(1, None, None, {"name": name, "agency_code": code, "level": Level.PROVINCE})
        for key, (name, code) in UNITS.items()
    }
    known = {key: name for key, (name, _code) in UNITS.items()} | {"q/cu": "Sở Cũ"}
    units = Units(Standing(stood, known, {}, {}), {"q/moi": "Sở Mới"})
    assert units.find(typed) == found
    for key in found[:1]:
        assert units.find(units.label(key)) == [key]


ALIKE = {"q/to": "Xã Ba Tô", "q/tow": "Xã Ba Tơ", "q/hoa": "Xã Hòa An"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("UBND xã Ba Tô", ["q/to"]),
        ("Xã Ba Tơ", ["q/tow"]),
        ("ba tơ", ["q/tow"]),
        ("BA TÔ", ["q/to"]),
        ("ba to", ["q/to", "q/tow"]),
        ("xã Ba Tò", ["q/to", "q/tow"]),
        ("xã Hoà An", ["q/hoa"]),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân xã Ba Tơ"), ["q/tow"]),
    ],
)
def test_a_name_with_its_accents_is_that_of_one_unit(typed: str, found: list[str]) -> None:
    stood = {
        key: Stood(1, None, None, {"name": name, "level": Level.COMMUNE})
        for key, name in ALIKE.items()
    }
    assert Units(Standing(stood, {}, {}, {})).find(typed) == found


STANDING = Standing(
    {
        "q": Stood(1, None, None, {"name": "Tỉnh", "level": Level.PROVINCE}),
        "q/a": Stood(2, None, None, {"name": "Xã A", "level": Level.COMMUNE, "parent": "q"}),
    },
    {},
    {"civil": "Hộ tịch"},
    {("civil", Level.COMMUNE, "q/a"): Held(1, "q/a", None)},
)


def test_a_centre_is_of_the_level_of_its_commune_also_where_both_begin() -> None:
    begun = {
        "q/moi": {"kind": "commune", "parent": "q"},
        "q/moi/quay": {"kind": "centre", "parent": "q/moi"},
    }
    levels = [
        reform_rows.level_of(kind, parent, STANDING, begun)
        for kind, parent in (("centre", "q/moi"), ("centre", "q/a"), ("division", "q"))
    ]
    assert levels == ["commune", "commune", "province"]
    for parent in ("q/moi/quay", "q/nobody"):
        assert reform_rows.level_of("centre", parent, STANDING, begun) in {"commune", "province"}


@pytest.mark.parametrize("is_given", [False, True])
def test_a_commune_that_begins_without_fields_is_warned_of(is_given: bool) -> None:
    fields = [{"field": "civil", "level": "commune", "place": "q/b", "to": "q/b"}]
    document = reform_documents.from_json(
        {
            "code": "x",
            "name": "X",
            "on": "2026-12-01",
            "legal_basis": "NQ 1",
            "begin": [
                {"key": "q/b", "kind": "commune", "name": "Xã B", "parent": "q", "level": "commune"}
            ],
            "end": ["q/a"],
            "follow": [{"from": "q/a", "to": "q/b", "kind": "merge"}],
            "fields": fields if is_given else [],
        }
    )
    assert ["Xã B" in said for said in warnings(document, STANDING)] == [True] * (not is_given)


def test_who_ends_and_follows_is_told_once_and_as_that() -> None:
    document = reform_documents.from_json(
        {
            "code": "x",
            "name": "X",
            "on": "2026-12-01",
            "legal_basis": "NQ 1",
            "end": ["q/a"],
            "follow": [{"from": "q/a", "to": "q/a", "kind": "merge"}],
        }
    )
    assert ["vừa kết thúc vừa kế thừa" in said for said in problems(document, STANDING)] == [True]
