"""The rules of the house, held against every tracked file, and the launcher's own promises."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LAUNCHER = PROJECT / "tinhso"
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "deb.debian" + ".org",
]
PLACES = ["/" + "root/", "/" + "work/", "/" + "home/"]
LARGEST = 2 * 2**20
BINARY = {".ttf", ".woff2", ".png", ".jpg", ".pdf", ".gz", ".mo", ".xlsx", ".zip", ".ico"}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git clone")
    return [
        PROJECT / name
        for name in listed.stdout.decode().split("\0")
        if name and (PROJECT / name).is_file()
    ]


def _texts() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8"))
        for path in _tracked()
        if path.suffix not in BINARY
    ]


def test_no_file_names_a_package_host_or_a_place_of_one_machine() -> None:
    found = [
        f"{name}: {word}"
        for name, text in _texts()
        if "vendor/" not in name
        for word in HOSTS + PLACES
        if word in text
    ]
    assert found == []


def test_every_text_is_in_the_composed_form_of_unicode() -> None:
    folding = "src/tinhso/kernel/folding.py"
    assert [
        name
        for name, text in _texts()
        if name != folding and not unicodedata.is_normalized("NFC", text)
    ] == []


def test_no_file_is_large() -> None:
    assert [path.name for path in _tracked() if path.stat().st_size > LARGEST] == []


@pytest.mark.slow
def test_nothing_is_left_to_do_later() -> None:
    unfinished = re.compile(r"\b(TO" + "DO|FIX" + "ME|X" + "XX)\b")
    sources = [
        (name, text)
        for name, text in _texts()
        if name.endswith((".py", ".html")) or name == "tinhso"
    ]
    assert [name for name, text in sources if unfinished.search(text)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (PROJECT / name).read_text().strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_development_requirements_hold_the_others() -> None:
    pinned = [
        set(re.findall(r"^([\w.-]+==[\w.]+)", (PROJECT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pinned[0] <= pinned[1]


def test_the_launcher_parses_on_the_python_that_it_refuses() -> None:
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_launcher_uses_the_standard_library_alone() -> None:
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def _launch(
    code: str, command: str = "demo", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the launcher in a world that the code has changed first."""
    start = f"runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    program = f"import runpy, sys; sys.argv = ['tinhso', {command!r}]\n{code}\n{start}"
    known = {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(
        [sys.executable, "-c", program], env=known, capture_output=True, text=True, check=False
    )


def _one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_an_old_python_is_one_line() -> None:
    assert "3.11" in _one_line(_launch("sys.version_info = (3, 9, 2, 'final', 0)"))


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    code = "import collections, shutil; shutil.disk_usage = lambda _: collections.namedtuple('U', 'free')(5 * 2**20)"
    assert "Đĩa đầy" in _one_line(_launch(code, TINHSO_VENV=str(tmp_path / "venv")))


def test_an_environment_of_somebody_else_is_one_line(tmp_path: Path) -> None:
    code = (
        "import errno, os\n"
        "def closed(path, *_): raise PermissionError(errno.EACCES, 'closed', path)\n"
        "os.open = closed"
    )
    said = _one_line(_launch(code, TINHSO_VENV=str(tmp_path / "venv")))
    assert "TINHSO_VENV" in said


def test_a_python_without_venv_is_one_line(tmp_path: Path) -> None:
    code = (
        "import importlib.util as u, shutil; find = u.find_spec; shutil.which = lambda _: None\n"
        "u.find_spec = lambda name: None if name == 'ensurepip' else find(name)"
    )
    assert "python3-venv" in _one_line(_launch(code, TINHSO_VENV=str(tmp_path / "venv")))


def test_a_doctor_of_a_bare_clone_installs_nothing(tmp_path: Path) -> None:
    place = tmp_path / "venv"
    done = _launch("", "doctor", TINHSO_VENV=str(place))
    assert done.returncode == 1
    assert "Thư viện / libraries" in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_no_field_that_may_stay_empty_says_that_it_must_not() -> None:
    from django import forms  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    assert get_resolver().url_patterns, "every page is read, and with it every form"

    def below(kind: type) -> list[type]:
        return [one for each in kind.__subclasses__() for one in [each, *below(each)]]

    said = {
        f"{form.__module__}.{form.__name__}.{name}: {field.label} {field.help_text}"
        for form in below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.startswith("tinhso.")
        and not field.required
        and getattr(field, "is_optional", True)
    }
    assert {line for line in said if re.search("bắt buộc|phải ", line)} == set()
