"""What a device remembers (ghi nhớ trên máy): how close its lines stand, at which window it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpResponse

A_YEAR = 365 * 24 * 3600


def remember(answer: HttpResponse, name: str, value: str) -> None:
    """Let the device keep a value for a year; nothing personal belongs there."""
    answer.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
