"""Before the processes of a house start: the database of this version, by its owner."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from tinhso.site.environment import Environment


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


def role_of(address: str) -> str:
    """The user name in a database address."""
    return unquote(urlsplit(address).username or "")
