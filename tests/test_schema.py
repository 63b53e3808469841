"""The file with which an empty database begins was made from these migrations, and compared as it was written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tinhso.site import schema


def test_the_file_is_what_was_made_from_these_migrations() -> None:
    first, _newline, text = schema.FILE.read_text(encoding="utf-8").partition("\n")
    assert f"{first}\n" == schema.noted(text), "write it: tools/schema.py write"


def test_it_is_the_same_in_whichever_folder_the_project_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = schema.noted("")
    elsewhere = tmp_path / "elsewhere" / "project"
    for file in schema.makers():
        copy = elsewhere / file.relative_to(schema.PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    monkeypatch.setattr(schema, "PROJECT", elsewhere)
    assert schema.noted("") == here
