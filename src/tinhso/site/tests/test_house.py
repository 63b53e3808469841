"""A house keeps its secrets, and holds one supervisor at a time."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tinhso.site import house as houses
from tinhso.site.house import House
from tinhso.site.terminal import CannotGoOn


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path / "house")
    made.open()
    return made


def test_a_secret_is_made_once_and_read_by_its_owner_alone(house: House) -> None:
    first = house.secret("password_tinhso_app")
    assert house.secret("password_tinhso_app") == first
    assert stat.S_IMODE(house.record.stat().st_mode) == 0o600


def test_two_houses_never_share_a_secret(house: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other")
    other.open()
    assert other.secret("secret_key") != house.secret("secret_key")


def test_a_second_supervisor_is_told_who_is_running(house: House) -> None:
    with house.occupied("demo") as occupation:
        occupation.write(address="http://127.0.0.1:8000")
        with pytest.raises(CannotGoOn) as refused, house.occupied("demo"):
            pass
    assert str(os.getpid()) in str(refused.value)
    assert "http://127.0.0.1:8000" in str(refused.value)


def test_web_and_worker_may_be_held_by_two(house: House) -> None:
    with house.occupied("serve", ["web"]), house.occupied("serve", ["worker"]):
        assert json.loads((house.home / "running-web.json").read_text())["pid"] == os.getpid()


def test_a_house_left_by_a_killed_supervisor_is_free(house: House) -> None:
    (house.home / "running-web.json").write_text('{"what": "demo", "pid": 1, "address": "x"}')
    with house.occupied("demo"):
        pass


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(houses, "FIRST_ROOM", 10**9)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(CannotGoOn, match="Đĩa đầy"):
        House(tmp_path / "house").open()


def test_a_house_whose_database_lies_elsewhere_asks_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(houses, "FIRST_ROOM", 10**9)
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere.invalid/tinhso")
    House(tmp_path / "house").open()


def test_a_file_in_the_way_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("")
    with pytest.raises(CannotGoOn, match="TINHSO_HOME"):
        House(tmp_path / "house").open()


def test_the_environment_names_the_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path))
    assert houses.default_home() == tmp_path


def test_two_clones_have_two_houses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TINHSO_HOME", raising=False)
    here = houses.default_home()
    monkeypatch.setattr(houses, "PROJECT", tmp_path)
    assert houses.default_home() != here
