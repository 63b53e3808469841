"""The tables of this version as one file of SQL, with which an empty database begins.

Django draws all models anew for each of some hundred migrations: forty seconds of processor time for what PostgreSQL
does in two. The migrations stay the truth. `tools/schema.py write` makes the file from them and compares both;
its first line notes what it was made from and what it said then, and a test holds both. A database that holds anything,
or whose server is of another version, is migrated step by step.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.site.binaries import database_account, find_binaries
from tinhso.site.copies import run_client
from tinhso.site.house import PROJECT

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("schema.sql")
MAJOR = 18
"""The version whose `pg_dump` wrote the file; others may not know all of its words."""
AS_PLAIN_SQL = (
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--inserts",
    "--rows-per-insert=500",
)
SETTING = re.compile(
    r"^(--.*|SET \w+ = .*;|SELECT pg_catalog\.set_config\(.*|\\(un)?restrict .*|)\n", re.MULTILINE
)
ANEW = {
    re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+\d\d'"): "now()",
    re.compile(r"'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'"): "gen_random_uuid()",
}
"""What each database has of its own: when it was made, and the first edition of what is kept in the process."""
STANDING = """
SELECT current_setting('server_version_num')::int / 10000, NOT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
)
"""


def begin(connection: BaseDatabaseWrapper) -> bool:
    """Make the tables of the file in an empty database of the same version of PostgreSQL; whether it was done."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        if cursor.fetchone() != (MAJOR, True):
            return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = false")
        cursor.execute(FILE.read_text(encoding="utf-8"))
    return True


def noted(text: str) -> str:
    """The first line of a file that says this: the digests of all that it was made from and of itself."""
    return f"-- made from {_made_from()}, says {sha256(text.encode()).hexdigest()}\n"


def makers() -> tuple[Path, ...]:
    """What the file is made from: libraries (their migrations, the server), our migrations and what those call."""
    source = PROJECT / "src" / "tinhso"
    ours = (source / "kernel" / "vectors.py", *sorted(source.glob("*/migrations/*.py")))
    return (PROJECT / "requirements.txt", *ours)


def _made_from() -> str:
    """By their places inside the project: it says the same wherever that lies."""
    told = "".join(
        f"{sha256(file.read_bytes()).hexdigest()} {file.relative_to(PROJECT).as_posix()}\n"
        for file in makers()
    )
    return sha256(told.encode()).hexdigest()


def dumped(address: str, scratch: Path) -> str:
    """What a database holds, as the file writes it: without settings and remarks, with moments and keys drawn anew."""
    file = scratch / "dump.sql"
    program = find_binaries(database_account()).program("pg_dump")
    run_client(program, address, *AS_PLAIN_SQL, f"--file={file}")
    words = SETTING.sub("", file.read_text(encoding="utf-8"))
    for own, drawn in ANEW.items():
        words = own.sub(drawn, words)
    return words
