"""An example of a pack that says what its kind does not understand is refused with its line, not passed over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tinhso.packs.cases import run
from tinhso.packs.loading import Book, load

PACKS = Path(__file__).parents[1] / "packs"


def packs_with(folder: Path, file: str, before: str, after: str) -> tuple[Book, int]:
    """The shipped packs with one text of a file changed, and the line where it stands."""
    shutil.copytree(PACKS, folder / "packs")
    path = folder / "packs" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) >= 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return load(folder / "packs"), text[: text.index(before)].count("\n") + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("civil-status/cases/1.001193.yaml", "then: {finished:", "then: {finshed:", "finshed"),
        ("civil-status/cases/1.001193.yaml", '"2026-09-14T14:59"', '"14/09/2026"', "14/09/2026"),
        ("civil-status/cases/1.001193.yaml", "channel: national", "channel: fax", "fax"),
        ("tasks/cases/before-deadline.yaml", "due:", "deadline:", "deadline"),
        ("figures/cases/online-ratio.yaml", "numerator:", "count:", "count"),
        ("shared-data/cases/health-insurance-coverage.yaml", "file:", "text:", "text"),
    ],
)
def test_a_word_that_the_kind_does_not_know_is_named(
    tmp_path: Path, file: str, before: str, after: str, said: str
) -> None:
    book, line = packs_with(tmp_path, file, before, after)
    assert book.problems
    assert {problem.file for problem in book.problems} == {file}
    assert any(said in problem.found for problem in book.problems)
    assert line in {problem.position.line for problem in book.problems}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["[a, b]", "{a: b}", "5", ""])
def test_a_kind_that_is_none_is_a_problem_and_no_traceback(tmp_path: Path, kind: str) -> None:
    file = "civil-status/cases/1.001193.yaml"
    book, _line = packs_with(tmp_path, file, "kind: procedure", f"kind: {kind}")
    assert file in {problem.file for problem in book.problems}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("figures/cases/on-time-ratio.yaml", '"2026-08-20"', '"hôm qua"'),
        (
            "tasks/cases/before-deadline.yaml",
            '"2025-08-15"}\n    when: {today: "2025-08-14"',
            '"9999-12-30"}\n    when: {today: "9999-12-31"',
        ),
        ("civil-status/cases/1.001193.yaml", "dang_bi_bo_roi: false", "dang_bi_bo_roi: khong"),
        ("civil-status/cases/1.001193.yaml", "{timer: nhac_niem_yet}", "{timer: a, step: b}"),
    ],
)
def test_a_value_that_cannot_be_fails_the_example_and_no_more(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    book, _line = packs_with(tmp_path, file, before, after)
    assert not book.problems
    failed = [result for result in run(book) if not result.has_passed]
    assert {problem.file for result in failed for problem in result.problems} == {file}


@pytest.mark.slow
def test_an_answer_to_a_question_that_the_form_does_not_ask_is_named(tmp_path: Path) -> None:
    file = "civil-status/cases/1.001193.yaml"
    book, line = packs_with(tmp_path, file, "dang_bi_bo_roi: false", "bo_roi: false")
    assert not book.problems
    [failed] = [result for result in run(book) if not result.has_passed]
    [problem] = failed.problems
    assert (problem.file, problem.position.line) == (file, line)
    assert "bo_roi" in problem.found
