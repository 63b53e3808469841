"""What the two days of the how-to name in italics stands on the screen by that name: docs/how-to/a-day-*.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DAYS = sorted((ROOT / "docs" / "how-to").glob("a-day-*.md"))
CATALOGUE = ROOT / "src" / "tinhso" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def on_screen() -> set[str]:
    """Every Vietnamese sentence of the pages."""
    found = re.findall(r'^msgid ((?:"[^\n]*"\n)+)', CATALOGUE.read_text("utf-8"), re.MULTILINE)
    return {"".join(re.findall(r'"(.*)"', one)) for one in found}


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.stem)
def test_what_it_names_stands_on_the_screen(day: Path) -> None:
    named = re.findall(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])", day.read_text("utf-8"))
    known = on_screen()
    assert len(named) > 20
    assert [words for words in named if words not in known] == []
