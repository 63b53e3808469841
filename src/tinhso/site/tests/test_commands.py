"""`./tinhso help` names every command of ours once, and nothing that is none."""

from __future__ import annotations

import pytest
from django.core.management import get_commands

from tinhso.site.__main__ import OURS, main
from tinhso.site.commands import CALLED_BY_OTHERS, GROUPS


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
