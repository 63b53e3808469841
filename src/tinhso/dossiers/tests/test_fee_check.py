"""The check of a pack refuses what would leave a fee unclear, at its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tinhso.dossiers.tests.factories import MARRIAGE, pack_book
from tinhso.packs.folders import walk
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

PACKS = Path(settings.PROJECT) / "packs"
FILE = f"civil-status/procedures/{MARRIAGE}/procedure.yaml"
BASIS = "legal_basis: [{document: Nghị quyết thử, verified: false}]"


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[str], list[tuple[int, str]]]:
    """The problems of the marriage procedure with other fees: line within `fees`, and what was found."""
    for folder in ("core", "civil-status"):
        for name, content in walk(PACKS / folder).files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    whole = (PACKS / FILE).read_text(encoding="utf-8")
    before, _, rest = whole.partition("fees:\n")
    after = rest[rest.index("supplement:") :]

    def check(fees: str) -> list[tuple[int, str]]:
        (tmp_path / FILE).write_text(f"{before}fees:\n{fees}\n{after}", encoding="utf-8")
        first = before.count("\n") + 1
        found = [each for each in load(tmp_path).problems if each.file.endswith(FILE)]
        return [(each.position.line - first, each.found) for each in found]

    return check


def a_fee(rates: str, more: str = "") -> str:
    return f"  - code: phi\n    name: Phí\n    kind: fee\n    pay: at_receipt\n    rates:\n{rates}{more}"


def a_rate(begins: str, until: str = "", amount: int = 1) -> str:
    ends = f', until: "{until}"' if until else ""
    return f'      - {{from: "{begins}"{ends}, amount: {amount}, {BASIS}}}\n'


def test_the_packs_of_the_house_are_clear() -> None:
    assert [problem for problem in pack_book().problems if "fee" in problem.found] == []
    declared = [
        fee
        for pack in pack_book().packs
        for source in pack.sources
        if source.kind == "procedure"
        for fee in source.value.get("fees", [])
    ]
    assert len(declared) >= 3


def test_a_gap_is_refused_at_the_rate_behind_it(
    problems: Callable[[str], list[tuple[int, str]]],
) -> None:
    rates = a_rate("2020-01-01", "2022-01-01") + a_rate("2022-02-01")
    ((line, found),) = problems(a_fee(rates))
    assert line == 7
    assert "01/01/2022" in found
    assert "01/02/2022" in found


def test_two_rates_of_one_day_are_refused(
    problems: Callable[[str], list[tuple[int, str]]],
) -> None:
    rates = a_rate("2020-01-01", "2023-01-01") + a_rate("2022-01-01")
    ((line, found),) = problems(a_fee(rates))
    assert (line, "đã có mức khác" in found) == (7, True)


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (a_rate("2021-01-01"), "không có mức thu"),
        (a_rate("2020-01-01", "2026-01-01"), "không có mức thu"),
        (a_rate("2020-01-01", "2020-01-01"), "hết hiệu lực trước khi bắt đầu"),
        (a_rate("2020-02-30"), "ngày không có thật"),
    ],
)
def test_days_without_a_rate_are_refused(
    problems: Callable[[str], list[tuple[int, str]]], rates: str, said: str
) -> None:
    found = problems(a_fee(rates))
    assert [said in sentence for _, sentence in found] == [True]


@pytest.mark.parametrize(
    "when", ["answers.khong_co = true", "1 + 1", "channel in [", 'channel + "x"']
)
def test_a_condition_that_is_none_is_refused_at_its_line(
    problems: Callable[[str], list[tuple[int, str]]], when: str
) -> None:
    cut = f"    reductions:\n      - name: Giảm\n        when: '{when}'\n        percent: 50\n"
    more = f'        from: "2020-01-01"\n        {BASIS}\n'
    ((line, _found),) = problems(a_fee(a_rate("2020-01-01"), cut + more))
    assert line == 9


def test_one_condition_twice_on_one_day_is_refused(
    problems: Callable[[str], list[tuple[int, str]]],
) -> None:
    cut = "      - {{name: {}, when: '{}', percent: 50, from: \"2020-01-01\", {}}}\n"
    cuts = "    reductions:\n" + "".join(
        cut.format(name, when, BASIS)
        for name, when in (("Một", 'channel = "portal"'), ("Hai", '(channel="portal")'))
    )
    ((line, found),) = problems(a_fee(a_rate("2020-01-01"), cuts))
    assert (line, "«Một»" in found) == (9, True)
