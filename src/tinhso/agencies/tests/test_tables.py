"""The shipped tables against themselves, and against another source where it is at hand."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tinhso.agencies import reform_documents, tables, uniting
from tinhso.agencies.writing import reverse

OTHER_SOURCE = Path(__file__).resolve().parents[5] / "shared/data/admin_units"


def rows(name: str) -> list[dict[str, str]]:
    with (tables.CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def other(name: str) -> Any:
    path = OTHER_SOURCE / name
    if not path.exists():
        pytest.skip(f"{name} of the other source is not at hand")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_old_unit_goes_somewhere_and_every_new_one_comes_from_somewhere() -> None:
    units, follows = rows("units.csv"), rows("unit_successions.csv")
    old = {u["unit_code"] for u in units if (u["era"], u["kind"]) == ("before", "commune")}
    new = {u["unit_code"] for u in units if (u["era"], u["kind"]) == ("after", "commune")}
    assert {row["old_code"] for row in follows} == old | {"536"}
    assert {row["new_code"] for row in follows} == new
    parts = Counter(row["old_code"] for row in follows if row["part"] == "part")
    assert parts == {"21142": 2}


def test_every_unit_but_an_island_has_a_centre() -> None:
    assert all(unit["latitude"] and unit["longitude"] for unit in rows("units.csv"))


def test_the_new_communes_are_those_of_the_other_source() -> None:
    provinces = {province["Code"]: province for province in other("units_2025.json")}
    theirs = {ward["Code"]: ward["FullName"] for ward in provinces["51"]["Wards"]}
    ours = {u["unit_code"]: u["name"] for u in rows("units.csv") if u["era"] == "after"}
    ours.pop("51")
    assert ours.keys() == theirs.keys()
    english = {ward["Code"]: ward["FullNameEn"] for ward in provinces["51"]["Wards"]}
    differing = {code for code in ours if tables.english(ours[code]) != english[code]}
    assert len(differing) < len(ours) // 4


def test_units_of_other_names_are_told_apart_in_english_too() -> None:
    units = [row.facts for row in tables.before_reforms().agencies]
    units += [row.facts for _code, row in tables.united_communes()]
    names: dict[str, set[str]] = {}
    for facts in units:
        names.setdefault(facts["name_en"], set()).add(facts["name"])
    assert [alike for alike in names.values() if len(alike) > 1] == []
    assert {"Ba Tơ Commune", "Ba Tô Commune", "Tra Bong Commune"} <= names.keys()


def test_no_code_is_given_twice_on_either_side() -> None:
    before = [row.facts["agency_code"] for row in tables.before_reforms().agencies]
    after = [row.facts["agency_code"] for _code, row in tables.united_communes()]
    assert len(set(before)) == len(before)
    assert len(set(after)) == 96


def test_the_reforms_read_back_as_written() -> None:
    for document in (tables.departments_reform(), uniting.provinces_reform()):
        assert reform_documents.from_json(reform_documents.to_json(document)) == document


@pytest.mark.parametrize(
    ("code", "older"),
    [
        ("H48", "000.00.00.H48"),
        ("H48.16", "000.00.16.H48"),
        ("H48.31.04", "000.04.31.H48"),
        ("H48.101", ""),
        ("H48.31.04.90", "090.04.31.H48"),
        ("", ""),
    ],
)
def test_the_older_form_of_a_code_is_reversed(code: str, older: str) -> None:
    assert reverse(code) == older
