"""A refusal answers with its own status, as problem+json for programs and as a page for people."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, DomainError, Invalid
from tinhso.site.refusals import RefusalMiddleware
from tinhso.site.urls import urlpatterns as site_urls


class AlreadyClosed(Conflict):
    """A refusal of the test."""

    code = "site.test_already_closed"
    message = _("Hồ sơ {number} đã kết thúc.")


@pytest.fixture
def refusals() -> RefusalMiddleware:
    def unreached(request: HttpRequest) -> HttpResponse:
        raise AssertionError(request)

    return RefusalMiddleware(unreached)


def _api_answer(refusals: RefusalMiddleware, error: DomainError) -> HttpResponse:
    answer = refusals.process_exception(RequestFactory().get("/api/v1/dossiers"), error)
    assert answer
    return answer


def test_the_api_speaks_problem_json(refusals: RefusalMiddleware) -> None:
    answer = _api_answer(refusals, AlreadyClosed(number="H48.36-261122-0001"))
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    document = json.loads(answer.content)
    assert document["code"] == "site.test_already_closed"
    assert document["status"] == 409
    assert document["title"] == str(Conflict.message)
    assert "H48.36-261122-0001" in document["detail"]


def test_malformed_input_names_its_fields(refusals: RefusalMiddleware) -> None:
    answer = _api_answer(refusals, Invalid({"applicant/name": ["Thiếu."]}))
    assert json.loads(answer.content)["errors"] == {"applicant/name": ["Thiếu."]}
    assert answer.status_code == 422


def refuse(request: HttpRequest) -> HttpResponse:
    """A page that refuses."""
    del request
    raise AlreadyClosed(number="H48.36-261122-0001")


urlpatterns = [path("tu-choi", refuse), *site_urls]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_answers_with_the_status_and_the_sentence_of_the_refusal(client: Client) -> None:
    answer = client.get("/tu-choi")
    assert answer.status_code == 409
    assert "H48.36-261122-0001" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [
        ("http://testserver/ho-so/?tab=qua-han", True),
        ("http://elsewhere.example/ho-so/", False),
        ("//elsewhere.example", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_what_was_sent_leads_back_to_the_page_it_came_from(
    client: Client, came_from: str, leads_back: bool
) -> None:
    answer = client.post("/tu-choi", headers={"referer": came_from})
    assert ("Mở lại trang vừa rồi" in answer.content.decode()) is leads_back
    assert ('href="/ho-so/?tab=qua-han"' in answer.content.decode()) is leads_back


def test_a_bug_is_not_a_refusal(refusals: RefusalMiddleware) -> None:
    assert refusals.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_a_database_that_is_away_is_unavailable_and_no_bug(refusals: RefusalMiddleware) -> None:
    request = RequestFactory().get("/api/v1/dossiers")
    answer = refusals.process_exception(request, OperationalError("gone"))
    assert answer is not None
    assert answer.status_code == 503
    assert json.loads(answer.content)["code"] == "unavailable"


@pytest.mark.django_db
def test_the_address_of_a_button_opened_as_a_page_is_told_as_one(client: Client) -> None:
    answer = client.get(reverse("accounts:token_withdraw", args=[uuid4()]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Đây là địa chỉ của một nút bấm" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/tra-cuu/?ma=1", "/tra-cuu/?ma=1"),
        ("http://elsewhere.example/", "/tra-cuu/"),
    ],
)
def test_the_language_switch_of_an_answer_leads_to_the_page_that_was_sent(
    client: Client, came_from: str, leads_to: str
) -> None:
    """The address of a form's button may be no page at all."""
    answer = client.post(reverse("portal:look_up"), {"ma": "x"}, headers={"referer": came_from})
    assert answer.status_code == 422
    assert f'name="next" value="{leads_to}"' in answer.content.decode()
    opened = client.get(f"{reverse('portal:look_up')}?ma=2", headers={"referer": came_from})
    assert 'name="next" value="/tra-cuu/?ma=2"' in opened.content.decode()
