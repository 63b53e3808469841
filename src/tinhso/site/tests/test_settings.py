"""Every variable that the source reads is described, and nothing else is."""

from __future__ import annotations

import re

import pytest

from tinhso.site.house import PROJECT

VARIABLE = re.compile(r"\b(?:TINHSO_[A-Z_]+|DATABASE_URL)\b")


@pytest.mark.slow
def test_every_variable_is_described_and_every_description_is_read() -> None:
    sources = [*(PROJECT / "src").rglob("*.py"), PROJECT / "tinhso"]
    read = {
        name
        for path in sources
        if "tests" not in path.parts
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    } - {"TINHSO_"}
    page = (PROJECT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))
    assert described == read
