"""Before the processes of a house start: the database of this version, by its owner."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tinhso.site.house import PROJECT
from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.site.environment import Environment
    from tinhso.site.house import House

KINDS = {"demo": "trình diễn", "production": "vận hành thật"}


def prepare(environment: Environment, kind: str) -> None:
    """Migrate, grant, mark and collect in a process of the owner.

    Its one line of refusal stands above ours.
    """
    application, owner = environment["DATABASE_URL"], environment["TINHSO_OWNER_DATABASE_URL"]
    role = [] if owner == application else ["--application-role", role_of(application)]
    command = [sys.executable, "-m", "tinhso.site", "prepare", "--kind", kind, *role]
    done = subprocess.run(
        command, env={**environment, "DATABASE_URL": owner}, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise CannotGoOn(
            "Chưa chuẩn bị được CSDL (xem dòng trên).",
            "the database could not be made ready (see above).",
        )


def prepare_once(house: House, environment: Environment, kind: str) -> None:
    """`prepare`, unless this very source has already prepared this embedded database.

    A database elsewhere may have changed meanwhile and is always looked at.
    """
    wanted = f"{kind} {fingerprint(PROJECT / 'src' / 'tinhso')}"
    embedded = not os.environ.get("DATABASE_URL")
    static = house.home / "static" / ".sources"
    if embedded and house.recall("prepared") == wanted and static.exists():
        return
    prepare(environment, kind)
    house.remember(prepared=wanted, kind=kind)


def refuse_other_kind(house: House, kind: str) -> None:
    """Refuse a house known to be of the other kind, before anything in it is touched."""
    if house.kind not in ("", kind):
        raise CannotGoOn(
            f"{house.home} là nhà {KINDS[house.kind]}, không phải nhà {KINDS[kind]}. "
            "Đặt TINHSO_HOME tới thư mục khác.",
            f"this is a {house.kind} house; set another TINHSO_HOME.",
        )


def fingerprint(folder: Path) -> str:
    """A digest of the names, sizes and times of all files of a folder of sources: it changes with any edit."""
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            known = path.stat()
            seen.update(f"{path} {known.st_size} {known.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def role_of(address: str) -> str:
    """The user name in a database address."""
    return unquote(urlsplit(address).username or "")
