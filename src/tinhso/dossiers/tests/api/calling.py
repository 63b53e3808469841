"""A partner system that calls the API."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from tinhso.accounts.tests.factories import make_token
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.dossiers.tests.factories import ANSWERS, MARRIAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from tinhso.accounts.models import PartnerToken
    from tinhso.agencies.models import Agency
    from tinhso.dossiers.tests.factories import Desk

PATH = "/api/v1/dossiers"
EVERY_ACT = tuple(right for right in Right if right.value.startswith("dossiers:dossier:"))


@dataclass
class Caller:
    """One partner with its token."""

    token: PartnerToken
    secret: str
    client: Client = field(default_factory=Client)

    def post(self, path: str, body: Any = None, /, **headers: str) -> HttpResponse:
        """POST JSON; `body` as text or bytes goes out as it is."""
        content = (
            body if isinstance(body, str | bytes) else json.dumps({} if body is None else body)
        )
        return self._sent(
            self.client.post(
                path,
                content,
                content_type="application/json",
                headers={"Authorization": f"Bearer {self.secret}", **_named(headers)},
            )
        )

    def get(self, path: str, query: dict[str, Any] | None = None) -> HttpResponse:
        """GET."""
        return self._sent(
            self.client.get(path, query, headers={"Authorization": f"Bearer {self.secret}"})
        )

    @staticmethod
    def _sent(answer: Any) -> HttpResponse:
        found: HttpResponse = answer
        return found


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def make_caller(
    agency: Agency,
    rights: Iterable[str] = EVERY_ACT,
    *,
    secret: str = "ts_cuc",  # noqa: S107
) -> Caller:
    """A partner whose token holds the rights at the agency and below."""
    token = make_token(agency, rights, secret=secret, includes_subordinates=True)
    return Caller(token, secret)


def content(answer: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)


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
