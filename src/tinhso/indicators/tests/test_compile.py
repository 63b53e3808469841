"""An expression says the same of the same rows in Python, on DuckDB and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import ibis
import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.forms.errors import ExpressionUnreadable
from tinhso.forms.expressions import check, evaluate, parse, show
from tinhso.forms.expressions.types import BOOLEAN, DATE, NUMBER, STRING
from tinhso.indicators.compiling import ON_COLUMNS, compiled, refused, true_of
from tinhso.indicators.definitions import ends

COLUMNS = {
    **dict.fromkeys(("n", "m"), NUMBER),
    **dict.fromkeys(("s", "t"), STRING),
    **dict.fromkeys(("p", "q"), BOOLEAN),
    **dict.fromkeys(("d", "e"), DATE),
}
NAMES = COLUMNS | {"first_day": DATE, "last_day": DATE}
KNOWN = ends(date(2026, 9, 1), date(2026, 9, 30))
DAYS = (date(2024, 2, 29), date(2026, 9, 1), date(2026, 9, 30), None)
TEXTS = ("xã", "Xã Trà Bồng", "", None)
NUMBERS = (0, 1, -7, 480, None)
TRUTHS = (True, False, None)
ROWS = [
    {"n": n, "m": m, "s": s, "t": t, "p": p, "q": q, "d": d, "e": e}
    for (n, m), (s, t), (p, q), (d, e) in zip(
        list(product(NUMBERS, NUMBERS)),
        list(product(TEXTS, TEXTS)) * 2,
        list(product(TRUTHS, TRUTHS)) * 3,
        list(product(reversed(DAYS), DAYS)) * 2,
        strict=False,
    )
]
SCHEMA = ibis.schema(
    {"n": "int64", "m": "int64", "s": "string", "t": "string", "p": "boolean", "q": "boolean"}
    | {"d": "date", "e": "date", "row": "int64"}
)
TABLE = ibis.table(SCHEMA, name="compiled_rows")


@pytest.fixture(scope="module")
def duck() -> ibis.BaseBackend:
    engine = ibis.duckdb.connect(threads=1)
    rows = [row | {"row": number} for number, row in enumerate(ROWS)]
    engine.con.register("given_rows", pa.Table.from_pylist(rows, schema=SCHEMA.to_pyarrow()))
    engine.raw_sql("CREATE TABLE compiled_rows AS SELECT * FROM given_rows")
    return engine


@pytest.fixture
def postgres(db: None) -> Iterator[None]:
    del db
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE compiled_rows (n bigint, m bigint, s text, t text, p boolean,"
            " q boolean, d date, e date, row bigint)"
        )
        cursor.executemany(
            "INSERT INTO compiled_rows VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(*row.values(), number) for number, row in enumerate(ROWS)],
        )
        yield
        cursor.execute("DROP TABLE compiled_rows")


def _on_duckdb(text: str, engine: ibis.BaseBackend) -> list[Any]:
    asked = TABLE.select("row", answer=compiled(parse(text), TABLE, KNOWN)).order_by("row")
    answers: list[Any] = engine.to_pyarrow(asked)["answer"].to_pylist()
    return answers


def _on_postgresql(text: str) -> list[Any]:
    asked = TABLE.select("row", answer=compiled(parse(text), TABLE, KNOWN)).order_by("row")
    with connection.cursor() as cursor:
        cursor.execute(str(ibis.to_sql(asked, dialect="postgres")).replace("%", "%%"))
        return [answer for _row, answer in cursor.fetchall()]


def _in_python(text: str) -> list[Any]:
    return [evaluate(parse(text), row | KNOWN) for row in ROWS]


def _one_of(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


NUMBER_OF: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        _one_of("n", "m", "0", "1", "480", "2.5", "null", "d.year", "d.month", "e.day"),
        _one_of("string length(s)", "years between(d, e)", "years between(e, d)", "(d - e).days"),
        st.tuples(NUMBER_OF, _one_of("+", "-", "*"), NUMBER_OF).map(" ".join).map("({})".format),
        NUMBER_OF.map("abs({})".format),
        NUMBER_OF.map("(-{})".format),
        st.tuples(TRUTH_OF, NUMBER_OF, NUMBER_OF).map(
            lambda parts: "(if {} then {} else {})".format(*parts)
        ),
    )
)
DATE_OF = st.one_of(
    _one_of("d", "e", "first_day", "last_day", 'date("2026-09-15")'),
    _one_of('(d + duration("P10D"))', '(d - duration("P1M"))', '(e + duration("P1Y6M"))'),
    _one_of('(d + duration("P9990Y"))', '(last_day - duration("P90D"))'),
)
STRING_OF = _one_of("s", "t", '"xã"', '"Trà"', '""')
SIGN = _one_of("=", "!=", "<", "<=", ">", ">=")
TRUTH_OF: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        _one_of("p", "q", "true", "false", "is defined(n)", "is defined(s)", "n = null", "p = q"),
        st.tuples(NUMBER_OF, SIGN, NUMBER_OF).map(" ".join).map("({})".format),
        st.tuples(DATE_OF, SIGN, DATE_OF).map(" ".join).map("({})".format),
        st.tuples(STRING_OF, _one_of("=", "!="), STRING_OF).map(" ".join).map("({})".format),
        st.tuples(_one_of("n / m", "m / n", "n / 3"), SIGN, _one_of("0", "0.5", "1", "m"))
        .map(" ".join)
        .map("({})".format),
        st.tuples(NUMBER_OF, NUMBER_OF, NUMBER_OF).map(
            lambda parts: "({} between {} and {})".format(*parts)
        ),
        st.tuples(NUMBER_OF, _one_of("(1, 480)", "[0..480]", "]0..1]", "(null, 1)", "[1, n]")).map(
            lambda parts: "({} in {})".format(*parts)
        ),
        st.tuples(STRING_OF, _one_of('("xã", "")', "(t)", "(null)")).map(
            lambda parts: "({} in {})".format(*parts)
        ),
        st.tuples(_one_of("contains", "starts with", "ends with"), STRING_OF, STRING_OF).map(
            lambda parts: "{}({}, {})".format(*parts)
        ),
        TRUTH_OF.map("not({})".format),
        st.tuples(TRUTH_OF, _one_of("and", "or"), TRUTH_OF).map(" ".join).map("({})".format),
    )
)


@pytest.mark.usefixtures("postgres")
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TRUTH_OF)
@pytest.mark.slow
def test_every_condition_says_the_same_everywhere(duck: ibis.BaseBackend, text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionUnreadable:  # nested deeper, or longer, than the language lets
        return
    check(expression, NAMES)
    if list(refused(expression, COLUMNS)):
        return
    expected = _in_python(text)
    assert _on_duckdb(text, duck) == expected, show(expression)
    assert _on_postgresql(text) == expected, show(expression)


@pytest.mark.parametrize(
    "text",
    [
        "n = null",
        "null = null",
        "n / m > 0.5",
        "n / 0 = null",
        "s in (null)",
        "if p then n > 0 else null",
        "d between first_day and last_day",
        "(d - e).days > 30",
        "years between(d, last_day) >= 2",
        "n in (1, [400..500])",
    ],
)
@pytest.mark.usefixtures("postgres")
def test_what_is_written_by_hand_says_the_same_everywhere(
    duck: ibis.BaseBackend, text: str
) -> None:
    assert _on_duckdb(text, duck) == _on_postgresql(text) == _in_python(text)


def test_only_what_is_true_counts(duck: ibis.BaseBackend) -> None:
    asked = TABLE.filter(true_of(parse("p"), TABLE, KNOWN)).count()
    assert engine_count(duck, asked) == sum(row["p"] is True for row in ROWS)
    assert engine_count(duck, TABLE.filter(true_of(None, TABLE, KNOWN)).count()) == len(ROWS)


def engine_count(engine: ibis.BaseBackend, asked: Any) -> int:
    return int(engine.to_pyarrow(asked).as_py())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('upper case(s) = "XÃ"', "upper case"),
        ("min(n, m) > 1", "min"),
        ("round half up(n, 0) = 1", "round half up"),
        ('substring(s, 1, 2) = "xã"', "substring"),
        ("(n / m) * 3 = 1", "/"),
        ("list contains([n], 1)", "list contains"),
    ],
)
def test_what_engines_say_otherwise_is_refused_by_name(text: str, what: str) -> None:
    expression = parse(text)
    assert check(expression, NAMES) == BOOLEAN
    assert what in [refusal.details["what"] for refusal in refused(expression, COLUMNS)]


def test_of_values_without_a_column_every_function_can_be_asked() -> None:
    expression = parse('s = upper case("xã") and d > date(2026, 1, 1)')
    assert list(refused(expression, COLUMNS)) == []
    assert "upper case" not in ON_COLUMNS
    assert evaluate(parse('upper case("xã")'), {}) == "XÃ"
    assert evaluate(parse("n / 3"), {"n": 1}) != Decimal(1) / 3
