"""Text to tokens: words, signs, numbers and strings of an expression, each with its position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from tinhso.forms.errors import ExpressionUnreadable

MAX_LENGTH = 2_000
MAX_DIGITS = 34
KEYWORDS = frozenset(
    {"and", "or", "not", "if", "then", "else", "in", "between", "true", "false", "null"}
)
_PIECE = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<sign>\.\.|<=|>=|!=|[-+*/=<>()\[\],.])
      | "(?P<string>(?:[^"\\]|\\["\\nt])*)"
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()
    STRING = auto()
    NAME = auto()
    WORD = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """One token; `position` counts characters from 1."""

    sort: Sort
    text: str
    position: int
    value: Decimal | str | None = None

    def is_(self, *texts: str) -> bool:
        """Whether this is one of these signs or reserved words."""
        return self.sort in (Sort.SIGN, Sort.WORD) and self.text in texts

    @property
    def shown(self) -> str:
        """The token as a refusal quotes it."""
        return "hết biểu thức" if self.sort is Sort.END else f"“{self.text[:40]}”"


def tokens(text: str) -> list[Token]:
    """The tokens of an expression, the last one END; refuses with `ExpressionUnreadable`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionUnreadable(
            position=MAX_LENGTH,
            expected=f"không quá {MAX_LENGTH} ký tự",
            found=f"{len(text)} ký tự",
        )
    text = unicodedata.normalize("NFC", text)
    found: list[Token] = []
    start = 0
    while start < len(text):
        match = _PIECE.match(text, start)
        if match is None:
            raise ExpressionUnreadable(
                position=start + 1,
                expected="tên, số, chuỗi trong dấu nháy kép hoặc phép toán",
                found=f"“{_printable(text[start])}”",
            )
        if match.lastgroup != "space":
            found.append(_token(match, start + 1))
        start = match.end()
    found.append(Token(Sort.END, "", len(text) + 1))
    return found


def _token(match: re.Match[str], position: int) -> Token:
    piece = match[0]
    match match.lastgroup:
        case "number":
            return Token(Sort.NUMBER, piece, position, _number(piece, position))
        case "name":
            return Token(Sort.WORD if piece in KEYWORDS else Sort.NAME, piece, position)
        case "string":
            return Token(Sort.STRING, piece, position, _string(match["string"], position))
        case _:
            return Token(Sort.SIGN, piece, position)


def _number(piece: str, position: int) -> Decimal:
    if len(piece.replace(".", "")) > MAX_DIGITS:
        raise ExpressionUnreadable(
            position=position,
            expected=f"số không quá {MAX_DIGITS} chữ số",
            found=f"“{piece[:40]}…”",
        )
    return Decimal(piece)


def _string(inner: str, position: int) -> str:
    value = _ESCAPE.sub(lambda match: _ESCAPED[match[1]], inner)
    for char in inner:
        if unicodedata.category(char) in ("Cc", "Cs"):
            raise ExpressionUnreadable(
                position=position,
                expected="chuỗi không có ký tự điều khiển",
                found=f"“{_printable(char)}”",
            )
    return value


def _printable(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
