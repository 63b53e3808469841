"""The page of the subset says what the code reads, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from tinhso.dossiers.workflow import checking, elements, parsing
from tinhso.dossiers.workflow.graph import NodeKind

PAGE = Path(settings.PROJECT) / "docs" / "reference" / "workflow.md"


def first_column(title: str) -> set[str]:
    part = PAGE.read_text(encoding="utf-8").partition(f"## {title}")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w:]+)` \|", part, re.MULTILINE))


def test_it_has_a_row_for_every_element_that_is_run() -> None:
    assert first_column("Elements") == {kind.value for kind in NodeKind}


def test_it_has_a_row_for_every_attribute_of_our_own() -> None:
    source = Path(elements.__file__).read_text(encoding="utf-8")
    read = set(re.findall(r"\{OURS\}(\w+)", source))
    assert first_column("Attributes of our own") == {f"tinhso:{name}" for name in read}


def test_it_gives_the_limits() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert parsing.MAX_BYTES == 1_000_000
    assert f"at most {parsing.MAX_NODES} elements" in text
    assert f"at most {elements.LONGEST_ID} characters" in text
    page = PAGE.parents[1] / "architecture" / "workflow.md"
    told = page.read_text(encoding="utf-8")
    assert f"{checking.MAX_STATES:,} states" in told
    assert f"{checking.MAX_WAYS} ways" in told
