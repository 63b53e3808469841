"""The way from the pages that play the national portal to our own API: HTTP over loopback, as any partner comes.

The web process calls itself. Each page that hands a dossier over holds one of its threads until the API has answered in
another; were all of them held so, nobody would be left to answer. So one thread is always kept free of such pages.
"""

from __future__ import annotations

import os
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language

from tinhso.portal.errors import NotSent
from tinhso.portal.national import PROVINCE, Answer, Upload, ways
from tinhso.site.house import House

if TYPE_CHECKING:
    from pathlib import Path

    import requests

THREADS = 4
"""Of a web process that does not say how many it has; as `processes.web` starts it."""
CONNECTING, ANSWERING = 2.0, 20.0  # seconds


OWN_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
"""Where the house itself answers; its token is sent nowhere else."""


class Loopback:
    """POSTs to the API of this very house, by the token that `build_demo` left in it."""

    def __init__(self, threads: int) -> None:
        self.seats = BoundedSemaphore(threads - 1) if threads > 1 else None

    def __call__(
        self, resource: str, *, key: str, body: bytes = b"", file: Upload | None = None
    ) -> Answer:
        """One POST; `NotSent` when all seats are taken, nobody answers, or there is no token."""
        import requests  # noqa: PLC0415 - every process sets this up, few ever send: it takes half a second

        if urlsplit(settings.PUBLIC_ADDRESS).hostname not in OWN_HOSTS:
            raise NotSent  # the token leaves this machine for nobody
        if self.seats is None or not self.seats.acquire(blocking=False):
            raise NotSent
        try:
            answer = _post(f"{settings.PUBLIC_ADDRESS}/api/v1/{resource}", key, body, file)
            return Answer(answer.status_code, answer.json())
        except (requests.RequestException, OSError) as error:
            raise NotSent from error
        finally:
            self.seats.release()


def _post(address: str, key: str, body: bytes, file: Upload | None) -> requests.Response:
    import requests  # noqa: PLC0415

    headers = {
        "Authorization": f"Bearer {token_path().read_text().strip()}",
        "Idempotency-Key": key,
        "Cookie": f"{settings.LANGUAGE_COOKIE_NAME}={get_language() or settings.LANGUAGE_CODE}",
    }
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the machine has no business between the two
        options: dict[str, Any] = {
            "timeout": (CONNECTING, ANSWERING),
            "allow_redirects": False,
        }
        if file is None:
            headers["Content-Type"] = "application/json"
            return session.post(address, data=body, headers=headers, **options)
        with file.path.open("rb") as content:
            parts = {"file": (file.name, content, file.content_type)}
            return session.post(address, files=parts, headers=headers, **options)


def token_path() -> Path:
    """Where the house keeps the secret of the playing portal's token, readable by its account alone."""
    return House(settings.HOME).portal_token


def register() -> None:
    """Give the playing portal its way; it is taken only where these pages play that part."""
    threads = int(os.environ.get("TINHSO_WEB_THREADS", str(THREADS)))
    ways.register(PROVINCE, ways.get(PROVINCE) or Loopback(threads))
