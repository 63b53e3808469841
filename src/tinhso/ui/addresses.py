"""At which address a page can be opened again: that of a form's button may be no page at all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def came_from(request: HttpRequest) -> str:
    """The page of ours from which a form was sent: there it is as it is now. Empty where it is not known."""
    told = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(
        told, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    found = urlsplit(told)
    return f"{found.path}?{found.query}" if found.query else found.path


def page_address(request: HttpRequest) -> str:
    """Where to come back to from this page, whether it was asked for or answers a form."""
    return came_from(request) or request.get_full_path()
