"""What a pack may not declare is refused where it stands, before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tinhso.indicators.tests.cases import CASES
from tinhso.packs.cases import run
from tinhso.packs.loading import Book, load
from tinhso.warehouse.declaring import registry

HEADER = {
    "code": "probe",
    "name": "Gói thử",
    "version": "1",
    "legal_basis": [{"document": "Quy định", "verified": False}],
}
GOOD: dict[str, Any] = {
    "name": "Tỷ lệ trực tuyến",
    "unit": "%",
    "fact": CASES.code,
    "where": 'channel != "post"',
    "ratio": {"of": "minutes > 0", "is": "is_online"},
    "by": ["agency", "month"],
    "figures": ["I27"],
    "legal_basis": [{"document": "Quy định", "verified": False}],
}


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    registry.register(CASES.code, CASES)
    yield
    registry._entries.pop(CASES.code)


def _book(folder: Path, cases: list[dict[str, Any]] | None = None, **changes: Any) -> Book:
    entry = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    pack = folder / "probe"
    (pack / "indicators").mkdir(parents=True)
    (pack / "cases").mkdir()
    told = {"pack.yaml": HEADER, "indicators/online.yaml": entry}
    if cases:
        told["cases/online.yaml"] = {"kind": "indicator", "entry": "online", "cases": cases}
    for name, content in told.items():
        (pack / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load(pack)


def test_what_is_declared_well_has_no_problem(tmp_path: Path) -> None:
    assert _book(tmp_path).problems == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fact": "probe.nothing"}, "probe.nothing"),
        ({"where": "colour = 1"}, "colour"),
        ({"where": "minutes"}, "số"),
        ({"where": "minutes > amount"}, "khác đơn vị"),
        ({"where": "minutes + amount > 3"}, "khác đơn vị"),
        ({"where": 'upper case(channel) = "X"'}, "upper case"),
        ({"where": "(minutes / amount) * 2 > 1"}, "/"),
        ({"where": "today() > received_on"}, "today"),
        ({"where": "not(" * 41 + "is_online" + ")" * 41}, "40"),
        ({"where": "is_online and " * 200 + "is_online"}, "2000"),
        ({"by": ["colour"]}, "colour"),
        ({"by": ["minutes"]}, "minutes"),
        ({"day": "agency"}, "agency"),
        ({"unit": "phút"}, "phút"),
        ({"ratio": None, "measure": {"kind": "sum", "column": "amount"}}, "đồng"),
        ({"ratio": None, "measure": {"kind": "sum", "column": "agency"}}, "agency"),
        ({"ratio": None, "measure": {"kind": "median"}}, "cột"),
        ({"measure": {"kind": "count"}}, "ratio và measure"),
        ({"ratio": None, "fact": None, "where": None, "by": None}, "needs"),
        ({"legal_basis": None}, "legal_basis"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_counted_as_it_says_is_refused(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    problems = _book(tmp_path, **changes).problems
    assert problems
    assert said in " ".join(str(problem) for problem in problems)
    assert all(problem.file == "probe/indicators/online.yaml" for problem in problems)


def _case(**then: Any) -> list[dict[str, Any]]:
    given = [
        {"received_on": "2026-09-02", "channel": "national", "minutes": 5, "is_online": True},
        {"received_on": "2026-09-02", "channel": "counter", "minutes": 5, "is_online": False},
        {"received_on": "2026-09-02", "channel": "post", "minutes": 5, "is_online": True},
    ]
    when = {"first": "2026-09-01", "last": "2026-09-30"}
    return [{"name": "Một trên hai", "given": given, "when": when, "then": then}]


def test_an_example_is_counted_without_an_engine(tmp_path: Path) -> None:
    [passed] = run(_book(tmp_path, _case(numerator=1, denominator=2, value=50)))
    assert passed.has_passed


def test_an_example_that_comes_out_otherwise_says_how(tmp_path: Path) -> None:
    [failed] = run(_book(tmp_path, _case(numerator=2)))
    [problem] = failed.problems
    assert "tính ra 1" in problem.found
