"""What a backup folder holds: `database.dump`, `files/`, `anchors/`, and last `manifest.json`.

The manifest names every file with its SHA-256; a folder without it is an unfinished backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
BLOCK = 2**20
DUMP = "database.dump"
FILES = "files"
ANCHORS = "anchors"


@dataclass(frozen=True)
class Manifest:
    """What was copied, and as of when. `position` is the last place of the log in the copy.

    `anchors` is where the house keeps its anchors: when that folder outlives the house, a restore
    tells by it what was lost. `log` is the hexadecimal name of the log, empty before its first seal. `plays`
    is the day of a demo begun with `--at`.
    """

    made_at: str
    kind: str
    server: str
    position: int
    events: int
    settings: dict[str, str]
    anchors: str
    log: str
    hashes: dict[str, str] = field(default_factory=dict)
    plays: str = ""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """The last step of a backup."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        partial = folder / "manifest.partial"
        partial.write_text(text, encoding="utf-8")
        partial.replace(folder / "manifest.json")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a finished backup; refuses anything else."""
        try:
            found = cls(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
            bytes.fromhex(found.log)
        except (OSError, ValueError, TypeError):
            raise CannotGoOn(
                f"{folder} không phải bản sao lưu hoàn chỉnh (thiếu manifest.json).",
                "that folder is not a finished backup.",
            ) from None
        if found.format != FORMAT:
            raise CannotGoOn(
                f"Bản sao lưu có định dạng {found.format}, phiên bản này đọc {FORMAT}.",
                f"the backup has format {found.format}, this version reads {FORMAT}.",
            )
        return found

    def verify(self, folder: Path) -> None:
        """Refuse a folder in which a file is missing, altered or led out of it; names the first one."""
        for name, wanted in self.hashes.items():
            if not _is_inside(name):
                raise CannotGoOn(
                    f"Bản sao lưu hỏng: {name} nằm ngoài thư mục nhà.",
                    f"the backup is damaged: {name} points outside the house.",
                )
            path = folder / name
            if not path.is_file() or digest(path) != wanted:
                raise CannotGoOn(
                    f"Bản sao lưu hỏng: {name} thiếu hoặc đã bị sửa.",
                    f"the backup is damaged: {name} is missing or altered.",
                )


def _is_inside(name: str) -> bool:
    """Whether a name is one that a backup gives: the dump, the papers, the anchors, nothing else."""
    parts = PurePosixPath(name).parts
    known = name == DUMP or (len(parts) > 1 and parts[0] in (FILES, ANCHORS))
    return known and ".." not in parts


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    seen = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(BLOCK):
            seen.update(block)
    return seen.hexdigest()


def copied(source: Path, target: Path) -> str:
    """Copy a file to the disk for good; its SHA-256, taken from the bytes that were written."""
    seen = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as content, target.open("wb") as out:
        while block := content.read(BLOCK):
            seen.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return seen.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Every file of a tree, in a stable order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def run_client(program: str, address: str, *arguments: str) -> None:
    """Run `pg_dump` or `pg_restore`.

    The password travels in the environment, never on the command line.
    """
    parts = urlsplit(address)
    environment = {
        **os.environ,
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }
    done = subprocess.run(
        [program, *arguments], env=environment, check=False, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise CannotGoOn(f"{Path(program).name} thất bại: {last}", f"{Path(program).name} failed")
