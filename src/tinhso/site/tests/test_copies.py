"""What a restore takes from a backup folder, and what it refuses before it touches anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhso.site import backup, restore
from tinhso.site.copies import DUMP, Manifest, digest
from tinhso.site.house import House
from tinhso.site.terminal import CannotGoOn

LOG = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty backup folder, and a new house beside it."""
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path / "house"))
    for name in ("DATABASE_URL", "TINHSO_OWNER_DATABASE_URL", "TINHSO_ANCHORS"):
        monkeypatch.delenv(name, raising=False)
    made = tmp_path / "copy"
    made.mkdir()
    return made


def backed_up(folder: Path, *names: str) -> None:
    hashes = {}
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
        hashes[name] = digest(folder / name)
    Manifest(
        made_at="2026-11-22T08:00:00+07:00", kind="production", server="18.1", position=1, events=1,
        settings={}, anchors="", log=LOG, hashes=hashes,
    ).write(folder)  # fmt: skip


@pytest.mark.parametrize(
    "name", ["../stolen", "files/../../stolen", "house.json", "files", "anchors/../../stolen"]
)
def test_a_name_that_leads_out_of_the_house_is_refused(folder: Path, name: str) -> None:
    (folder / "files").mkdir()
    (folder / "anchors").mkdir()
    if name == "files":
        (folder / "files").rmdir()
    backed_up(folder, DUMP, name)
    with pytest.raises(CannotGoOn, match="nằm ngoài"):
        restore.run([str(folder)])
    assert not (folder.parent / "house").exists()


def test_an_absolute_name_is_refused(folder: Path, tmp_path: Path) -> None:
    backed_up(folder, str(tmp_path / "elsewhere"))
    with pytest.raises(CannotGoOn, match="nằm ngoài"):
        restore.run([str(folder)])


def test_anchors_that_hold_this_log_are_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(folder, DUMP)
    living = tmp_path / "living" / f"{LOG[:32]}.jsonl"
    living.parent.mkdir()
    living.write_text("{}\n")
    monkeypatch.setenv("TINHSO_ANCHORS", str(living.parent))
    with pytest.raises(CannotGoOn, match="--replace"):
        restore.run([str(folder)])
    assert living.read_text() == "{}\n"
    assert not (tmp_path / "house").exists()
    living.rename(living.with_name("another.jsonl"))
    with pytest.raises(CannotGoOn, match="nhật ký khác"):
        restore.run([str(folder), "--replace"])
    assert not (tmp_path / "house").exists()


def test_what_may_hold_a_password_stays_at_home(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINHSO_SMTP", "smtps://post:secret@127.0.0.1:465")
    monkeypatch.setenv("TINHSO_OWNER_DATABASE_URL", "postgres://owner:secret@127.0.0.1/x")
    monkeypatch.setenv("TINHSO_SECRET_KEY", "secret")
    monkeypatch.setenv("TINHSO_HOSTS", "tinh.example")
    house = House(tmp_path / "house")
    (house.home / "files" / "ab").mkdir(parents=True)
    (house.home / "files" / "ab" / "paper").write_text("x")
    house.demo_note.write_text('{"sign_ins": [{"password": "secret"}]}')
    backed_up(folder)
    manifest = Manifest.read(folder)
    manifest.settings.update(backup._settings())
    assert backup._copy_files(house, folder, manifest) == 1
    assert "secret" not in str(manifest)
    assert manifest.settings["TINHSO_HOSTS"] == "tinh.example"
    assert not (folder / house.demo_note.name).exists()
