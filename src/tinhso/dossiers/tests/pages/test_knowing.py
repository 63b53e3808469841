"""At the counter: the person found again and confirmed, and their earlier result taken instead of asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.dossiers.models import Dossier, Draft, PaperConfirmation
from tinhso.dossiers.tests.factories import MARRIAGE, received
from tinhso.dossiers.tests.pages.test_counter import typed
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.test_papers_held import handed_over
from tinhso.files.tests.factories import PDF
from tinhso.parties.models import Party, Verification

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("desk")


def address() -> str:
    return f"/ho-so/tiep-nhan/{MARRIAGE}/?kenh=counter&nhap={uuid4()}"


@pytest.mark.slow
def test_the_person_is_found_confirmed_and_their_result_taken(desk: Desk) -> None:
    first = handed_over(desk)
    party = Party.objects.get(pk=first.applicant_id or 0)
    house, page = signed_in(desk, "clerk"), address()
    assert house.get(page).status_code == 200
    looked = house.post(page, typed(then="look"))
    assert looked.context["matches"] == [party]
    assert not Verification.objects.exists()
    known = house.post(page, typed(then=f"know:{party.uuid}"))
    assert known.context["known"] == party
    party.refresh_from_db()
    assert party.is_verified
    ((one, issuer),) = known.context["offers"]
    assert issuer
    taken = house.post(page, typed(then=f"take:{one.key}"))
    assert taken.context["offers"] == []
    refused = house.post(page, typed())
    assert refused.status_code == 409
    assert Dossier.objects.count() == 1
    done = house.post(page, typed(**{"seen-giay-cu": "electronic"}))
    assert done.status_code == 302
    second = Dossier.objects.latest("pk")
    assert second.applicant == party
    assert PaperConfirmation.objects.get(dossier=second).result == first.results.get()
    assert not Draft.objects.exists()


@pytest.mark.slow
def test_what_is_open_of_the_same_person_is_told_and_not_in_the_way(desk: Desk) -> None:
    house, page = signed_in(desk, "clerk"), address()
    assert house.post(page, typed()).status_code == 302
    first, page = Dossier.objects.get(), address()
    told = house.post(page, typed(then="look"))
    assert told.context["open_alike"] == [first]
    assert "chưa giải quyết xong" in told.content.decode()
    done = house.post(page, typed(), follow=True)
    assert Dossier.objects.count() == 2
    assert f"còn hồ sơ {first}" in done.content.decode()


@pytest.mark.slow
def test_an_upload_of_a_held_paper_takes_a_reason(desk: Desk) -> None:
    party = Party.objects.get(pk=handed_over(desk).applicant_id or 0)
    house, page = signed_in(desk, "clerk"), address()
    house.post(page, typed(then=f"know:{party.uuid}"))
    file = SimpleUploadedFile("cu.pdf", PDF, content_type="application/pdf")
    answer = house.post(page, typed(paper_1=file, **{"seen-giay-cu": "original"}))
    assert answer.status_code == 409
    assert answer.context["asks_anyway"]
    more = {"seen-giay-cu": "original", "anyway": "Sai ngày sinh"}
    assert house.post(page, typed(**more)).status_code == 302


def test_somebody_who_was_not_looked_up_is_not_chosen(desk: Desk) -> None:
    received(desk)
    house = signed_in(desk, "clerk")
    answer = house.post(address(), typed(then=f"know:{uuid4()}"))
    assert answer.status_code == 404
    assert not Verification.objects.exists()
