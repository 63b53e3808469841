"""Below `/api/` every answer that something is wrong is a problem document (RFC 9457), never a page.

The API answers its own refusals. What never reached it — an address that is none, a wrong method, a host that is not
ours, a fault before or behind the router — is turned into a document here.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from tinhso.kernel.errors import DomainError, NotAllowed, NotFound, Unavailable
from tinhso.site.bodies import LARGEST_MB
from tinhso.site.errors import InternalFault, MethodNotAllowed, RequestTooLarge, RequestUnusable
from tinhso.site.refusals import API, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PROBLEM = "application/problem+json"
BY_STATUS: dict[int, type[DomainError]] = {
    HTTPStatus.FORBIDDEN: NotAllowed,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: MethodNotAllowed,
    HTTPStatus.SERVICE_UNAVAILABLE: Unavailable,
}
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")
"""Headers of the answer that a program needs with the document."""


class ProblemMiddleware:
    """Turns answers of 400 and above for a program into documents."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_wrong = answer.status_code >= HTTPStatus.BAD_REQUEST
        if not is_wrong or not request.path.startswith(API) or answer["Content-Type"] == PROBLEM:
            return answer
        document = problem(refusal_of(answer.status_code))
        for name in KEPT:
            if name in answer:
                document[name] = answer[name]
        return document


def refusal_of(status: int) -> DomainError:
    """The refusal that a bare status tells of; what the house itself did wrong is an `InternalFault`."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return RequestTooLarge(limit_mb=LARGEST_MB)
    if status in BY_STATUS:
        return BY_STATUS[status]()
    return InternalFault() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else RequestUnusable()
