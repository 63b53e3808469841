"""One migrated database of each clone is the template of all test databases.

To copy it takes a tenth of a second; to migrate anew takes as long as hundreds of tests.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from tinhso.site.house import PROJECT, path_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper

LOCK = 7_402_281
"""Two workers never make the template at once."""


def use_template() -> None:
    """Let the test database of this process be a copy; the first process of all makes the template."""
    name = f"test_tinhso_{path_key(PROJECT)}"
    wanted = made_from()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's own way in
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if _said_of(name, cursor) != wanted:
            _make(name)
            cursor.execute(f"COMMENT ON DATABASE {name} IS '{wanted}'")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def made_from() -> str:
    """A digest of all that a fresh database is made from: migrations, their file, models, what they call, libraries."""
    digest = sha256()
    for path in sorted(_sources()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    source = PROJECT / "src" / "tinhso"
    yield PROJECT / "requirements-dev.txt"
    yield source / "site" / "schema.sql"
    for pattern in ("kernel/*.py", "*/migrations/*.py", "*/models.py", "*/models/*.py"):
        yield from source.glob(pattern)


def _said_of(name: str, cursor: CursorWrapper) -> str | None:
    """What the template was made from; None when there is none."""
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    )
    row = cursor.fetchone()
    return None if row is None else str(row[0])


def _make(name: str) -> None:
    """As Django makes a test database, under another name; nobody stays connected to it."""
    test = connection.settings_dict["TEST"]
    known, own = connection.settings_dict["NAME"], test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL alone has one
        test["NAME"] = own
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = known
