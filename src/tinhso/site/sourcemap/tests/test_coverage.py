"""The file of the source map against the texts, the tests and the addresses of the repository."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tinhso.site.sourcemap.coverage import Kind, Status, Wanted, load

SOURCES = settings.PROJECT.parent / "shared" / "sources"
LONGEST_QUOTE = 12  # words: the texts are quoted in marked phrases only
SYSTEMS, FIGURES, DIFFICULTIES = 108, 65, 38


def text_of(number: str) -> str:
    found = sorted(SOURCES.glob(f"{number}-*.txt"))
    if not found:
        pytest.skip("the five texts are not beside this clone")
    return " ".join(found[0].read_text(encoding="utf-8").split())


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_quotation_stands_in_its_text_where_the_file_says(number: str) -> None:
    text = text_of(number)
    marks = load().marks_of(number, Wanted())
    assert marks
    assert [
        (mark.entry.id, mark.quote, text.find(mark.quote))
        for mark in marks
        if text.find(mark.quote) != mark.at
    ] == []


def test_a_quotation_is_a_short_phrase() -> None:
    assert [m.quote for m in load().marks if not 0 < len(m.quote.split()) <= LONGEST_QUOTE] == []


def test_every_entry_is_marked_in_a_known_text() -> None:
    known = {text.number for text in load().texts}
    assert len(known) == 5
    assert {mark.source for mark in load().marks} == known
    assert {mark.entry.id for mark in load().marks} == {entry.id for entry in load().entries}


def test_every_system_figure_and_difficulty_is_there_once() -> None:
    ids = Counter(entry.id for entry in load().entries)
    assert [entry for entry, times in ids.items() if times > 1] == []
    named = {kind: {entry.id for entry in load().entries if entry.kind is kind} for kind in Kind}
    assert named[Kind.SYSTEM] == {f"S{number:02d}" for number in range(1, SYSTEMS + 1)}
    assert named[Kind.FIGURE] == {f"I{number:02d}" for number in range(1, FIGURES + 1)}
    assert named[Kind.DIFFICULTY] == {f"X{number:02d}" for number in range(1, DIFFICULTIES + 1)}
    assert named[Kind.ORDER] == {
        f"O{number:02d}" for number in range(1, len(named[Kind.ORDER]) + 1)
    }


def test_what_does_not_work_says_why_and_what_works_names_its_test() -> None:
    silent = [e.id for e in load().entries if e.status is not Status.WORKS and not e.reason]
    unproven = [e.id for e in load().entries if e.status is Status.WORKS and not e.test]
    assert (silent, unproven) == ([], [])
    assert [e.id for e in load().entries if e.status is Status.NONE and (e.screen or e.test)] == []


@pytest.mark.slow
def test_every_named_test_exists() -> None:
    assert [e.id for e in load().entries if e.test and not _exists(e.test)] == []


def _exists(test: str) -> bool:
    file, _, name = test.partition("::")
    source: Path = settings.PROJECT / file
    if not source.is_file() or not re.fullmatch(r"test_\w+", name):
        return False
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))


def test_every_screen_has_an_address() -> None:
    assert [e.screen for e in load().entries if e.screen and not reverse(e.screen)] == []
