"""Conditions and counts of queries that are kept as text: see `compiled`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, Func, IntegerField, Lookup, Q

if TYPE_CHECKING:
    AnyFunc = Func
    AnyLookup = Lookup[Any]
else:
    AnyFunc, AnyLookup = Func, Lookup


class Among(AnyLookup):
    """`Among(F("agency"), keys)`: one of a list of keys, which is one value whatever its length."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection)
        return f"{left} = ANY(%s::{kind}[])", (*left_params, list(self.rhs))


class Counted(AnyFunc):
    """How many rows a condition holds for, beside others in one query: `values_list(Counted(Q(…)), Counted())`.

    Unlike Django's `Count` it is no aggregate to the ORM, so that such a query can be kept as text.
    """

    template = "count(*) FILTER (WHERE %(expressions)s)"
    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **context: Any) -> Any:
        if not self.source_expressions:
            return "count(*)", ()
        return super().as_sql(compiler, connection, *given, **context)


def holds(condition: Q) -> ExpressionWrapper[Q]:
    """Whether a condition holds for a row, as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField())
