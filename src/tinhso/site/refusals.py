"""The one place where a refusal (từ chối) becomes an answer.

Problem+json, a fragment, or a page.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tinhso.kernel.errors import DomainError, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)
API = "/api/"


class RefusalMiddleware:
    """Renders every `DomainError` that a view lets through.

    Expected refusals are logged at info and page nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and goes on to the 500 page."""
        if not isinstance(error, DomainError):
            return None
        log.info("refused %s %s: %s", request.method, request.path, error.code)
        if request.path.startswith(API):
            return problem(error)
        return render(
            request,
            "ui/refusal.html",
            {"error": error, "status": error.status, "code": error.code},
            status=error.status,
        )


def problem(error: DomainError) -> JsonResponse:
    """RFC 9457: the code is the stable part, the sentence is for people."""
    document: dict[str, object] = {
        "type": f"urn:tinhso:error:{error.code}",
        "title": str(error.message) if not error.details else str(error),
        "status": error.status,
        "code": error.code,
    }
    if isinstance(error, Invalid) and error.errors:
        document["errors"] = error.errors
    return JsonResponse(document, status=error.status, content_type="application/problem+json")
