"""A read that runs on every request: its SQL is made by the ORM once, then sent again with other values.

Building a query costs more than the database needs to answer it. What is kept is text alone, never an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import psycopg
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.backends.utils import CursorWrapper
    from django.db.models import QuerySet

USES_BEFORE_PREPARED = 3
_PLACE = re.compile("%[s%]")


def prepared() -> CursorWrapper:
    """A cursor for statements that are sent again and again: the server keeps their plans on each connection.

    Values go beside the text instead of inside it. Everything else is as with `connection.cursor()`.
    """
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = USES_BEFORE_PREPARED
    made: CursorWrapper = connection._prepare_cursor(_Prepared(raw))  # type: ignore[attr-defined]  # noqa: SLF001
    return made


class _Prepared(psycopg.RawCursor[Any]):
    """Takes `%s` as every cursor does; the text with `$1` is made once, also when it is a long one."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(_numbered(query), params, **options)


@lru_cache(maxsize=512)
def _numbered(text: str) -> str:
    numbers = count(1)
    return _PLACE.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", text)


class Compiled:
    """A query of which only the values change.

    `build` makes it from `marks`: one value for each name, of the right type and equal to no other value in the query.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **marks: Any) -> None:
        self._build = build
        self._marks = marks
        self._sql = ""
        self._places: list[tuple[str | None, Any]] = []

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, columns as the query selects them."""
        if not self._sql:
            self._compile()
        given = [values[name] if name else fixed for name, fixed in self._places]
        with prepared() as cursor:
            cursor.execute(self._sql, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compile(self) -> None:
        sql, params = self._build(**self._marks).query.sql_with_params()
        self._places = [(_name_of(value, self._marks), value) for value in params]
        missed = set(self._marks) - {name for name, _value in self._places}
        if missed:
            raise LookupError(
                f"these values do not stand in the query as they were given: {missed}"
            )
        self._sql = sql


def _name_of(value: Any, marks: Mapping[str, Any]) -> str | None:
    plain = getattr(value, "obj", value)  # bytes come wrapped for the driver
    if isinstance(plain, int) and not isinstance(plain, bool):
        plain = int(plain)  # and whole numbers as one of the driver's own kinds of them
    found = [name for name, mark in marks.items() if type(mark) is type(plain) and mark == plain]
    return found[0] if found else None
