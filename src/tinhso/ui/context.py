"""The context processor of every page."""

from __future__ import annotations

from django.http import HttpRequest

from tinhso.ui.shell import Shell


def shell(request: HttpRequest) -> dict[str, Shell]:
    """`shell`: masthead, bands, navigation and account links of this request."""
    return {"shell": Shell(request)}
