"""Speaking with the national portal through its adapter (trục liên thông, NDXP/LGSP).

Sign in, get a session, post JSON with the session; `error_code` 0 or "00" is success. Known from public
implementations of other provinces' systems; the ministry's own document was not at hand, so nothing here is certain
until it was tried against the real adapter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

import requests
from django.conf import settings

TIMEOUT = (5, 20)
"""Seconds to connect, and to wait for an answer."""
LONGEST_ANSWER = 1_000_000
"""Bytes; an answer is a few hundred."""
DONE = ("0", "00")
BROKEN = 500


class PortalAway(Exception):
    """The portal could not be reached or did not answer sensibly; trying again may help."""


class PortalRefused(Exception):
    """The portal answered and said no, with its code and words."""


@dataclass(frozen=True)
class Portal:
    """Where the adapter stands and who we are to it."""

    address: str
    user: str
    secret: str
    unit: str
    route: str

    @classmethod
    def of_settings(cls) -> Portal:
        """The portal that the house is set to speak with."""
        return cls(
            settings.NATIONAL_URL.rstrip("/"),
            settings.NATIONAL_USER,
            settings.NATIONAL_SECRET,
            settings.NATIONAL_UNIT,
            settings.NATIONAL_ROUTE,
        )


class Session:
    """One signed-in conversation; made for a batch of messages."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.http = requests.Session()
        self.key: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def send(self, service: str, body: dict[str, Any]) -> None:
        """Post one message; signs in first when needed. Raises `PortalAway` or `PortalRefused`."""
        self._call(service, body)

    def knows(self, code: str) -> bool:
        """Whether the portal has a dossier of that code (TraCuuHoSo): it was filed there, or a former try arrived."""
        try:
            return bool(self._call("TraCuuHoSo", {"MaHoSo": code}).get("data"))
        except PortalRefused:
            return False

    def _call(self, service: str, body: dict[str, Any]) -> dict[str, Any]:
        if self.key is None:
            self.key = self._sign_in()
        return self._post(
            "/mapi/g",
            {"session": self.key, "madonvi": self.portal.unit, "service": service, **body},
        )

    def _sign_in(self) -> str:
        try:
            answer = self._post(
                "/mapi/login", {"username": self.portal.user, "password": self.portal.secret}
            )
        except PortalRefused as refusal:
            # Our own name or secret is wrong: no message is to blame, and all wait until it is set right.
            raise PortalAway(f"không đăng nhập được: {refusal}") from None
        key = answer.get("session")
        if not isinstance(key, str) or not key:
            raise PortalAway("trả lời đăng nhập không có session")
        return key

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self.http.post(
                f"{self.portal.address}{path}",
                json=body,
                headers={"dstcode": self.portal.route},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
            content = answer.raw.read(LONGEST_ANSWER, decode_content=True)
        except (requests.RequestException, OSError) as error:
            raise PortalAway(f"không nối được ({type(error).__name__})") from error
        if answer.status_code >= BROKEN:
            raise PortalAway(f"máy chủ trả lời {answer.status_code}")
        return _judged(answer.status_code, content)


def _judged(status: int, content: bytes) -> dict[str, Any]:
    """The answer, or the exception that it means."""
    try:
        said = json.loads(content)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise PortalAway(f"trả lời {status} không phải JSON")
    code = str(said.get("error_code", ""))
    if code not in DONE:
        words = str(said.get("error_message") or said.get("message") or "").strip()
        raise PortalRefused(f"mã lỗi {code or status}: {words}"[:250])
    return said
