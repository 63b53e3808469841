"""How often somebody may guess at a dossier's code and its applicant's number."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = 15 * 60
"""Seconds in which wrong pairs are counted, by the real clock."""
PER_CODE = 5
PER_ADDRESS = 40
"""Many people share an address: a commune's office, a mobile network."""


def are_too_many(request: HttpRequest, code: str) -> bool:
    """Whether this address has given too many wrong pairs, for this code or in all."""
    by_code, by_address = _keys(request, code)
    return len(_recent(by_code)) >= PER_CODE or len(_recent(by_address)) >= PER_ADDRESS


def note(request: HttpRequest, code: str) -> None:
    """Count a wrong pair."""
    for key in _keys(request, code):
        cache.set(key, [*_recent(key), timezone.now().timestamp()], WINDOW)


def _recent(key: str) -> list[float]:
    since = timezone.now().timestamp() - WINDOW
    noted: list[float] = cache.get(key, [])
    return [moment for moment in noted if moment > since]


def _keys(request: HttpRequest, code: str) -> tuple[str, str]:
    address = request.META.get("REMOTE_ADDR", "")
    typed = "".join(char for char in code.upper() if char.isalnum())
    return _key("code", f"{address} {typed}"), _key("address", address)


def _key(kind: str, text: str) -> str:
    return f"portal:{kind}:{hashlib.sha256(text.encode()).hexdigest()}"
