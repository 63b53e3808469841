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


def _granted(of: str) -> dict[str, set[str]]:
    """The rights of the role on every table (`r`, `p`) or sequence (`S`) of ours."""
    asked = {
        "tables": ("rp", ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")),
        "sequences": ("S", ("USAGE", "SELECT", "UPDATE")),
    }[of]
    kinds, rights = asked
    check = "has_sequence_privilege" if of == "sequences" else "has_table_privilege"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT relname, r, {check}(%s, c.oid, r) FROM pg_class c, unnest(%s::text[]) r"  # noqa: S608
            " WHERE relnamespace = 'public'::regnamespace AND relkind::text = ANY(%s)",
            [ROLE, list(rights), list(kinds)],
        )
        found: dict[str, set[str]] = {}
        for name, right, holds in cursor.fetchall():
            found.setdefault(name, set()).update({right} if holds else set())
    return found


def test_every_table_grants_exactly_what_is_declared() -> None:
    ordinary = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    declared = {"house_looprun": {"SELECT", "INSERT"}, grants.MIGRATIONS: {"SELECT"}}
    tables = _granted("tables")
    assert len(tables) > 60
    assert {
        name: held for name, held in tables.items() if held != declared.get(name, ordinary)
    } == {}


def test_every_sequence_gives_numbers_and_cannot_be_set_back() -> None:
    sequences = _granted("sequences")
    assert len(sequences) > 30
    assert {name for name, held in sequences.items() if held != {"USAGE", "SELECT"}} == set()
