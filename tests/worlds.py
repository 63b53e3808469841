"""Worlds: what many tests begin with is made once for each process, and every test begins there anew.

A world is committed to the database of the process; each test runs in its own transaction, as
always, and is handed copies of the objects. One world stands at a time: a test that begins with
another, with none, or in transactions of its own finds the former gone.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.management import call_command
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytest_django.plugin import DjangoDbBlocker

    Make = Callable[[], Any]

Made = TypeVar("Made")
MAKES = "makes"
_COUNT_ON = "SELECT setval(oid::regclass, %s) FROM pg_class WHERE relkind = 'S'"
_FIRST_KEYS = count(100_000, 100_000)
"""No key is given twice in a process: what was laid out once for a key is kept for its life."""
WORLD = "world"
"""What is remarked on a database in which a world stands: a process that was killed leaves it there."""


class Worlds:
    """The one world that stands in the database of this process, if any."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._make: Make | None = None
        self._made: Any = None
        with blocker.unblock():
            if _remark() == WORLD:
                _empty()
            else:
                _count_on()

    def stand(self, make: Make | None) -> None:
        """Let this world stand, or none; the one that stands already is left as it is."""
        if self._make is make:
            return
        with self._blocker.unblock():
            if self._make is not None:
                self._make = self._made = None
                _empty()
            if make is not None:
                _remark_on(f"'{WORLD}'")
                with transaction.atomic():
                    self._made = make()
                self._make = make

    def make_way(self, make: Make | None) -> None:
        """Let no other world than this one stand."""
        if self._make is not make:
            self.stand(None)

    def made(self, make: Callable[[], Made]) -> Made:
        """A copy of what was made, else what is made now."""
        found: Made = deepcopy(self._made) if self._make is make else make()
        return found


def _empty() -> None:
    """The database as it was made: a new copy of the template, where there is one."""
    template = connection.settings_dict["TEST"].get("TEMPLATE")
    if not template:
        call_command("flush", verbosity=0, interactive=False)
        _remark_on("NULL")
        _count_on()
        return
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL alone has one
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    _count_on()


def _count_on() -> None:
    """Let keys begin where none was given in this process, also in a database that was used before."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ON, [next(_FIRST_KEYS)])


def _remark() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        )
        row = cursor.fetchone()
    return None if row is None else row[0]


def _remark_on(remark: str) -> None:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {name} IS {remark}")


def begun_with(make: Callable[[], Made]) -> Callable[[None, Worlds], Made]:
    """A fixture of a world: above it stands `@pytest.fixture`, and it makes the world from nothing."""

    def standing(db: None, worlds: Worlds) -> Made:
        del db
        return worlds.made(make)

    standing.__name__, standing.__doc__ = make.__name__, make.__doc__
    standing.__module__ = make.__module__
    setattr(standing, MAKES, make)
    return standing


def world_of(item: pytest.Item) -> Make | None:
    """What a test begins with; None for no world, as where it commits for itself."""
    names: list[str] = getattr(item, "fixturenames", [])
    if commits(item) or {"transactional_db", "live_server"}.intersection(names):
        return None
    known = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009  # pytest tells it nowhere else
    found = (getattr(known[name][-1].func, MAKES, None) for name in names if name in known)
    return next((make for make in found if make is not None), None)


def commits(item: pytest.Item) -> bool:
    """Whether a test is marked to run in transactions of its own."""
    return any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))


def asks_database(item: pytest.Item) -> bool:
    """Whether a test reads or writes the database."""
    names: list[str] = getattr(item, "fixturenames", [])
    return any(item.iter_markers("django_db")) or "db" in names or "transactional_db" in names
