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
    from collections.abc import Callable, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper
    from django.db.models import QuerySet

USES_BEFORE_PREPARED = 3
OFFSET = 987_654_321
"""Where a compiled query begins, as its mark: Django writes it into the text, each question puts its own there."""
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
    A slice that begins at `OFFSET` begins where the value named `first` says. `plans_anew` lets the server plan it for
    the very values each time: where few and many rows need other ways.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, plans_anew: bool = False, **marks: Any
    ) -> None:
        self._build = build
        self._plans_anew = plans_anew
        self._marks = marks
        self._sql = ""
        self._places: list[tuple[str | None, Any]] = []

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, columns as the query selects them."""
        sql, places = self.made()
        given = [values[name] if name else fixed for name, fixed in places]
        with connection.cursor() if self._plans_anew else prepared() as cursor:
            cursor.execute(sql, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def within(self, text: str, *following: Compiled, values: Sequence[str] = ()) -> Compiled:
        """A text with this query at its `{0}` and the following ones at its `{1}` …: they stand in it in this order.

        `values` are the names of the values at the places of the text's own, which come after them.
        """
        made = Compiled(self._build, plans_anew=self._plans_anew)
        parts = [part.made() for part in (self, *following)]
        made._places = [place for _sql, places in parts for place in places]
        made._places += [(name, None) for name in values]
        made._sql = text.format(*(sql for sql, _places in parts))
        return made

    def made(self) -> tuple[str, list[tuple[str | None, Any]]]:
        """The text, and for each of its places the name of the value there, or a value that is always the same."""
        if not self._sql:
            self._compile()
        return self._sql, self._places

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compile(self) -> None:
        sql, params = self._build(**self._marks).query.sql_with_params()
        places = [(_name_of(value, self._marks), value) for value in params]
        missed = set(self._marks) - {name for name, _value in places}
        if missed:
            raise LookupError(
                f"these values do not stand in the query as they were given: {missed}"
            )
        before, begins, after = sql.partition(f"OFFSET {OFFSET}")
        if begins:
            place = sum(found[0] == "%s" for found in _PLACE.finditer(before))
            places.insert(place, ("first", 0))
            sql = f"{before}OFFSET %s{after}"
        self._places, self._sql = places, sql


def _name_of(value: Any, marks: Mapping[str, Any]) -> str | None:
    plain = getattr(value, "obj", value)  # bytes come wrapped for the driver
    if isinstance(plain, int) and not isinstance(plain, bool):
        plain = int(plain)  # and whole numbers as one of the driver's own kinds of them
    found = [name for name, mark in marks.items() if type(mark) is type(plain) and mark == plain]
    return found[0] if found else None
