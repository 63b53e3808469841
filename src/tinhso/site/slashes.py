"""An address may be typed with a slash at its end or without: what has none answers to both.

The other way round, an address that ends in a slash and is asked for without, is Django's own rule (`APPEND_SLASH`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import Resolver404, register_converter, resolve

from tinhso.site.refusals import API

if TYPE_CHECKING:
    from django.http import HttpResponse


class WithoutSlash:
    """A path that is an address when nothing follows it; any other is none of ours and stays not found."""

    regex = r"[^/](?:.*[^/])?"

    def to_python(self, value: str) -> str:
        """The path, or `ValueError`, which says that this pattern does not fit.

        A program is not sent on: what it posts would be lost on the way.
        """
        if f"/{value}/".startswith(API):
            raise ValueError(value)
        try:
            resolve(f"/{value}")
        except Resolver404 as unknown:
            raise ValueError(value) from unknown
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(WithoutSlash, "without_slash")


def redirect(request: HttpRequest, path: str) -> HttpResponse:
    """To the address without the slash, with the question that was asked."""
    query = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(f"/{path}?{query}" if query else f"/{path}")
