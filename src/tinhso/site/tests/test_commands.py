"""`./tinhso help` names every command of ours once, and nothing that is none."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import get_commands, load_command_class

from tinhso.site.__main__ import main
from tinhso.site.arguments import FRAMEWORK
from tinhso.site.commands import CALLED_BY_OTHERS, GROUPS, OURS, PLAIN
from tinhso.ui.languages import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_every_command_of_ours_is_told_once() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("tinhso.")}
    told = [name for _title, commands in GROUPS for name, _what in commands]
    assert len(told) == len(set(told))
    wanted = {name.replace("_", "-") for name in ours - CALLED_BY_OTHERS} | set(OURS)
    assert set(told) == wanted


def test_help_prints_them_and_nothing_of_the_framework(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    said = capsys.readouterr().out
    assert "./tinhso import-log" in said
    assert "[django]" not in said
    assert all(len(line) <= 110 for line in said.splitlines())


@pytest.mark.parametrize("asked", [[], ["help"], ["--help"], ["-h"]], ids="-".join)
def test_a_fresh_clone_tells_the_same_list_and_installs_nothing(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 0
    told = launched(asked, tmp_path)
    assert told.stdout == capsys.readouterr().out
    assert (told.returncode, told.stderr, list(tmp_path.iterdir())) == (0, "", [])


@pytest.mark.parametrize("asked", [["help", "demo"], ["import-log", "--help"], ["bench", "-h"]])
def test_a_fresh_clone_tells_of_one_command_and_installs_nothing(
    asked: list[str], tmp_path: Path
) -> None:
    told = launched(asked, tmp_path)
    name = next(word for word in asked if word in TOLD)
    assert told.stdout.startswith(f"{name}: ")
    assert (told.returncode, told.stderr, list(tmp_path.iterdir())) == (0, "", [])


def launched(asked: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The launcher of a clone whose environment is still to be made in the folder."""
    known = {**os.environ, "TINHSO_VENV": str(folder / "none")}
    return subprocess.run(
        [sys.executable, LAUNCHER, *asked], env=known, capture_output=True, text=True, check=False
    )


LAUNCHER = Path(__file__).resolve().parents[4] / "tinhso"
TOLD = [name for _title, commands in GROUPS for name, _what in commands]
FRAMEWORKS = re.compile(
    r"usage:|required|unrecognized|invalid|CommandError|Error:|show this help|positional"
)


@pytest.fixture(autouse=True)
def _leave_the_environment() -> Iterator[None]:
    found = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(found)


@pytest.mark.parametrize("name", TOLD)
def test_help_tells_each_of_our_commands(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", name]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{name}: ")
    assert f"./tinhso {name}" in said
    assert not FRAMEWORKS.search(said), said
    assert "--verbosity" not in said


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parser of every command of ours that has one."""
    for name in TOLD:
        if name in PLAIN:
            continue
        if name in OURS:
            yield name, importlib.import_module(f"tinhso.site.{OURS[name]}").parser()
        else:
            file = name.replace("-", "_")
            yield name, load_command_class(get_commands()[file], file).create_parser("", file)


def actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of ours, those of its acts too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from actions(inner)
        elif action.dest not in FRAMEWORK:
            yield action


def test_each_argument_says_what_it_is() -> None:
    dumb = [
        f"{name} {action.dest}"
        for name, parser in parsers()
        for action in actions(parser)
        if not action.help or (not action.option_strings and not action.metavar)
    ]
    assert dumb == []


@pytest.mark.parametrize(
    ("called", "named"),
    [
        (["worklist"], "VIỆC"),
        (["worklist", "dance"], "'dance'"),
        (["packs"], "VIỆC"),
        (["packs", "dance"], "'dance'"),
        (["packs", "check", "--dance"], "--dance"),
        (["packs", "apply", "--at"], "--at"),
        (["load-units", "--on", "hier"], "'hier'"),
        (["create-administrator"], "EMAIL, TÊN"),
        (["import-procedures"], "TỆP"),
        (["import-log", "--undo", "x"], "'x'"),
        (["backup"], "THƯ_MỤC"),
        (["restore", "a", "b"], "b"),
        (["demo", "--port", "x"], "'x'"),
        (["serve", "--role", "king"], "'king'"),
        (["doctor", "--now"], "--now"),
        (["install", "--now"], "--now"),
        (["check", "nothing-of-that-name"], "nothing-of-that-name"),
        (["bench"], "submit"),
        (["migrat"], "migrat"),
        (["help", "dance"], "dance"),
    ],
)
def test_a_wrong_call_is_refused_in_one_line_of_ours(
    called: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(called) in (1, 2)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("tinhso: ")
    assert said.err.count("\n") == 1, said.err
    vietnamese, _, _english = said.err.partition(" / ")
    assert named in vietnamese
    assert not FRAMEWORKS.search(vietnamese), said.err
    assert LETTERS.search(vietnamese)


def test_a_refusal_of_a_command_bears_no_name_of_the_framework(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["import-log", "--dry-run"]) == 1
    assert capsys.readouterr().err == "tinhso: Hãy cho một tệp nhật ký, hoặc --undo ĐỢT.\n"


@pytest.mark.slow
@pytest.mark.parametrize("act", ["check", "cases"])
def test_packs_are_checked_without_a_house(act: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tinhso.site", "packs", act]
    known = {**os.environ, "TINHSO_HOME": str(tmp_path / "home")}
    known = {name: value for name, value in known.items() if "DATABASE_URL" not in name}
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home").exists()
