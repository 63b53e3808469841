"""A house (nhà): the folder where one running system keeps its database, files, secrets and ports.

`TINHSO_HOME` names it; without it, it is the user's data folder by a hash of the clone's path, so
that two clones never share one. The secrets of the embedded database are made once and kept in
`house.json`, readable by its owner alone.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = Path(__file__).resolve().parents[3]
SYSTEM_FOLDER = Path("/var/lib/tinhso")
FIRST_ROOM = 2000  # MB: a database cluster, its write-ahead log and the demo province
LATER_ROOM = 100  # MB: enough to start and to say so on the health page


def path_key(path: Path) -> str:
    """Twelve characters that tell two folders apart; used in the names of our own folders."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def default_home() -> Path:
    """Where this clone lives when `TINHSO_HOME` does not say.

    For root a system folder, for a person their own.
    """
    if given := os.environ.get("TINHSO_HOME"):
        return Path(given).expanduser().absolute()
    if os.geteuid() == 0:
        return SYSTEM_FOLDER / path_key(PROJECT)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "tinhso" / path_key(PROJECT)


@dataclass(frozen=True)
class House:
    """One house; every path below it is ours alone."""

    home: Path

    @property
    def record(self) -> Path:
        """Secrets, remembered ports, and what kind of house this is."""
        return self.home / "house.json"

    @property
    def kind(self) -> str:
        """`demo` or `production`, as this house was first prepared; empty while that is unknown."""
        return self.recall("kind") or ""

    @property
    def plays(self) -> date | None:
        """The day that a demo was begun for by `--at`; None where the real one counts."""
        day = self.recall("plays")
        return date.fromisoformat(day) if day else None

    @property
    def logs(self) -> Path:
        """Output of the processes under a demo."""
        return self.home / "log"

    @property
    def anchors(self) -> Path:
        """Where the log's anchors leave the house: `TINHSO_ANCHORS`, else a folder beside it."""
        given = os.environ.get("TINHSO_ANCHORS")
        return Path(given).absolute() if given else self.home.with_name(f"{self.home.name}-anchors")

    @property
    def demo_note(self) -> Path:
        """The sign-ins of the demo province, written by `build_demo`."""
        return self.home / "demo.json"

    @property
    def portal_token(self) -> Path:
        """The secret by which the pages that play the national portal speak to the API; only a demo has it."""
        return self.home / "national-portal.token"

    @property
    def room(self) -> int:
        """So many MB must be free to start: more where the database is still to be made here."""
        is_made = self.record.exists() or bool(os.environ.get("DATABASE_URL"))
        return LATER_ROOM if is_made else FIRST_ROOM

    def open(self) -> None:
        """Make the folder. A place that cannot be written, or a full disk, is said in one line."""
        needed = self.room
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise full_disk(self.home, needed) from error
            raise CannotGoOn(
                f"Không tạo được thư mục {self.home}. Đặt TINHSO_HOME tới một thư mục của bạn.",
                "Cannot make that folder; set TINHSO_HOME to a folder of yours.",
            ) from error
        if shutil.disk_usage(self.home).free < needed * 2**20:
            raise full_disk(self.home, needed)

    def recall(self, name: str) -> Any:
        """A remembered value, or None."""
        try:
            return json.loads(self.record.read_text())[name]
        except (FileNotFoundError, KeyError):
            return None

    def remember(self, **values: Any) -> None:
        """Keep values over restarts. The file is replaced whole, so a crash leaves the old one."""
        known = json.loads(self.record.read_text()) if self.record.exists() else {}
        partial = self.record.with_suffix(".partial")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(known | values, out, indent=1)
        partial.replace(self.record)

    def secret(self, name: str) -> str:
        """A random secret of this house, made at the first question."""
        known: str | None = self.recall(name)
        if known is None:
            known = secrets.token_urlsafe(36)
            self.remember(**{name: known})
        return known

    @contextmanager
    def occupied(self, what: str, roles: Sequence[str] = ("web", "worker")) -> Iterator[Occupation]:
        """Hold roles of the house for a supervisor; a second one is told who is running."""
        with ExitStack() as held:
            for role in roles:
                self._hold(role, held)
            note = Occupation([self.home / f"running-{role}.json" for role in roles], what)
            note.write(address="")
            yield note

    def _hold(self, role: str, held: ExitStack) -> None:
        lock = os.open(self.home / f"running-{role}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        held.callback(os.close, lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise self._already_running(role) from None

    def _already_running(self, role: str) -> CannotGoOn:
        try:
            note = json.loads((self.home / f"running-{role}.json").read_text())
        except (OSError, ValueError):
            note = {"what": "?", "pid": "?", "address": ""}
        where = note["address"]
        return CannotGoOn(
            f"Nhà này đang chạy rồi: {note['what']}, pid {note['pid']}, {where or 'đang khởi động'}",
            f"already running: pid {note['pid']}, {where or 'starting'}",
        )


@dataclass(frozen=True)
class Occupation:
    """Who holds the house: written where a second start reads it."""

    paths: list[Path]
    what: str

    def write(self, *, address: str) -> None:
        """Say the address at which the house answers."""
        for path in self.paths:
            path.write_text(json.dumps({"what": self.what, "pid": os.getpid(), "address": address}))


def full_disk(place: Path, needed: int) -> CannotGoOn:
    """The line for a disk that has no room."""
    return CannotGoOn(
        f"Đĩa đầy: {place} cần ít nhất {needed} MB trống.",
        f"the disk is full: at least {needed} MB must be free there.",
    )


def existing_parent(path: Path) -> Path:
    """The path itself when it exists, else the nearest folder above it that does."""
    return next(place for place in (path, *path.parents) if place.exists())
