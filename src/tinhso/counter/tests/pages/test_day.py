"""The evening's pages, as HTTP sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tinhso.calendars import clock
from tinhso.counter.models import DayClosing, DayReopening
from tinhso.counter.tests.factories import brought
from tinhso.counter.tests.test_close_day import key_of
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk

PAGE = "/quay/doi-chieu/"
EARLY = {"early": "on"}
"""Sent with every closing, so that it does not matter at which hour the tests run."""


@pytest.fixture
def clerk(desk: Desk) -> Client:
    """Minh, at whose desk one dossier was brought today."""
    brought(desk, at=clock.now())
    return signed_in(desk, "clerk")


def test_it_closes_what_agrees(clerk: Client) -> None:
    answer = clerk.post(PAGE, {f"p{key_of(MARRIAGE)}-paper": "1", **EARLY})
    assert answer.status_code == 302, answer.content.decode()
    assert "Đã khóa sổ" in clerk.get(answer["Location"]).content.decode()
    assert DayClosing.objects.get().paper == 1


def test_what_was_typed_comes_back_with_the_sentence(clerk: Client) -> None:
    answer = clerk.post(PAGE, {f"p{key_of(MARRIAGE)}-paper": "7", "x0-chosen": key_of(BUILDING)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="7"' in page
    assert f'href="#id_p{key_of(MARRIAGE)}-why"' in page
    assert 'href="#id_x0-paper"' in page, "a line that is half said is not passed over"
    assert not DayClosing.objects.exists()


def test_a_number_that_is_none_is_refused(clerk: Client) -> None:
    for text in ("-1", "một", "99999", "1e3"):
        assert clerk.post(PAGE, {f"p{key_of(MARRIAGE)}-paper": text}).status_code == 422
    assert not DayClosing.objects.exists()


def test_a_spare_line_counts_what_the_system_does_not_know(clerk: Client) -> None:
    post = {
        f"p{key_of(MARRIAGE)}-paper": "1",
        "x0-chosen": str(key_of(BUILDING)),
        "x0-paper": "2",
        "x0-why": "Chưa nhập vào hệ thống",
        **EARLY,
    }
    assert clerk.post(PAGE, post).status_code == 302
    assert DayClosing.objects.get().paper == 3


def test_a_procedure_chosen_on_two_spare_lines_is_refused_by_name(clerk: Client) -> None:
    lines = {"x0-paper": "3", "x2-paper": "5", "x0-why": "Chưa nhập", "x2-why": "Chưa nhập"}
    chosen = dict.fromkeys(("x0-chosen", "x2-chosen"), str(key_of(BUILDING)))
    answer = clerk.post(PAGE, {f"p{key_of(MARRIAGE)}-paper": "1", **lines, **chosen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_x2-chosen">Dòng thêm 3: “' in page
    assert "đã chọn ở dòng thêm 1" in page
    assert page.count(f'value="{key_of(BUILDING)}" selected') == 2
    assert 'value="3"' in page
    assert 'value="5"' in page
    assert not DayClosing.objects.exists()


def test_the_head_reopens_and_sees_the_late_days(desk: Desk, clerk: Client) -> None:
    clerk.post(PAGE, {f"p{key_of(MARRIAGE)}-paper": "1", **EARLY})
    address = f"{PAGE}{DayClosing.objects.get().uuid}/mo-lai/"
    assert clerk.get(address).status_code == 403
    head = signed_in(desk, "head")
    assert head.post(address, {"reason": ""}).status_code == 422
    assert head.post(address, {"reason": "Đếm sót"}).status_code == 302
    assert head.post(address, {"reason": "Đếm sót"}).status_code == 409
    assert DayReopening.objects.count() == 1
    assert "Đếm sót" in head.get(PAGE).content.decode()
    assert head.get(f"{PAGE}chua-khoa/").status_code == 200


def test_a_desk_of_somebody_else_is_not_shown(desk: Desk, clerk: Client) -> None:
    answer = clerk.post(
        f"{PAGE}?co-quan={desk.construction.pk}", {f"p{key_of(MARRIAGE)}-paper": "1", **EARLY}
    )
    assert answer.status_code == 302
    assert DayClosing.objects.get().agency_id == desk.commune.pk
    assert signed_in(desk, "specialist").get(PAGE).status_code == 403


def test_who_may_not_close_sees_numbers_and_no_boxes(desk: Desk, clerk: Client) -> None:
    assert "-paper" in clerk.get(PAGE).content.decode()
    page = signed_in(desk, "leader").get(PAGE).content.decode()
    assert "-paper" not in page
    assert "Cán bộ một cửa của quầy đếm và khóa sổ." in page


@pytest.mark.slow
def test_before_work_ends_it_asks_whether_to_close(desk: Desk, settings: Settings) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((AT - timezone.now()).total_seconds())
    brought(desk)
    clerk = signed_in(desk, "clerk")
    counted = {f"p{key_of(MARRIAGE)}-paper": "1"}
    assert "Khóa sổ sớm: quầy còn làm việc đến 17:00" in clerk.get(PAGE).content.decode()
    refused = clerk.post(PAGE, counted)
    assert refused.status_code == 409
    assert 'value="1"' in refused.content.decode()
    assert not DayClosing.objects.exists()
    assert clerk.post(PAGE, {**counted, **EARLY}).status_code == 302
    intake = clerk.get(f"/ho-so/tiep-nhan/{MARRIAGE}/", follow=True).content.decode()
    assert "Sổ hôm nay của quầy đã khóa lúc 08:00." in intake
