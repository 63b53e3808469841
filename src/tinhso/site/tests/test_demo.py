"""A demo begins anew in a demo house only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NoReturn

import pytest

from tinhso.site import demo, serve
from tinhso.site.cluster import Cluster
from tinhso.site.house import PROJECT, House
from tinhso.site.preparing import fingerprint, refuse_other_kind
from tinhso.site.terminal import CannotGoOn


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house that has lived: a database folder, a paper, an anchor."""
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path / "house"))
    for name in ("DATABASE_URL", "TINHSO_OWNER_DATABASE_URL", "TINHSO_ANCHORS"):
        monkeypatch.delenv(name, raising=False)
    made = House(tmp_path / "house")
    made.open()
    made.secret("secret_key")
    for path in _belongings(made):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return made


def _belongings(house: House) -> list[Path]:
    folder = Cluster.of(house).folder
    return [folder / "note", house.home / "files" / "ab" / "paper", house.anchors / "log.jsonl"]


@pytest.mark.parametrize("options", [["--fresh"], []])
def test_a_stopped_production_house_survives_a_demo(house: House, options: list[str]) -> None:
    house.remember(kind="production", begun=True)  # as `serve` left it; an older demo had begun
    with pytest.raises(CannotGoOn, match="vận hành thật"):
        demo.run(options)
    assert all(path.exists() for path in _belongings(house))
    assert house.kind == "production"


def test_a_demo_is_not_led_away_from_its_own_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.remember(kind="demo", roles_made=True)
    monkeypatch.setenv("DATABASE_URL", "postgres://tinhso_app@127.0.0.1:1/elsewhere")
    with pytest.raises(CannotGoOn, match="unset DATABASE_URL"):
        demo.run([])


def test_a_house_of_unknown_kind_is_not_emptied(house: House) -> None:
    with pytest.raises(CannotGoOn, match="Không rõ"):
        demo.begin_anew(house)
    assert all(path.exists() for path in _belongings(house))


def test_a_house_of_unknown_kind_is_not_claimed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "database_of", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        demo.run([])
    assert house.kind == ""


def test_what_an_interrupted_first_start_left_is_a_demo_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path / "house"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(demo, "database_of", _interrupted)
    for options in ([], ["--fresh"]):
        with pytest.raises(KeyboardInterrupt):
            demo.run(options)
        assert House(tmp_path / "house").kind == "demo"
    assert capsys.readouterr().out.count("Đang khởi động") == 2


def _interrupted(_house: House) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("packs", ["of a former program", None])
def test_a_newer_program_brings_its_packs_into_a_standing_demo_once(
    house: House, monkeypatch: pytest.MonkeyPatch, packs: str | None
) -> None:
    house.remember(kind="demo", built=True, packs=packs, played=time.time())
    house.portal_token.write_text("x")
    house.demo_note.write_text("{}")
    parts: list[tuple[str, ...]] = []
    monkeypatch.setattr(demo, "_build_demo", lambda _environment, *part: parts.append(part))
    for _start in range(2):
        demo._build(house, {}, None, None)
    assert parts == [("--part", "packs")]


def test_a_restored_demo_gets_passwords_of_its_own_and_does_not_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.remember(kind="demo", built=True, packs=fingerprint(PROJECT / "packs"))
    house.portal_token.write_text("x")
    parts: list[tuple[str, ...]] = []
    monkeypatch.setattr(demo, "_build_demo", lambda _environment, *part: parts.append(part))
    demo._build(house, {}, None, None)
    assert parts == [("--part", "passwords")]


def test_a_demo_house_begins_anew(house: House) -> None:
    house.remember(kind="demo")
    demo.begin_anew(house)
    assert not any(path.exists() for path in _belongings(house))


def test_anchors_that_the_environment_names_are_left_alone_and_named(
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    house.remember(kind="demo")
    monkeypatch.setenv("TINHSO_ANCHORS", str(tmp_path / "shared"))
    house.anchors.mkdir()
    (house.anchors / "another-log.jsonl").write_text("x")
    demo.begin_anew(house)
    assert (house.anchors / "another-log.jsonl").exists()
    assert "another-log.jsonl" in capsys.readouterr().out


def test_a_demo_house_is_not_served(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.remember(kind="demo")
    monkeypatch.setenv("TINHSO_SECRET_KEY", "k3" * 30)
    monkeypatch.delenv("TINHSO_DEMO", raising=False)
    with pytest.raises(CannotGoOn, match="trình diễn"):
        serve.run([])


def test_an_empty_house_may_become_either(tmp_path: Path) -> None:
    empty = House(tmp_path / "empty")
    refuse_other_kind(empty, "demo")
    refuse_other_kind(empty, "production")
