"""What is read as an expression, and how a refusal names the place."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.forms.errors import ExpressionUnreadable
from tinhso.forms.expressions import Expression, names_of, parse, show
from tinhso.forms.expressions.functions import FUNCTIONS
from tinhso.forms.expressions.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    Disjunction,
    ListOf,
    Literal,
    Membership,
    Name,
    Negation,
    Path,
    Range,
)
from tinhso.forms.tests.unhurried import unhurried

names = st.sampled_from(["a", "b_1", "số_người", "_x", "ngày"])
texts = st.text(st.sampled_from('abế"\\\n\t (]'), max_size=8)
leaves = st.one_of(
    st.builds(Literal, st.decimals(0, 10**20, places=3).map(lambda d: d.copy_abs())),
    st.builds(Literal, texts),
    st.builds(Literal, st.sampled_from([True, False, None])),
    st.builds(Name, names),
)


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    any_number = st.lists(inner, max_size=3).map(tuple)
    ranges = st.builds(Range, inner, inner, st.booleans(), st.booleans())
    tests = st.lists(st.one_of(inner, ranges), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Path, inner, names),
        st.builds(Negation, inner),
        st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(Between, inner, inner, inner),
        st.builds(Membership, inner, tests),
        st.builds(Conjunction, several),
        st.builds(Disjunction, several),
        st.builds(Conditional, inner, inner, inner),
        st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), any_number),
        st.builds(ListOf, any_number),
    )


trees: st.SearchStrategy[Expression] = st.recursive(leaves, _larger, max_leaves=12)


@pytest.mark.slow
@unhurried
@given(trees)
def test_a_shown_tree_reads_back_as_itself(tree: Expression) -> None:
    assert parse(show(tree)) == tree


@unhurried
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionUnreadable:
        return
    assert parse(show(tree)) == tree


@unhurried
@given(
    st.lists(
        st.sampled_from(
            [
                '"a"',
                "1",
                "(",
                ")",
                "[",
                "]",
                "in",
                "and",
                "x",
                "..",
                ",",
                "not",
                "if",
                "then",
                "else",
                "between",
                "-",
                "=",
                "date",
            ]
        )
    )
)
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    try:
        tree = parse(" ".join(words))
    except ExpressionUnreadable:
        return
    assert parse(show(tree)) == tree


def test_words_bind_as_in_feel() -> None:
    a, b, c = Name("a"), Name("b"), Name("c")
    assert parse("a or b and c") == Disjunction((a, Conjunction((b, c))))
    assert parse("a + b * c = c") == Comparison("=", Arithmetic("+", a, Arithmetic("*", b, c)), c)
    assert parse("-a.b + c") == Arithmetic("+", Negation(Path(a, "b")), c)
    assert parse("a between b and c and a") == Conjunction((Between(a, b, c), a))
    assert parse("a in (b..c)") == Membership(a, (Range(b, c, False, False),))
    assert parse("a in [b, c].x") == Membership(a, (Path(ListOf((b, c)), "x"),))
    assert parse("years between(a, b)") == Call("years between", (a, b))


def test_both_ways_of_writing_a_letter_are_one_name() -> None:
    assert parse("tiê\u0301ng") == parse("ti\u1ebfng")


def test_names_of_an_expression() -> None:
    assert names_of(parse('a.b + sum(c) in [d..1] and "e" = f')) == {"a", "c", "d", "f"}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("1 +", 4),
        ("1 2", 3),
        ("a = = b", 5),
        ("1 < x < 5", 7),
        ("not a", 5),
        ("(1", 3),
        ("[1,", 4),
        ("a.1", 3),
        ("a.", 3),
        ("if a then b", 12),
        ("a in", 5),
        ("x in [1..2", 11),
        ("today()", 1),
        ("__import__(1)", 1),
        ("a ; b", 3),
        ('"open', 1),
        ('"bad \\q"', 1),
        ('"\ud800"', 1),
        ('"a\x00"', 1),
        ("\x00", 1),
        ("1" * 35, 1),
        ("a between 1", 12),
        ("and", 1),
    ],
)
def test_a_refusal_names_the_place(text: str, position: int) -> None:
    with pytest.raises(ExpressionUnreadable) as refusal:
        parse(text)
    assert refusal.value.code == "forms.expression_unreadable"
    assert refusal.value.details["position"] == position
    str(refusal.value).encode()


def test_a_chain_of_and_is_one_level_and_of_plus_is_not() -> None:
    assert parse(" and ".join(["a"] * 300))
    with pytest.raises(ExpressionUnreadable):
        parse("+".join(["1"] * 300))


@pytest.mark.parametrize(
    "bomb",
    [
        "(" * 1_000,
        "-" * 1_900 + "1",
        "x in [(" * 280,
        "[" * 1_900,
        "not(" * 480,
        "if a then " * 190,
        "1" * 3_000,
        " " * 3_000 + "1",
        "a" * 1_000_000,
        "a " * 990 + "(",
        "x in [(y in [(" * 6 + "1" + ")])])" * 6,
    ],
)
def test_bombs_are_refused_at_once(bomb: str) -> None:
    begin = time.process_time()
    with pytest.raises(ExpressionUnreadable):
        parse(bomb)
    assert time.process_time() - begin < 0.5


def test_numbers_are_decimal() -> None:
    assert parse("0.10") == Literal(Decimal("0.10"))
