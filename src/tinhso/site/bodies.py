"""How large a request may be, and what its address, judged by what it says of itself before anything of it is read.

What was typed into its form is then taken as it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.kernel.unseen import as_seen
from tinhso.site.errors import RequestTooLarge, RequestUnusable
from tinhso.site.refusals import answer_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

MEGABYTE = 1024 * 1024
LARGEST_MB = 64


class BodyLimitMiddleware:
    """Refuses with `RequestTooLarge` or `RequestUnusable`.

    It stands before the one that looks for the CSRF token in the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """After the visitor is known, so that the refusal is a page like any other; before the body is read."""
        if "\0" in request.path:  # no name of anything has it, and no column takes it
            return answer_to(request, RequestUnusable())
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) <= LARGEST_MB * MEGABYTE:
            return None
        return answer_to(request, RequestTooLarge(limit_mb=LARGEST_MB))


class SeenTextMiddleware:
    """Takes what was typed into a form as it is seen; behind the one that looks for the token in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_given: Any) -> None:
        """Passwords are of whatever they were made of. What needs no token is the API's: it reads bodies by itself."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        seen = {
            name: [as_seen(value) for value in values]
            for name, values in request.POST.lists()
            if "password" not in name
        }
        changed = {
            name: values for name, values in seen.items() if values != request.POST.getlist(name)
        }
        if changed:
            posted = request.POST.copy()
            for name, values in changed.items():
                posted.setlist(name, values)
            request.POST = posted  # type: ignore[assignment]  # a copy, which nobody changes
