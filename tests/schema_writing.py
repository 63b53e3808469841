"""Write the file with which an empty database begins, and compare: run by `tools/schema.py write`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tinhso.site import schema

CATALOGUE = r"""
SELECT 'column', attrelid::regclass::text, attname::text, format_type(atttypid, atttypmod), attnotnull::text,
    attgenerated::text, attidentity::text, pg_get_expr(adbin, adrelid)
FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT 'table', relname::text, relkind::text, relpersistence::text, array_to_string(reloptions, ','),
    '', '', '' FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'index', regexp_replace(indexdef, '::[a-z ]+(\[\])?|[()]', '', 'g'), '', '', '', '', '', ''
FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', pg_get_triggerdef(oid), '', '', '', '', '', ''
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname::text, prosrc, '', '', '', '', ''
FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND probin IS NULL
UNION ALL SELECT 'rule', conrelid::regclass::text, conname::text, contype::text, condeferrable::text,
    condeferred::text, '', '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'migration', app, name, '', '', '', '', '' FROM django_migrations
UNION ALL SELECT 'extension', extname::text, '', '', '', '', '', '' FROM pg_extension
"""


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database of its own."""
    name = f"test_schema_{uuid4().hex}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's own way in
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrated(address: str, *options: str) -> None:
    command = [sys.executable, "-m", "tinhso.site", "migrate", "--verbosity=0", *options]
    addresses = {"DATABASE_URL": address, "TINHSO_OWNER_DATABASE_URL": address}
    subprocess.run(command, env={**os.environ, **addresses}, check=True)


def catalogue(address: str) -> set[tuple[str, ...]]:
    """What a database is made of. Checks count by their names and casts not at all: each reading adds some."""
    with psycopg.connect(address) as database:
        return set(database.execute(CATALOGUE).fetchall())


@contextmanager
def written(text: str) -> Iterator[None]:
    """The file says this; again what it said before, where the block fails."""
    former = schema.FILE.read_text(encoding="utf-8")
    schema.FILE.write_text(text, encoding="utf-8")
    try:
        yield
    except BaseException:
        schema.FILE.write_text(former, encoding="utf-8")
        raise


@pytest.mark.django_db
def test_the_file_makes_what_the_migrations_make(tmp_path: Path) -> None:
    with empty_database() as by_migrations, empty_database() as by_file:
        migrated(by_migrations, "--by-migrations")
        made = schema.dumped(by_migrations, tmp_path)
        with written(schema.noted(made) + made):
            migrated(by_file)
            assert catalogue(by_file) == catalogue(by_migrations)
            before = schema.dumped(by_file, tmp_path)
            migrated(by_file)
            assert schema.dumped(by_file, tmp_path) == before, "a second run changes nothing"
