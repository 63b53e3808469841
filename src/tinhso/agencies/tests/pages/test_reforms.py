"""A reform is prepared, previewed and carried out on the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tinhso.agencies.models import Reform, ReformCarriedOut
from tinhso.agencies.pages import reform_writing, reforms
from tinhso.agencies.tests.test_reforming import AT, REFORM, House, Work, house, work
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db
__all__ = ["house", "work"]


def acted(actor: Actor, typed: Mapping[str, object] | None = None) -> ActedRequest:
    factory = RequestFactory()
    request = factory.get("/") if typed is None else factory.post("/", dict(typed))
    user = AnonymousUser()
    for name, value in {"actor": actor, "at": AT, "user": user, "session": {}}.items():
        setattr(request, name, value)
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return cast("ActedRequest", request)


def prepared(house: House) -> Reform:
    response = reform_writing.preparing_text(acted(house.tu, {"document": REFORM}))
    assert response.status_code == 302
    return Reform.objects.get()


def test_it_is_prepared_previewed_and_carried_out(house: House) -> None:
    reform = prepared(house)
    page = reforms.show(acted(house.tu), reform.uuid).content.decode()
    for said in ("1 cơ quan bắt đầu", "1 cơ quan kết thúc", "2 lĩnh vực", "Thực hiện phương án"):
        assert said in page
    answer = reforms.carrying_out(acted(house.tu, {"version": 1, "agreed": "on"}), reform.uuid)
    assert answer.status_code == 302
    page = reforms.show(acted(house.tu), reform.uuid).content.decode()
    assert "Đã thực hiện lúc" in page
    assert "Đã thực hiện" in reforms.listing(acted(house.tu)).content.decode()


def test_it_takes_a_file(house: House) -> None:
    upload = SimpleUploadedFile("reform.yaml", REFORM.encode())
    assert reform_writing.preparing_text(acted(house.tu, {"file": upload})).status_code == 302
    assert Reform.objects.get().code == "chia-so-lao-dong"


def test_what_was_typed_stays_with_its_errors(house: House) -> None:
    typed = REFORM.replace("kind: department", "kind: guild")
    response = reform_writing.preparing_text(acted(house.tu, {"document": typed}))
    assert response.status_code == 422
    page = response.content.decode()
    assert "guild" in page
    assert "begin[1]" in page
    assert not Reform.objects.exists()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("on: 2025-", "on: 0001-"), ("name: ", 'name: "A\\0B" #')],
    ids=["a day before all years", "a sign that no column takes"],
)
def test_what_could_never_be_opened_again_is_not_kept(house: House, said: str, wrong: str) -> None:
    typed = REFORM.replace(said, wrong, 1)
    assert typed != REFORM
    response = reform_writing.preparing_text(acted(house.tu, {"document": typed}))
    assert response.status_code == 422
    assert not Reform.objects.exists()


def test_nothing_is_done_without_agreement(house: House) -> None:
    reform = prepared(house)
    response = reforms.carrying_out(acted(house.tu, {"version": 1}), reform.uuid)
    assert response.status_code == 422
    assert not ReformCarriedOut.objects.exists()


def test_a_stale_page_is_told(house: House) -> None:
    reform = prepared(house)
    again = {"document": REFORM, "version": 1}
    assert reform_writing.editing_text(acted(house.tu, again), reform.uuid).status_code == 302
    answer = reforms.carrying_out(acted(house.tu, {"version": 1, "agreed": "on"}), reform.uuid)
    assert answer.status_code == 409
    assert not ReformCarriedOut.objects.exists()


def test_work_without_receiver_is_given_on_the_page(house: House, work: Work) -> None:
    work.items |= {(house.labour.pk, ""): 4, (house.labour.pk, "unknown"): 1}
    reform = prepared(house)
    page = reforms.show(acted(house.tu), reform.uuid).content.decode()
    assert "Chưa có cơ quan tiếp nhận" in page
    assert page.count("<select") == 1
    assert "Thực hiện phương án" not in page
    nobody = acted(house.tu, {"version": 1, "ended:p/labour": ""})
    assert reforms.receiving(nobody, reform.uuid).status_code == 422
    typed = {"version": 1, "ended:p/labour": "p/home"}
    assert reforms.receiving(acted(house.tu, typed), reform.uuid).status_code == 302
    page = reforms.show(acted(house.tu), reform.uuid).content.decode()
    assert "Thực hiện phương án" in page


def test_work_is_summed_first_and_unfolds_by_agency(house: House, work: Work) -> None:
    work.items |= {(house.labour.pk, "labour"): 4, (house.labour.pk, "children"): 2}
    page = reforms.show(acted(house.tu), prepared(house).uuid).content.decode()
    (table,) = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert re.findall(r">(\d+)<", table) == ["1", "6", "0"]
    folded = page.partition("Theo từng cơ quan (1)")[2]
    assert folded.count("→") >= 2
    assert "Sở Nội vụ" in folded


def test_ahead_of_its_day_it_says_what_moves_at_once(house: House, work: Work) -> None:
    work.items[house.labour.pk, "labour"] = 4
    reform = prepared(house)

    def seen(days: int) -> tuple[bool, bool]:
        asked = acted(house.tu)
        asked.at = AT - timedelta(days=days)
        page = reforms.show(asked, reform.uuid).content.decode()
        return "chưa đến" in page, "Thực hiện phương án" in page

    assert [seen(0), seen(1), seen(4)] == [(False, True), (True, True), (True, False)]


def test_a_reform_that_does_not_fit_shows_why(house: House) -> None:
    text = REFORM.replace("end: [p/labour]", "end: [p/labour, p/ghost]")
    reform_writing.preparing_text(acted(house.tu, {"document": text}))
    page = reforms.show(acted(house.tu), Reform.objects.get().uuid).content.decode()
    assert "p/ghost" in page
    assert "Thực hiện phương án" not in page


def test_a_visitor_sees_no_reform(house: House) -> None:
    reform = prepared(house)
    visitor = AnonymousVisitor()
    for page in (reforms.listing, reform_writing.preparing, reform_writing.preparing_text):
        with pytest.raises(PermissionMissing):
            page(acted(visitor))
    with pytest.raises(PermissionMissing):
        reforms.show(acted(visitor), reform.uuid)
    with pytest.raises(PermissionMissing):
        reforms.carrying_out(acted(visitor, {"version": 1, "agreed": "on"}), reform.uuid)
    assert not ReformCarriedOut.objects.exists()
