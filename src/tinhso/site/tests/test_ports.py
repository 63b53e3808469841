"""A port that cannot be had is refused in one line, before anything is started."""

from __future__ import annotations

import errno
import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tinhso.site.__main__ import main
from tinhso.site.commands import OURS
from tinhso.site.demo import parser
from tinhso.site.ports import HIGHEST, is_free, refusal_of, refuse_unusable
from tinhso.site.terminal import CannotGoOn


@pytest.mark.parametrize("port", [0, -1, HIGHEST + 1, 99_999])
def test_there_is_no_such_port(port: int) -> None:
    with pytest.raises(CannotGoOn, match=f"Không có cổng {port}"):
        refuse_unusable(port, "127.0.0.1")


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_both_commands_say_it_in_one_line(
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: object,
) -> None:
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path))
    monkeypatch.setenv("TINHSO_SECRET_KEY", "x" * 50)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main([command, "--port", "99999"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Không có cổng 99999" in said


def test_a_taken_port_is_busy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(CannotGoOn, match="đang bận"):
            refuse_unusable(port, "127.0.0.1")


def test_the_launcher_says_it_before_it_installs(tmp_path: Path) -> None:
    launcher = Path(__file__).resolve().parents[4] / "tinhso"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        known = {**os.environ, "TINHSO_VENV": str(tmp_path / "none")}
        ended = subprocess.run(
            [sys.executable, launcher, "demo", "--port", port],
            env=known, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert f"Cổng {port} đang bận" in ended.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_the_launcher_refuses_a_slip_before_it_installs(tmp_path: Path) -> None:
    launcher = Path(__file__).resolve().parents[4] / "tinhso"
    known = {**os.environ, "TINHSO_VENV": str(tmp_path / "none")}
    slips = {
        "Không có lệnh frobnicate": ["frobnicate"],
        "Không có cổng abc": ["demo", "--port", "abc"],
        "Không có cổng 70000": ["demo", "--port=70000"],
        "demo không nhận --bogus": ["demo", "--bogus"],
    }
    for said, slip in slips.items():
        ended = subprocess.run(
            [sys.executable, launcher, *slip],
            env=known, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
        assert said in ended.stderr
    assert not (tmp_path / "none").exists()
    told = runpy.run_path(str(launcher))
    assert set(OURS) < set(told["KNOWN"])
    taken = {word for action in parser()._actions for word in action.option_strings}
    assert taken - {"-h", "--help"} == set(told["DEMO"])


def test_a_port_that_the_account_may_not_open_is_not_called_busy() -> None:
    said = str(refusal_of(PermissionError(errno.EACCES, "Permission denied"), 80, "127.0.0.1"))
    assert "không được phép mở cổng 80" in said
    assert "đang bận" not in said


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(CannotGoOn, match=r"không có địa chỉ 192\.0\.2\.1"):
        refuse_unusable(18_099, "192.0.2.1")
