"""The JSON API v1: where the apps' resources are mounted, and where everything that is refused is answered alike."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from tinhso.accounts.api import reforms
from tinhso.accounts.api.partners import PartnerBearer
from tinhso.accounts.api.reading import LARGEST_BODY, StrictParser, knowing_its_queries
from tinhso.accounts.api.refusing import ShownProblem
from tinhso.accounts.api.sending import PARAMETER
from tinhso.accounts.errors import BodyTooLarge, BodyUnreadable, RequestMalformed
from tinhso.counter import api as counter_api
from tinhso.datasets.api import routers as dataset_routers
from tinhso.dossiers.api.routers import ROUTERS
from tinhso.indicators.api import routers as figure_routers
from tinhso.inspections.api import routers as inspection_routers
from tinhso.kernel.errors import DomainError, NotFound
from tinhso.site.api_headers import describe_headers
from tinhso.site.refusals import refused
from tinhso.tasks.api import routers as task_routers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from ninja.openapi.schema import OpenAPISchema

DESCRIPTION = """\
Tỉnh Số for partner systems: keep drafts, hand dossiers in, follow them, work on them; read figures, write and send
reports; deliver data sets; carry tasks out, hold inspections; carry reforms out. Each act is the very service behind
the pages. Refusals are problem documents (RFC 9457) whose `code` is stable. Besides what stands at an address any may
answer, in the same form, 400 (a request that cannot be read), 405 (a method that it does not have), 500 (a fault of
ours) and 503 (out of service for a moment). See docs/reference/api.md.
"""


PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ShownProblem"}}}
TOO_LARGE = {"description": f"A body of more than {LARGEST_BODY // 1024} KB", "content": PROBLEM}


class Api(NinjaAPI):
    """Describes its refusals by their real content type, and the key that every POST and PUT may bear."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description (OpenAPI 3.1), drawn once a process: anybody may ask for it, and it is slow."""
        if self._described is None:
            self._described = self._describe(**given)
        return self._described

    def _describe(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        for path in schema["paths"].values():
            for method in {"post", "put"} & path.keys():
                path[method].setdefault("parameters", []).append(PARAMETER)
            for operation in path.values():
                if "requestBody" in operation:
                    operation["responses"].setdefault("413", TOO_LARGE)
                describe_headers(operation["responses"])
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        answer["content"] = PROBLEM
        schema["components"]["schemas"]["ShownProblem"] = ShownProblem.model_json_schema()
        return schema


api = Api(
    title="Tỉnh Số",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=PartnerBearer(),
    parser=StrictParser(),
)
api.add_decorator(knowing_its_queries)
OFFERED = (
    *ROUTERS,
    *counter_api.ROUTERS,
    *figure_routers.ROUTERS,
    *dataset_routers.ROUTERS,
    *task_routers.ROUTERS,
    *inspection_routers.ROUTERS,
    ("/reforms", reforms.router),
)
for prefix, router in OFFERED:
    api.add_router(prefix, router)


@api.exception_handler(DomainError)
def answer_refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal of a service."""
    return refused(request, error)


@api.exception_handler(ValidationError)
def answer_malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body, header or parameter of a wrong shape."""
    errors: dict[str, list[str]] = {}
    for found in error.errors:
        place = [str(part) for part in found["loc"]]
        path = ".".join(place[2:] if place[0] == "body" else place[1:]) or place[-1]
        errors.setdefault(path, []).append(_sentence(found["type"]))
    return refused(request, RequestMalformed(errors, count=len(errors)))


def _sentence(kind: str) -> str:
    if kind == "missing":
        return _("Thiếu mục này.")
    if kind == "extra_forbidden":
        return _("Không có mục tên này.")
    return _("Giá trị không đúng kiểu hoặc ngoài giới hạn.")


@api.exception_handler(HttpError)
def answer_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that could not be read; the reader's own refusal is the cause."""
    cause = error.__cause__
    return refused(request, cause if isinstance(cause, DomainError) else BodyUnreadable())


@api.exception_handler(RequestDataTooBig)
def answer_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """A body of which Django read nothing."""
    del error
    return refused(request, BodyTooLarge(limit_kb=LARGEST_BODY // 1024))


@api.exception_handler(Http404)
def answer_unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """An address below the API that is none."""
    del error
    return refused(request, NotFound())
