"""Tokens to tree: a Pratt parser. The grammar is in docs/reference/expressions.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from tinhso.forms.errors import ExpressionUnreadable
from tinhso.forms.expressions.functions import FUNCTIONS
from tinhso.forms.expressions.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    Disjunction,
    Expression,
    ListOf,
    Literal,
    Membership,
    Name,
    Negation,
    Path,
    Range,
    nodes,
)
from tinhso.forms.expressions.tokens import KEYWORDS, Sort, Token, tokens

MAX_DEPTH = 40
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_STRENGTH = {
    "or": 1,
    "and": 2,
    **dict.fromkeys((*_COMPARISONS, "between", "in"), 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    ".": 7,
}
_RELATION = 3
_SUM = 4
_UNARY = 6
_CONSTANTS = {"true": True, "false": False, "null": None}
_LONGEST_FUNCTION = max(len(name.split()) for name in FUNCTIONS)


def parse(text: str) -> Expression:
    """The tree of an expression; refuses with `ExpressionUnreadable(position, expected, found)`."""
    parser = _Parser(tokens(text))
    expression = parser.expression()
    parser.expect_end()
    for node, depth in nodes(expression):
        if depth > MAX_DEPTH:
            parser.too_deep(node.position)
    return expression


class _Parser:
    """The place in the tokens; each method reads one construct and moves on."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens = found
        self.index = 0
        self.nesting = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.here
        if token.sort is not Sort.END:
            self.index += 1
        return token

    def expect(self, *texts: str) -> Token:
        if not self.here.is_(*texts):
            self.refuse(" hoặc ".join(f"“{text}”" for text in texts))
        return self.take()

    def expect_end(self) -> None:
        if self.here.sort is not Sort.END:
            self.refuse("phép toán hoặc hết biểu thức")

    def refuse(self, expected: str) -> NoReturn:
        token = self.here
        raise ExpressionUnreadable(position=token.position, expected=expected, found=token.shown)

    def too_deep(self, position: int) -> NoReturn:
        raise ExpressionUnreadable(
            position=position,
            expected=f"không quá {MAX_DEPTH} tầng lồng nhau",
            found="nhiều hơn",
        )

    def expression(self, strength: int = 0, left: Expression | None = None) -> Expression:
        """An expression whose operators all bind more tightly than `strength`.

        `left` is its beginning when that has been read already.
        """
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            self.too_deep(self.here.position)
        left = left or self.beginning()
        while True:
            sign = self.here
            binds = _STRENGTH.get(sign.text, 0) if sign.sort in (Sort.SIGN, Sort.WORD) else 0
            if binds <= strength:
                break
            left = self.continuation(left, sign)
            if binds == _RELATION and _STRENGTH.get(self.here.text, 0) >= _RELATION:
                self.refuse("“and” hoặc “or” (so sánh không nối tiếp được)")
        self.nesting -= 1
        return left

    def beginning(self) -> Expression:
        token = self.take()
        match token.sort:
            case Sort.NUMBER | Sort.STRING:
                return Literal(token.value, position=token.position)
            case Sort.NAME:
                return self.name_or_call(token)
            case _:
                return self.sign_or_word(token)

    def sign_or_word(self, token: Token) -> Expression:  # noqa: PLR0911 - one branch a sign
        position = token.position
        if token.is_("true", "false", "null"):
            return Literal(_CONSTANTS[token.text], position=position)
        if token.is_("not") and self.here.is_("("):
            return self.call("not", position)
        if token.is_("if"):
            return self.conditional(position)
        if token.is_("-"):
            return Negation(self.expression(_UNARY), position=position)
        if token.is_("("):
            inside = self.expression()
            self.expect(")")
            return inside
        if token.is_("["):
            items = self.items("]")
            return ListOf(items, position=position)
        if token.is_("not"):
            return self.refuse("“(” sau “not”")
        if token.sort is not Sort.END:
            self.index -= 1
        return self.refuse("một giá trị")

    def continuation(self, left: Expression, sign: Token) -> Expression:
        self.take()
        position = sign.position
        match sign.text:
            case "and" | "or":
                return self.chain(left, sign)
            case "between":
                low = self.expression(_RELATION)
                self.expect("and")
                return Between(left, low, self.expression(_RELATION), position=position)
            case "in":
                return Membership(left, self.tests(), position=position)
            case ".":
                if self.here.sort is not Sort.NAME:
                    self.refuse("tên trường")
                return Path(left, self.take().text, position=position)
            case "+" | "-" | "*" | "/":
                right = self.expression(_STRENGTH[sign.text])
                return Arithmetic(sign.text, left, right, position=position)
            case _:
                right = self.expression(_RELATION)
                return Comparison(sign.text, left, right, position=position)

    def chain(self, first: Expression, sign: Token) -> Expression:
        items = [first, self.expression(_STRENGTH[sign.text])]
        while self.here.is_(sign.text):
            self.take()
            items.append(self.expression(_STRENGTH[sign.text]))
        kind = Conjunction if sign.text == "and" else Disjunction
        return kind(tuple(items), position=sign.position)

    def conditional(self, position: int) -> Expression:
        test = self.expression()
        self.expect("then")
        consequence = self.expression()
        self.expect("else")
        return Conditional(test, consequence, self.expression(), position=position)

    def name_or_call(self, token: Token) -> Expression:
        words = [token.text]
        for ahead in range(_LONGEST_FUNCTION):
            following = self.tokens[min(self.index + ahead, len(self.tokens) - 1)]
            function = " ".join(words)
            if following.is_("(") and (function in FUNCTIONS or KEYWORDS.isdisjoint(words)):
                self.index += ahead
                return self.call(function, token.position)
            if following.sort not in (Sort.NAME, Sort.WORD):
                break
            words.append(following.text)
        return Name(token.text, position=token.position)

    def call(self, function: str, position: int) -> Expression:
        if function not in FUNCTIONS:
            raise ExpressionUnreadable(
                position=position,
                expected=f"một trong các hàm: {', '.join(sorted(FUNCTIONS))}",
                found=f"“{function[:60]}”",
            )
        self.expect("(")
        return Call(function, self.items(")"), position=position)

    def items(self, end: str) -> tuple[Expression, ...]:
        found: list[Expression] = []
        if not self.here.is_(end):
            found.append(self.expression())
            while self.here.is_(","):
                self.take()
                found.append(self.expression())
        self.expect(end, ",")
        return tuple(found)

    def tests(self) -> tuple[Expression | Range, ...]:
        if not self.here.is_("("):
            return (self.test(_RELATION),)
        opening = self.take()
        tests = [self.test()]
        first = tests[0]
        if self.here.is_("..") and not isinstance(first, Range):
            return (self.range_from(first, opening),)
        while self.here.is_(","):
            self.take()
            tests.append(self.test())
        self.expect(")", ",")
        return tuple(tests)

    def test(self, strength: int = 0) -> Expression | Range:
        opening = self.here
        if opening.is_("]"):
            self.take()
            return self.range_from(self.expression(), opening)
        if not opening.is_("["):
            return self.expression(strength)
        self.take()
        if self.here.is_("]"):
            return self.list_from((), opening, strength)
        low = self.expression()
        return (
            self.range_from(low, opening)
            if self.here.is_("..")
            else self.list_from((low,), opening, strength)
        )

    def list_from(self, first: tuple[Expression, ...], opening: Token, strength: int) -> Expression:
        if first and self.here.is_(","):
            self.take()
        items = (*first, *self.items("]"))
        return self.expression(strength, ListOf(items, position=opening.position))

    def range_from(self, low: Expression, opening: Token) -> Range:
        self.expect("..")
        high = self.expression()
        closing = self.expect("]", "[", ")")
        return Range(
            low,
            high,
            low_included=opening.is_("["),
            high_included=closing.is_("]"),
            position=opening.position,
        )
