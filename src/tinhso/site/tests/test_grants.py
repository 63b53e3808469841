"""The application role works with every table and cannot change what is append-only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tinhso.kernel import database
from tinhso.kernel.registry import Registry
from tinhso.site import grants
from tinhso.site.grants import grant_application_role

ROLE = "tinhso_test_application"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_application")]


@pytest.fixture
def as_application(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry[str]("append-only table")
    registry.register("house_looprun", "house_looprun")
    monkeypatch.setattr(grants, "append_only", registry)
    assert database.append_only is not registry
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not cursor.fetchone()[0]:
            pytest.skip("the database role of this test may not create roles")
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant_application_role(connection, ROLE)
        cursor.execute(f"GRANT {ROLE} TO current_user")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_reads_and_writes_ordinary_tables() -> None:
    _run("INSERT INTO house_housemark (kind, made_at, is_single) VALUES ('demo', now(), true)")
    _run("UPDATE house_housemark SET kind = 'production'")
    _run("DELETE FROM house_housemark")


def test_it_adds_to_an_append_only_table() -> None:
    _run("INSERT INTO house_looprun VALUES ('x', now(), 0, 0, 0, '')")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE house_looprun SET error = ''",
        "DELETE FROM house_looprun",
        "TRUNCATE house_looprun",
        "ALTER TABLE house_looprun DISABLE TRIGGER ALL",
        "DROP TABLE house_housemark",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ],
)
def test_it_changes_neither_the_log_nor_a_definition(statement: str) -> None:
    with pytest.raises(ProgrammingError):
        _run(statement)
