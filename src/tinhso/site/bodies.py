"""How large a request may be, and what its address, judged by what it says of itself before anything of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
