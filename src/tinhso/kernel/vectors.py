"""A tsvector column filled from an array of folded words, never through PostgreSQL's text parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from tinhso.kernel.folding import tsquery

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    AnyField = models.Field[Any, Any]
    AnyLookup = models.Lookup[Any]
else:
    # Django's own classes know their type arguments to the type checker only.
    AnyField = models.Field
    AnyLookup = models.Lookup


class SearchVectorField(AnyField):
    """Holds folded words (từ khóa không dấu); written as a list of words, queried with `matching`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        del connection
        return "tsvector"

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return vector_text(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        del value, compiler, connection
        return "%s::tsvector"


def vector_text(words: list[str]) -> str:
    """The literal of a tsvector: folded words hold letters and digits only, so quoting is enough."""
    return " ".join(f"'{word}'" for word in words)


@SearchVectorField.register_lookup
class Answers(AnyLookup):
    """`words__answers="'<0905':* | 'lan':*"`: the question is a whole tsquery, made of safe lexemes by who asks."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*left_params, str(self.rhs))


@SearchVectorField.register_lookup
class Matches(AnyLookup):
    """`words__matches="nguyen an"`: every typed word is the beginning of a stored word."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*left_params, tsquery(str(self.rhs)))
