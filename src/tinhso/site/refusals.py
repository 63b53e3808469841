"""The one place where a refusal (từ chối) becomes an answer.

Problem+json, a fragment, or a page.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from tinhso.accounts.queries import needs_second_factor
from tinhso.calendars.clock import now
from tinhso.kernel.days import DayUnreadable
from tinhso.kernel.errors import DomainError, Invalid, NotAllowed, Unavailable
from tinhso.site.errors import NotAPage
from tinhso.ui.addresses import came_from
from tinhso.ui.asking_again import asked_again

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
        """The address of a form's button, opened as a page, is told as one; of what a view answers all else stays."""
        answer = self.get_response(request)
        is_bare = answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content
        if not is_bare or request.path.startswith(API):
            return answer
        page = answer_to(request, NotAPage())
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, and a database that is away for a moment; anything else is a bug and gets the 500 page."""
        if isinstance(error, OperationalError):
            log.warning("database away at %s %s: %s", request.method, request.path, error)
            error = Unavailable()
        if not isinstance(error, DomainError):
            return None
        return answer_to(request, error)


def answer_to(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal for who asked: a document for a program, a page for a person."""
    if request.path.startswith(API):
        return refused(request, error)
    log.info("refused %s %s: %s", request.method, request.path, error.code)
    context = {
        "error": error,
        "status": error.status,
        "code": error.code,
        "back": came_from(request),
    }
    if isinstance(error, NotAllowed) and request.user.is_authenticated:
        context["waiting"] = needs_second_factor(request.user, at=now())
        context["account"] = reverse("accounts:mine")
    if isinstance(error, DayUnreadable):
        context |= asked_again(request.GET, error)
    page = "ui/asking_again.html" if isinstance(error, DayUnreadable) else "ui/refusal.html"
    return render(request, page, context, status=error.status)


def refused(request: HttpRequest, error: DomainError) -> JsonResponse:
    """Answer a program, and write the refusal down."""
    log.info("refused %s %s: %s", request.method, request.path, error.code)
    return problem(error)


def problem(error: DomainError) -> JsonResponse:
    """RFC 9457: the code is the stable part, the title that of its family, the detail is for people."""
    document: dict[str, object] = {
        "type": f"urn:tinhso:error:{error.code}",
        "title": str(family(type(error)).message),
        "status": error.status,
        "detail": str(error),
        "code": error.code,
    }
    if isinstance(error, Invalid) and error.errors:
        document["errors"] = error.errors
    answer = JsonResponse(document, status=error.status, content_type="application/problem+json")
    if error.status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def family(kind: type[DomainError]) -> type[DomainError]:
    """Which of the five families a refusal belongs to."""
    families = [known for known in kind.__mro__ if DomainError in known.__bases__]
    return families[-1] if families else kind
