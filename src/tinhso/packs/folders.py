"""Walk a pack's folder: its files by relative path, nothing from outside or through a link."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinhso.packs.sources import TOP, Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILES = 2_000
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_FOLDER_DEPTH = 6
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_UNREAD = ("sample",)  # walked, so that a link is seen, but no part of what is published


@dataclass
class Folder:
    """The files of one pack by path relative to its folder (`roles.yaml`), and what was refused."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def walk(path: Path) -> Folder:
    """All files of the pack in this folder."""
    folder = Folder(path.name)
    if path.is_symlink():
        _refuse(folder, "", "thư mục gói là liên kết", "thư mục thật")
        return folder
    _walk(folder, path, "", 1)
    return folder


def _walk(folder: Folder, path: Path, prefix: str, depth: int) -> None:
    if depth > MAX_FOLDER_DEPTH:
        _refuse(folder, prefix, "thư mục lồng quá sâu", f"không quá {MAX_FOLDER_DEPTH} mức")
        return
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = prefix + entry.name
            if not _NAME.fullmatch(entry.name):
                _refuse(folder, name, "tên tệp không dùng được", "chữ cái không dấu, số, . _ -")
            elif entry.is_symlink():
                _refuse(folder, name, "là liên kết tượng trưng", "tệp thật trong thư mục của gói")
            elif entry.is_dir(follow_symlinks=False):
                _walk(folder, path / entry.name, f"{name}/", depth + 1)
            elif not entry.is_file(follow_symlinks=False):
                _refuse(folder, name, "không phải tệp thường", "tệp thường")
            elif name.split("/")[0] not in _UNREAD:
                _read(folder, path / entry.name, name)


def _read(folder: Folder, path: Path, name: str) -> None:
    if len(folder.files) >= MAX_FILES:
        if len(folder.files) == MAX_FILES:
            _refuse(folder, name, "gói có quá nhiều tệp", f"không quá {MAX_FILES} tệp")
            folder.files[name] = b""
        return
    # The name may have become a link since it was listed.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            _refuse(folder, name, "không phải tệp thường", "tệp thường")
            return
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        _refuse(folder, name, "tệp quá lớn", f"không quá {MAX_FILE_BYTES} byte")
        return
    folder.files[name] = content


def _refuse(folder: Folder, name: str, found: str, expected: str) -> None:
    folder.problems.append(Problem(f"{folder.name}/{name}", TOP, found, expected))
