"""What the application role may do with the tables: everything but change the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from tinhso.kernel.database import append_only

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

MIGRATIONS = "django_migrations"


def grant_application_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give a role SELECT, INSERT, UPDATE and DELETE on every table, and only SELECT and INSERT on append-only ones.

    Run as the owner of the tables after every migration. The role never gets TRUNCATE, nor a change of a definition.
    """
    name = sql.Identifier(role)
    schema = sql.SQL("ALL TABLES IN SCHEMA public")
    steps = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(schema, name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(
            sql.Identifier(MIGRATIONS), name
        ),
    ]
    steps += [
        sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
        for table in append_only.values()
    ]
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step.as_string(cursor.connection))
