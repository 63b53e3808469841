"""The documents against the code: each app, table, refusal, event and right has its line, each link leads somewhere.

Settings are held by the tests of `site`, addresses by `test_permissions.py`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from tinhso.dossiers.acts import OUTCOMES
from tinhso.dossiers.pack_schema import SCHEMA
from tinhso.events.kinds import kinds
from tinhso.kernel.permissions import registry
from tinhso.site import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[1]
DOCS = PROJECT / "docs"
SOURCE = PROJECT / "src" / "tinhso"
TOP = ["README.md", "README.vi.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
DECISION = ["Status", "Area", "## Context", "## Decision", "## Consequences", "## Alternatives"]


def texts() -> list[Path]:
    """Every Markdown file that people read."""
    return [*(PROJECT / name for name in TOP), *sorted(DOCS.rglob("*.md"))]


def decisions() -> list[Path]:
    return sorted((DOCS / "decisions").glob("*.md"))


def test_every_app_has_its_page() -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    pages = {path.stem for path in (DOCS / "architecture").glob("*.md")}
    assert folders - pages == set()


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "ARCHITECTURE.md", "docs/index.md"])
def test_every_app_stands_on_the_map(name: str) -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    shown = (PROJECT / name).read_text(encoding="utf-8")
    kinds = {
        "README": r"^  (\w+)/ ",
        "ARCHITECTURE": r"`(\w+)`",
        "docs/index": r"\[(\w+)\]\(architecture/",
    }
    (line,) = (pattern for start, pattern in kinds.items() if name.startswith(start))
    assert folders - set(re.findall(line, shown, re.MULTILINE)) == set()


def test_every_table_has_its_row_in_the_glossary() -> None:
    rows = set(re.findall(r"\| `(\w+)` \|", (DOCS / "glossary.md").read_text(encoding="utf-8")))
    tables = {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("tinhso.")
    }
    assert (sorted(tables - rows), sorted(rows - tables)) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["errors.md", "events.md", "rights.md"])
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == reference.pages()[name], "run ./tinhso docs write"


def test_no_two_refusals_and_no_two_events_are_mixed_up() -> None:
    codes = [refusal.code for refusal in reference.refusals()]
    assert [code for code in codes if codes.count(code) > 1] == []
    assert list(kinds) == list(dict.fromkeys(kinds))
    assert all(re.fullmatch(r"\w+\.\w+", code) for code in kinds)
    assert all(re.fullmatch(r"\w+:\w+:\w+", code) for code in registry)


def test_every_key_and_every_act_of_a_procedure_is_described() -> None:
    page = (DOCS / "reference" / "procedures.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    keys = set(SCHEMA["properties"]) | set(SCHEMA["properties"]["supplement"]["properties"])
    assert described == keys | set(OUTCOMES)
    for act, outcomes in OUTCOMES.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{act}` |"))
        assert set(re.findall(r"`(\w+)`", row)) == {act, *outcomes}


def _links(path: Path) -> Iterator[str]:
    for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:", target) and not target.startswith("#"):
            yield target.partition("#")[0]


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(PROJECT)}: {target}"
        for path in texts()
        for target in _links(path)
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    reached = {DOCS / "index.md"}
    ahead = [DOCS / "index.md"]
    while ahead:
        path = ahead.pop()
        for target in _links(path):
            found = (path.parent / target).resolve()
            if found.suffix == ".md" and found not in reached:
                reached.add(found)
                ahead.append(found)
    assert [str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md") if path not in reached] == []


def test_a_decision_is_numbered_in_order_and_has_every_part() -> None:
    numbers = [int(path.name[:4]) for path in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))
    wanting = [
        f"{path.name}: {part}"
        for path in decisions()
        for part in DECISION
        if part not in path.read_text(encoding="utf-8")
    ]
    assert wanting == []


def test_the_list_of_decisions_names_each() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [path.name for path in decisions() if f"decisions/{path.name}" not in index] == []
