"""A partner system that calls the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.tests.calling import SECRET, Caller, caller, content
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.tests.factories import ANSWERS, MARRIAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.agencies.models import Agency
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["EVERY_ACT", "PATH", "Caller", "content", "make_caller", "sent"]
PATH = "/api/v1/dossiers"
EVERY_ACT = tuple(right for right in Right if right.value.startswith("dossiers:dossier:"))


def make_caller(
    agency: Agency, rights: Iterable[str] = EVERY_ACT, *, secret: str = SECRET
) -> Caller:
    """A partner whose token holds the rights at the agency and below."""
    return caller(agency, rights, secret=secret)


def sent(desk: Desk, **changes: Any) -> dict[str, Any]:
    """A complete dossier as the API takes it; `changes` overrule, None takes away."""
    body = {
        "procedure": MARRIAGE,
        "agency": "H99.41",
        "answers": dict(ANSWERS[MARRIAGE]),
        **changes,
    }
    del desk
    return {name: value for name, value in body.items() if value is not None}
