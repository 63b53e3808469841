"""Forms under fire: whatever is posted, the page answers, and what was typed is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fuzz.fire import URLENCODED, bodies, encoded, fire, raw
from tinhso.dossiers.tests.conftest import desk
from tinhso.dossiers.tests.factories import Desk, received
from tinhso.dossiers.tests.pages.test_act_pages import PAGES, possible_now, typed
from tinhso.dossiers.tests.pages.test_act_pages import address as act_address
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.portal.tests.conftest import demonstration
from tinhso.portal.tests.filing import STEPS, begin
from tinhso.portal.tests.test_applying import address

__all__ = ["demonstration", "desk"]
pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

ANSWERED = {200, 302, 400, 404, 409, 413, 422}
MORE = (
    "form-shown",
    "form-add",
    "form-remove",
    "form-detach",
    "then",
    "agency",
    "expected_version",
)
ASKED = re.compile(r'request\.GET\.get(?:list)?\("([^"]+)"')
plain = st.text(alphabet="Lan Một<>&\"'{}%đ0123", min_size=1, max_size=40).filter(
    lambda text: text == " ".join(text.split())
)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("slug", STEPS)
def test_a_step_of_an_application_answers_whatever_is_posted(
    client: Client, desk: Desk, slug: str
) -> None:
    draft = begin(client)
    client.raise_request_exception = False
    here = address("step", draft, slug)
    names = {name for step in STEPS.values() for name in step}
    assert desk

    @fire(10)
    @given(bodies(STEPS[slug], [*names, *MORE, "paper_1", "ngay_sinh", "gieng.0.so_hieu"]))
    def post(body: bytes) -> None:
        with transaction.atomic():
            answer = client.post(here, body, content_type=URLENCODED)
            assert answer.status_code in ANSWERED, body
            assert client.get(here).status_code == 200, body
            transaction.set_rollback(True)

    post()


@pytest.mark.usefixtures("demonstration")
def test_what_a_citizen_typed_is_shown_again_right_or_wrong(client: Client, desk: Desk) -> None:
    draft = begin(client)
    here = address("step", draft, "nguoi-nop")
    assert desk

    @fire(20)
    @given(st.fixed_dictionaries({"full_name": plain, "phone": plain, "personal_id": plain}))
    def post(texts: dict[str, str]) -> None:
        with transaction.atomic():
            pairs = [(name, text.encode()) for name, text in texts.items()]
            body = encoded([("applicant_kind", b"citizen"), *pairs, ("la", b"\xff")])
            client.post(here, body, content_type=URLENCODED)
            page = client.get(here).content.decode()
            for text in texts.values():
                assert escape(text) in page, texts
            transaction.set_rollback(True)

    post()


@pytest.mark.parametrize("name", PAGES)
def test_an_act_s_page_answers_whatever_is_posted_and_keeps_it(desk: Desk, name: str) -> None:
    act = possible_now(desk, name)
    who, slug, right = PAGES[name]
    client, here = signed_in(desk, who), act_address(act, slug)
    client.raise_request_exception = False
    good = typed(desk, act)
    texts = [key for key in ("reason", "note", "question", "content", "title") if key in right]

    unversioned = [(key, str(value).encode()) for key, value in good.items() if key != "version"]

    @fire(6)
    @example(encoded([*unversioned, ("version", b"9" * 5000)]), "Lan")
    @given(bodies(good, MORE), plain)
    def post(body: bytes, said: str) -> None:
        with transaction.atomic():
            answer = client.post(here, body, content_type=URLENCODED)
            assert answer.status_code in ANSWERED, body
            pairs = [(key, said.encode()) for key in texts] + [("version", b"0")]
            again = client.post(here, encoded(pairs), content_type=URLENCODED)
            assert again.status_code in ANSWERED
            if texts and again.status_code in {409, 422}:
                assert escape(said) in again.content.decode()
            transaction.set_rollback(True)

    post()


LISTS = (
    "/",
    "/ho-so/",
    "/ho-so/tinh-hinh/",
    "/ho-so/tiep-nhan/",
    "/ho-so/so-theo-doi/",
    "/thu-tuc/",
    "/danh-muc/",
    "/tra-cuu/",
    "/kiem-chung/",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_whatever_is_asked_of_it(desk: Desk, path: str) -> None:
    received(desk)
    client = signed_in(desk, "clerk")
    client.raise_request_exception = False
    pages = (Path(settings.PROJECT) / "src" / "tinhso").glob("*/pages/*.py")
    asked = {name for page in pages for name in ASKED.findall(page.read_text())}

    @fire(10)
    @given(st.lists(st.tuples(st.sampled_from(sorted(asked)), raw), min_size=1, max_size=5))
    def get(pairs: list[tuple[str, bytes]]) -> None:
        answer = client.get(f"{path}?{encoded(pairs).decode()}")
        assert answer.status_code in {*ANSWERED, 301, 403}, pairs

    get()
