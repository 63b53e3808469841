"""Below `/api/` whatever goes wrong is a problem document, never a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.api.calling import PATH, Caller, make_caller
from tinhso.dossiers.tests.conftest import desk
from tinhso.site.urls import urlpatterns as site_urls

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["desk"]


def break_down(request: HttpRequest) -> HttpResponse:
    """A view with a bug."""
    raise ValueError(request.path)


urlpatterns = [path("api/v1/broken", break_down, name="broken"), *site_urls]


def told(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    document = json.loads(answer.content)
    assert document["status"] == status
    assert document["detail"]
    code: str = document["code"]
    return code


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/dossiers", "/api/v1/nowhere", "/api/v1/dossiers/", "/api/v1/x/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_none(client: Client, address: str, method: str) -> None:
    assert told(getattr(client, method)(address), 404) == "not_found"


@pytest.mark.django_db
def test_a_wrong_method_names_those_that_are_right(client: Client) -> None:
    answer = client.delete(PATH)
    assert told(answer, 405) == "site.method_not_allowed"
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.django_db
def test_another_host(client: Client) -> None:
    answer = client.get(PATH, headers={"Host": "elsewhere.example"})
    assert told(answer, 400) == "site.request_unusable"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_fault_of_our_own_tells_nothing_of_itself() -> None:
    answer = Client(raise_request_exception=False).get("/api/v1/broken")
    assert told(answer, 500) == "site.internal_fault"
    assert b"ValueError" not in answer.content


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    return make_caller(desk.province)


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 422), (b"\xff\xfe", 422), ("x" * (3 * 2**20), 413), (b"", 422), ("[]", 422)],
)
def test_an_unreadable_body(cuc: Caller, body: str | bytes, status: int) -> None:
    told(cuc.post(PATH, body), status)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/json", b"{}"),
    ],
)
def test_an_unreadable_file(cuc: Caller, kind: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {cuc.secret}"}
    answer = cuc.client.generic("POST", "/api/v1/files", body, kind, headers=headers)
    assert answer.status_code in {400, 422}
    told(answer, answer.status_code)
