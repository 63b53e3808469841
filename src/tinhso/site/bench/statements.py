"""Recorded statements of one submit as a script for pgbench: the same inserts with keys of their own each time."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Json, Jsonb

from tinhso.site.bench.seeding import FIRST_KEYS

WRITES = ("INSERT", "WITH W0", "UPDATE", "SELECT NEXTVAL")
ROOM = 1_000_000
ONCE = re.compile(r"^(BENCH-|bench-)|^(?=.*[A-Z])[0-9A-Y]{10}$")
"""Texts that may stand in a table only once: foreign codes, idempotency keys, references."""


@dataclass(frozen=True)
class Statement:
    """A statement with its values as it was sent."""

    sql: str
    values: list[Any]


def script(statements: list[Statement], first: int, last: int) -> str:
    """The writes alone, in one transaction; reads before them are left out, so that the measure is not made easier."""
    lines = [
        "\\set n random(1, 9000000000000000)",
        f"\\set agency random({first}, {last})",
        "BEGIN;",
    ]
    places = _Places(first, last)
    lines += [
        _filled(statement, places) + places.ending(statement.sql)
        for statement in statements
        if statement.sql.lstrip().upper().startswith(WRITES)
    ]
    return "\n".join([*lines, "COMMIT;", ""])


class _Places:
    """What stands for a value: a variable, an expression of the random number, or the value itself."""

    def __init__(self, first: int, last: int) -> None:
        self.agencies = range(first, last + 1)
        self.known: dict[Any, str] = {}

    def ending(self, text: str) -> str:
        """Keep the keys that a statement gives back: of the dossier first, then of the party."""
        return " \\gset keys_" if "nextval" in text else ";"

    def of(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int):
            return self._number(value)
        if isinstance(value, list):
            return f"ARRAY[{', '.join(self.of(item) for item in value)}]"
        if isinstance(value, UUID) or (isinstance(value, str) and ONCE.match(value)):
            return self._once(value)
        return _literal(value)

    def _number(self, value: int) -> str:
        if value in self.agencies:
            return ":agency"
        if FIRST_KEYS["dossiers_dossier"] < value < FIRST_KEYS["dossiers_dossier"] + ROOM:
            return ":keys_key0"
        if FIRST_KEYS["parties_party"] < value < FIRST_KEYS["parties_party"] + ROOM:
            return ":keys_key1"
        return str(value)

    def _once(self, value: UUID | str) -> str:
        mark = self.known.setdefault(value, f"k{len(self.known)}")
        if isinstance(value, UUID):
            return f"md5(:n::text || '{mark}')::uuid"
        return f"substr(md5(:n::text || '{mark}'), 1, 10)"


def _filled(statement: Statement, places: _Places) -> str:
    parts = " ".join(statement.sql.split()).split("%s")
    values = [places.of(value) for value in statement.values]
    pairs = zip(parts, [*values, ""], strict=True)
    return "".join(part + value for part, value in pairs).replace("%%", "%")


def _literal(value: Any) -> str:
    match value:
        case None:
            return "NULL"
        case Json() | Jsonb():
            return _quoted(json.dumps(value.obj, ensure_ascii=False)) + "::jsonb"
        case str():
            return _quoted(value)
        case datetime():
            return _quoted(value.isoformat()) + "::timestamptz"
        case date():
            return _quoted(value.isoformat()) + "::date"
    return sql.Literal(value).as_string(None)


def _quoted(text: str) -> str:
    """A text without a colon, before which pgbench would see a variable."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{escaped}'"
