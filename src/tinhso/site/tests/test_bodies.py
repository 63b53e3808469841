"""A request that says it is too large is refused before it is read; so is an address that can name nothing."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tinhso.accounts.api.reading import StrictParser, read
from tinhso.accounts.models import Post
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.tests.factories import make_grant, make_role, make_token, make_user
from tinhso.agencies.tests.factories import make_agency
from tinhso.site.bodies import SeenTextMiddleware

if TYPE_CHECKING:
    from django.test import Client, RequestFactory

pytestmark = pytest.mark.django_db


def test_a_page_says_so_by_name(client: Client) -> None:
    answer = client.post(reverse("portal:look_up"), {}, CONTENT_LENGTH=str(64 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "64 MB" in answer.content.decode()


def test_a_program_is_told_as_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/dossiers", {}, CONTENT_LENGTH="99999999999")
    assert answer.status_code == 413
    assert answer.json()["code"] == "site.request_too_large"


def test_what_is_within_goes_on(client: Client) -> None:
    assert client.post(reverse("portal:look_up"), {"ma": "x", "so": "1"}).status_code != 413


@pytest.mark.parametrize("address", ["/thu-tuc/%00/", "/danh-muc/%00/", "/api/v1/%00"])
def test_an_address_that_can_name_nothing_is_no_fault(client: Client, address: str) -> None:
    assert client.get(address).status_code in {400, 404}


@pytest.mark.parametrize("body", [{"ma": "x" * 3_000_000}, {f"m{n}": "x" for n in range(2000)}])
def test_what_is_too_long_to_be_read_is_told_on_a_page_of_ours(
    client: Client, body: dict[str, str]
) -> None:
    client.raise_request_exception = False
    answer = client.post(reverse("portal:look_up"), body, headers={"cookie": ""})
    assert answer.status_code == 400
    assert "Bấm nút quay lại của trình duyệt" in answer.content.decode()


TURNED = "Kế toán \u202egnuơưrt\u200b"


def test_what_is_typed_is_taken_as_it_is_seen(client: Client) -> None:
    """A title that turns the line it stands in would make others read what nobody wrote."""
    admin = make_user()
    agency = make_agency("Xã Ba Gia")
    make_grant(admin, make_role(AccountPermission), agency)
    client.force_login(admin)
    address = reverse("accounts:hold", args=[make_user("Minh").uuid])
    typed = {"agency": agency.pk, "title": TURNED, "since": "01/11/2026", "decision": ""}
    answer = client.post(address, {f"holding-{name}": value for name, value in typed.items()})
    assert answer.status_code == 302
    assert Post.objects.get().title == "Kế toán gnuơưrt"


def test_a_password_is_of_whatever_it_was_made_of(rf: RequestFactory) -> None:
    request = rf.post("/", {"password": TURNED, "email": f"\u202e{TURNED}"})
    reading = SeenTextMiddleware(lambda _request: HttpResponse())
    reading.process_view(request, lambda _request: HttpResponse())
    assert request.POST.dict() == {"password": TURNED, "email": "Kế toán gnuơưrt"}


MULTIPART = "multipart/form-data; boundary=xx"
PART = b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--xx--\r\n'
TYPED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (MULTIPART, PART, 422),
        ("multipart/form-data", PART, 422),
        (TYPED, b"x" * 3_000_000, 413),
        (TYPED, b"&" * 2000, 422),
        (f"{TYPED}; charset=latin-1", b"{}", 422),
    ],
)
@pytest.mark.parametrize("has_token", [True, False])
def test_what_a_program_sends_is_read_by_the_api_alone_once_it_is_known(
    client: Client, kind: str, body: bytes, status: int, *, has_token: bool
) -> None:
    """A stranger's upload is not even taken apart."""
    make_token(make_agency(), ["dossiers:dossier:submit"], secret="known")
    headers = {"Authorization": "Bearer known"} if has_token else {}
    answer = client.post("/api/v1/dossiers", body, content_type=kind, headers=headers)
    assert answer.status_code == (status if has_token else 401)
    assert answer["Content-Type"] == "application/problem+json"


def test_texts_beside_a_program_s_files_are_taken_as_they_are_seen(rf: RequestFactory) -> None:
    request = rf.post("/", {"note": TURNED, "of": [TURNED, "a"], "file": StringIO("x")})
    parser = StrictParser()
    assert parser.parse_querydict(request.POST, ["of"], request) == {
        "note": "Kế toán gnuơưrt",
        "of": ["Kế toán gnuơưrt", "a"],
    }
    assert parser.parse_querydict(request.FILES, [], request) == request.FILES.dict()


def test_a_program_s_texts_are_taken_as_they_are_seen() -> None:
    sent = {"title": TURNED, "of": [TURNED, 1, {"note": "\u2066a\u2069"}]}
    for escaped in (True, False):
        body = json.dumps(sent, ensure_ascii=escaped).encode()
        assert read(body) == {
            "title": "Kế toán gnuơưrt",
            "of": ["Kế toán gnuơưrt", 1, {"note": "a"}],
        }
