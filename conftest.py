"""What every test shares: plain static files, a quick password hash, and the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

from tests.worlds import Worlds, asks_database, begun_with, commits, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from tests.cast import Cast

BY_FILES = ("fault", "fuzz", "journey")
"""Kinds of tests of which whole files go to a process."""
WORLDS = pytest.StashKey[Worlds]()


def pytest_configure() -> None:
    """Templates name static files by their source names: nothing is collected for a test."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    let_tests_empty_the_log()
    # How long an example takes, the bench says.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


def let_tests_empty_the_log() -> None:
    """A test in real transactions ends by emptying all tables, also those whose triggers refuse it.

    Most tables are empty and all are small: to delete takes a quarter of the time that making each file anew does.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: PLC0415

    from tinhso.kernel.database import append_only  # noqa: PLC0415

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        del style, options
        guarded = [self.quote_name(table) for table in append_only.values() if table in tables]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        emptied = [f"DELETE FROM {self.quote_name(table)}" for table in tables]  # noqa: S608
        # A table with checks still to come lets nobody enable its triggers: they are made before.
        return [
            "SET CONSTRAINTS ALL DEFERRED",
            *off,
            *emptied,
            "SET CONSTRAINTS ALL IMMEDIATE",
            *on,
        ]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """A test database is a copy of one that was migrated once; a kept one stays as it is."""
    from tests.databases import use_template  # noqa: PLC0415

    del django_db_modify_db_settings_parallel_suffix
    options = request.config.option
    if not options.reuse_db or options.create_db:
        with django_db_blocker.unblock():
            use_template()


@pytest.fixture(scope="session")
def worlds(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Worlds]:
    """What many tests begin with, made once."""
    del django_db_setup
    request.config.stash[WORLDS] = kept = Worlds(django_db_blocker)
    yield kept
    kept.stand(None)  # a database that is kept is kept empty
    del request.config.stash[WORLDS]


def _file_order(item: pytest.Item) -> tuple[int, list[int]]:
    """Faults first, each kind from the end of the alphabet: the long files stand there, and none begins last."""
    kind = next((n for n, kind in enumerate(BY_FILES) if item.get_closest_marker(kind)), -1)
    return kind, [-ord(letter) for letter in str(item.path)]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that begin with the same world follow each other; those without one come after them.

    Two processes begin with half of the list each: one with what commits for itself, some of which waits for whatever
    is open at the server, the other with what asks no database and keeps nothing open.
    """
    if any(item.get_closest_marker(kind) for item in items for kind in BY_FILES):
        items.sort(key=_file_order)
        return
    groups: dict[Any, int] = {None: len(items)}
    alone = [item for item in items if asks_database(item) and commits(item)]
    reading = [item for item in items if not asks_database(item)]
    shared = [item for item in items if asks_database(item) and not commits(item)]
    shared.sort(key=lambda item: groups.setdefault(world_of(item), len(groups)))
    before = max(len(items) // 2 - len(alone), 0)
    items[:] = [*alone, *shared[:before], *reading, *shared[before:]]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test finds another's world, nor the language in which another read its last page."""
    translation.deactivate()
    if kept := item.config.stash.get(WORLDS, None):
        kept.make_way(world_of(item))


@pytest.fixture
def _standing(request: pytest.FixtureRequest, worlds: Worlds) -> None:
    worlds.stand(world_of(request.node))


@pytest.fixture
def _django_db_helper(_standing: None, _django_db_helper: None) -> None:
    """Before a test's own savepoint begins, its world stands."""


@pytest.fixture
@begun_with
def cast() -> Cast:
    """Lan, Hùng, Minh, Hoa, Nam, Tú, Vân, An and Cục, with their agencies and roles."""
    from tests.cast import make_cast  # noqa: PLC0415  # Django is set up after this file is read

    return make_cast()
