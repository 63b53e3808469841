"""The one expression language: a typed subset of FEEL. Semantics: docs/reference/expressions.md."""

from tinhso.forms.expressions.checking import check
from tinhso.forms.expressions.evaluation import evaluate
from tinhso.forms.expressions.parsing import parse
from tinhso.forms.expressions.syntax import Expression, names_of, show
from tinhso.forms.expressions.types import (
    BOOLEAN,
    DATE,
    DAYS,
    MONTHS,
    NULL,
    NUMBER,
    STRING,
    Months,
    Type,
    list_of,
    record_of,
)

__all__ = [
    "BOOLEAN",
    "DATE",
    "DAYS",
    "MONTHS",
    "NULL",
    "NUMBER",
    "STRING",
    "Expression",
    "Months",
    "Type",
    "check",
    "evaluate",
    "list_of",
    "names_of",
    "parse",
    "record_of",
    "show",
]
