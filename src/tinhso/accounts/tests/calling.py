"""A partner system that calls the API."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from tinhso.accounts.tests.factories import make_token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from tinhso.accounts.models import PartnerToken
    from tinhso.agencies.models import Agency

SECRET = "ts_cuc"


@dataclass
class Caller:
    """One partner with its token."""

    token: PartnerToken
    secret: str
    client: Client = field(default_factory=Client)

    def post(self, path: str, body: Any = None, /, **headers: str) -> HttpResponse:
        """POST JSON; `body` as text or bytes goes out as it is."""
        return self._send("POST", path, body, headers)

    def put(self, path: str, body: Any = None, /, **headers: str) -> HttpResponse:
        """PUT JSON."""
        return self._send("PUT", path, body, headers)

    def delete(self, path: str, /, **headers: str) -> HttpResponse:
        """DELETE."""
        return self._send("DELETE", path, None, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        text = body if isinstance(body, str | bytes) else json.dumps({} if body is None else body)
        said = {"Authorization": f"Bearer {self.secret}", **_named(headers)}
        return self._sent(
            self.client.generic(method, path, text, content_type="application/json", headers=said)
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


def caller(agency: Agency | None, rights: Iterable[str], *, secret: str = SECRET) -> Caller:
    """A partner whose token holds the rights at the agency and below, or in the whole province."""
    token = make_token(agency, rights, secret=secret, includes_subordinates=True)
    return Caller(token, secret)


def content(answer: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)
