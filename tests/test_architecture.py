"""The shape of the tree: imports go down, modules and functions stay small, writing has one door."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "tinhso"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_VIEW = 20
JUNK_DRAWERS = {
    "utils",
    "helpers",
    "common",
    "manager",
    "handler",
    "handlers",
    "misc",
    "data",
    "info",
}
LAYERS = [
    *("site", "portal", "assistant", "opendata", "inspections", "counter", "tasks"),
    *("dossiers", "datasets", "indicators"),
    *("registers", "documents", "payments", "exchange", "infosec", "notifications", "forms"),
    *("files", "parties", "accounts", "agencies", "calendars", "packs", "warehouse", "events"),
    *("ui", "kernel"),
]


def _modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def _is_test(path: Path) -> bool:
    return "tests" in path.parts


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@cache
def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the signature and the docstring."""
    body = (
        function.body[1:]
        if ast.get_docstring(function) and len(function.body) > 1
        else function.body
    )
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_imports_go_down_never_up() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    known = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [linter, "--no-cache"], cwd=PROJECT, env=known, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_module_passes_four_hundred_lines() -> None:
    lengths = {
        _name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_passes_forty_lines() -> None:
    long = {
        f"{_name(path)}:{function.name}": _lines(function)
        for path in _modules()
        if not _is_test(path)
        for function in _functions(path)
        if _lines(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_view_passes_twenty_lines() -> None:
    long = {
        f"{_name(path)}:{function.name}": _lines(function)
        for path in _modules()
        if "pages" in path.parts and not _is_test(path)
        for function in _functions(path)
        if not function.name.startswith("_")
        and function.args.args[:1]
        and function.args.args[0].arg == "request"
        and _lines(function) > LONGEST_VIEW
    }
    assert long == {}


def test_there_is_no_junk_drawer() -> None:
    assert [_name(path) for path in SOURCE.rglob("*") if path.stem in JUNK_DRAWERS] == []


def test_no_signal_and_no_save_of_one_s_own() -> None:
    offenders = [
        f"{_name(path)}: {found[0]}"
        for path in _modules()
        for found in re.finditer(
            r"def save\(self|db\.models\.signals|dispatch\.receiver",
            path.read_text(encoding="utf-8"),
        )
        if not _is_test(path)
    ]
    assert offenders == []


def _is_above(one: str, other: str) -> bool:
    return one in LAYERS and LAYERS.index(one) < LAYERS.index(other)


def test_a_migration_depends_on_no_app_above_its_own() -> None:
    dependency = re.compile(r"^\s*\(['\"](\w+)['\"], ['\"]\d{4}", re.MULTILINE)
    offenders = [
        f"{_name(path)} depends on {label}"
        for path in sorted(SOURCE.glob("*/migrations/0*.py"))
        for label in dependency.findall(path.read_text(encoding="utf-8"))
        if _is_above(label, path.parts[-3])
    ]
    assert offenders == []


def test_a_template_takes_its_layout_from_no_app_above_its_own() -> None:
    layout = re.compile(r"{%\s*(?:extends|include)\s+[\"'](\w+)/")
    offenders = [
        f"{_name(path)} takes {name}"
        for path in sorted(SOURCE.glob("*/templates/**/*.html"))
        for name in layout.findall(path.read_text(encoding="utf-8"))
        if _is_above(name, path.relative_to(SOURCE).parts[0])
    ]
    assert offenders == []


def _app_of_address(name: str) -> str:
    """The app that owns an address: its namespace, or that of whoever took it in from outside."""
    space, colon, _name = name.rpartition(":")
    if not colon:
        return "accounts" if name.startswith(("account_", "mfa_")) else "site"
    return {"sourcemap": "site", "api": "site", "reports": "indicators"}.get(space, space)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("*/templates/**/*.html", r"{%\s*url\s+[\"']([\w:-]+)[\"']"),
        ("*/**/*.py", r"(?:\breverse|\bredirect|\burl_name=)\(?\s*[\"']([\w-]+:[\w:-]+)[\"']"),
    ],
    ids=["templates", "modules"],
)
def test_an_app_names_no_address_of_an_app_above_its_own(pattern: str, said: str) -> None:
    offenders = [
        f"{_name(path)} leads to {name}"
        for path in sorted(SOURCE.glob(pattern))
        if not _is_test(path)
        for name in re.findall(said, path.read_text(encoding="utf-8"))
        if _is_above(_app_of_address(name), path.relative_to(SOURCE).parts[0])
    ]
    assert offenders == []


@pytest.mark.parametrize(
    "path", sorted(SOURCE.glob("*/migrations")), ids=lambda path: path.parent.name
)
def test_an_app_has_one_head_of_migrations(path: Path) -> None:
    files = {found.stem: found.read_text(encoding="utf-8") for found in path.glob("0*.py")}
    own = path.parent.name if path.parent.name != "site" else "house"
    depended = {
        name
        for text in files.values()
        for name in re.findall(rf"['\"]{own}['\"], ['\"](\d{{4}}\w*)", text)
    }
    assert len(set(files) - depended) <= 1


TAKEN = ("files/pages/reading.py", "events/pages/log.py")
"""Here a GET itself is noted: who took a file or an export away. A HEAD takes nothing away."""


def test_a_page_that_is_shown_can_be_asked_for_by_its_head_and_acts_on_a_post_alone() -> None:
    """HEAD gets the status of GET, and what is not GET is not therefore a POST."""
    wrong = re.compile(
        r"require_GET|method [!=]= \"GET\"|[\[(]['\"](?:GET['\"], ['\"]POST|POST['\"], ['\"]GET)['\"][\])]"
    )
    found = [
        f"{_name(path)}: {match[0]}"
        for path in _modules()
        if not _is_test(path) and not _name(path).endswith(TAKEN)
        for match in wrong.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_faults_fuzzing_and_journeys_live_in_their_folders() -> None:
    """`./tinhso test --all` reads them there, and the quick lanes do not read them at all."""
    marks = re.compile(r"^(?:@|pytestmark.*)pytest\.mark\.(fault|fuzz|journey)\b", re.MULTILINE)
    rest = PROJECT / "tests"
    apart = {"fault": rest / "faults", "fuzz": rest / "fuzz", "journey": rest / "journeys"}
    found = [
        f"{_name(path)}: {mark}"
        for path in [*SOURCE.rglob("test_*.py"), *rest.rglob("test_*.py")]
        for mark in marks.findall(path.read_text(encoding="utf-8"))
        if apart[mark] not in path.parents
    ]
    assert found == []
