"""Conditions of gateways in the one expression language; parsed once per text and process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tinhso.forms.expressions import evaluate, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.forms.expressions import Expression


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Expression:
    return parse(text)


def judge(condition: str, facts: Mapping[str, Any]) -> bool:
    """Whether the condition holds; an unknown (null) does not."""
    return evaluate(_parsed(condition), facts) is True
