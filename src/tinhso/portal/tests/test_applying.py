"""An application from the procedure's page to its confirmation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers.models import Channel, Dossier, Draft
from tinhso.dossiers.tests.factories import MARRIAGE, WELL
from tinhso.events.models import Event
from tinhso.files.tests.factories import PDF
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import STEPS, begin, fill_in

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def address(name: str, draft: Draft, *more: str) -> str:
    return reverse(f"portal:{name}", args=[draft.uuid, *more])


@pytest.mark.slow
def test_an_application_is_filed(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    assert "Vay vốn" in client.get(address("check", draft)).content.decode()

    answer = client.post(address("check", draft), {"cam_doan": "1"})

    dossier = Dossier.objects.get()
    confirmation = reverse("portal:submitted", args=[dossier.uuid])
    assert (answer.status_code, answer.headers["Location"]) == (302, confirmation)
    assert dossier.channel == Channel.NATIONAL
    assert dossier.receiving_agency_id == desk.commune.pk
    page = client.get(confirmation).content.decode()
    assert dossier.reference
    assert f"{dossier.reference[:5]}-{dossier.reference[5:]}" in page
    assert f"/tra-cuu/?ma={dossier.reference}" in page
    assert "Lan Một" not in page


def test_sent_twice_it_is_filed_once(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    first = client.post(address("check", draft), {"cam_doan": "1"})
    confirmation = reverse("portal:submitted", args=[Dossier.objects.get().uuid])
    again = client.post(address("check", draft), {"cam_doan": "1"})
    assert first.headers["Location"] == again.headers["Location"] == confirmation
    for name in ("application", "check", "kept"):
        assert client.get(address(name, draft)).headers["Location"] == confirmation
    assert Dossier.objects.count() == 1
    assert Event.objects.filter(kind="dossiers.submitted").count() == 1


def test_without_the_declaration_nothing_is_filed(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    assert client.post(address("check", draft)).status_code == 422
    assert not Dossier.objects.exists()
    assert Draft.objects.filter(uuid=draft.uuid).exists()


def test_what_is_not_filled_in_is_named_at_the_end(client: Client, desk: Desk) -> None:
    del desk
    draft = begin(client)
    page = client.get(address("check", draft))
    assert [label for label, _url, _sentences in page.context["missing"]] == [
        "Nơi giải quyết hồ sơ",
        "Người nộp hồ sơ",
        "Người được xác nhận",
        "Tình trạng hôn nhân",
        "Mục đích và cách nhận",
    ]
    assert client.post(address("check", draft), {"cam_doan": "1"}).status_code == 422
    assert not Dossier.objects.exists()


def test_a_wrong_answer_keeps_everything_typed(client: Client, desk: Desk) -> None:
    del desk
    draft = begin(client)
    nowhere = client.post(address("application", draft), {}).content.decode()
    assert nowhere.count('"#id_agency"') == nowhere.count('id="id_agency"') == 1
    here = address("step", draft, "nguoi-duoc-cap")
    answer = client.post(here, {**STEPS["nguoi-duoc-cap"], "ngay_sinh.month": "13"})
    assert answer.status_code == 422
    assert 'value="13"' in answer.content.decode()
    assert "govuk-error-summary" in answer.content.decode()
    assert 'value="13"' in client.get(here).content.decode()


def test_what_was_typed_is_kept_for_later_right_or_wrong(client: Client, desk: Desk) -> None:
    del desk
    draft = begin(client)
    here = address("step", draft, "nguoi-nop")
    answer = client.post(here, {"full_name": "Lan Một", "phone": "1", "then": "later"})
    assert answer.headers["Location"] == address("kept", draft)
    assert address("application", draft) in client.get(address("kept", draft)).content.decode()
    assert "Lan Một" in client.get(here).content.decode()


def test_a_file_is_kept_and_taken_out(
    client: Client, desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    del desk
    settings.FILES_ROOT = tmp_path
    draft = begin(client)
    here = address("step", draft, "giay-to")
    upload = SimpleUploadedFile("ly-hon.pdf", PDF, content_type="application/pdf")
    assert client.post(here, {"paper_1": upload}).status_code == 302
    draft.refresh_from_db()
    (item,) = draft.answers["attached"]["paper_1"]
    assert item["name"] == "ly-hon.pdf"

    answer = client.post(here, {"form-detach": f"paper_1 {item['key']}"})
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert not draft.answers["attached"].get("paper_1")


def test_the_commune_must_be_one_of_the_province(client: Client, desk: Desk) -> None:
    draft = begin(client)
    for wrong in ("", "x", str(desk.construction.pk)):
        assert client.post(address("application", draft), {"agency": wrong}).status_code == 422
    draft.refresh_from_db()
    assert draft.agency_id is None


@pytest.mark.parametrize(("typed", "found"), [("ba gia", True), ("BA GIA", True), ("xyz", False)])
def test_the_communes_are_filtered_without_accents(
    client: Client, desk: Desk, typed: str, found: bool
) -> None:
    del desk
    page = client.get(address("application", begin(client)), {"tim": typed}).content.decode()
    assert ("Xã Ba Gia" in page) is found


def test_a_procedure_of_the_province_asks_for_no_commune(client: Client, desk: Desk) -> None:
    del desk
    draft = begin(client, WELL)
    answer = client.get(address("application", draft))
    assert answer.headers["Location"] == address("step", draft, "nguoi-nop")


def test_the_draft_of_an_account_is_nobody_elses(client: Client, desk: Desk) -> None:
    del desk
    signed_in(client)
    draft = begin(client)
    assert "Lan" in client.get(address("step", draft, "nguoi-nop")).content.decode()
    client.logout()
    assert client.get(address("step", draft, "nguoi-nop")).status_code == 404
    signed_in(client, "Hùng", personal_id="000090000002")
    assert client.get(address("step", draft, "nguoi-nop")).status_code == 404


def officer_client(desk: Desk) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=desk.outsider.user))
    return client


def test_there_is_no_such_step_or_draft(client: Client, desk: Desk) -> None:
    del desk
    assert client.get(address("step", begin(client), "khong-co")).status_code == 404
    assert client.get(reverse("portal:application", args=[uuid4()])).status_code == 404
    confirmation = client.get(reverse("portal:submitted", args=[uuid4()]))
    assert confirmation.headers["Location"] == reverse("portal:look_up")


@pytest.mark.slow
def test_the_confirmation_is_for_whoever_handed_it_in(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    confirmation = client.post(address("check", draft), {"cam_doan": "1"}).headers["Location"]
    assert client.get(confirmation).status_code == 200
    for other in (Client(), officer_client(desk)):
        assert other.get(confirmation).headers["Location"] == reverse("portal:look_up")


def test_a_real_house_files_nothing_here(client: Client, desk: Desk, settings: Settings) -> None:
    draft = fill_in(client, desk)
    settings.DEMO = False
    page = client.get(reverse("portal:procedure", args=[MARRIAGE])).content.decode()
    assert "Nộp tại Cổng Dịch vụ công quốc gia" in page
    assert reverse("portal:start", args=[MARRIAGE]) not in page
    assert client.post(reverse("portal:start", args=[MARRIAGE])).status_code == 409
    assert client.post(address("check", draft), {"cam_doan": "1"}).status_code == 409
    assert not Dossier.objects.exists()
    assert Draft.objects.count() == 1


def test_on_the_eve_these_pages_are_the_provinces_own(
    client: Client, desk: Desk, settings: Settings
) -> None:
    settings.DEMO = False
    eve = datetime(2025, 6, 30, 2, tzinfo=UTC) - datetime.now(UTC)
    settings.CLOCK_OFFSET_SECONDS = int(eve / timedelta(seconds=1))
    draft = fill_in(client, desk)
    client.post(address("check", draft), {"cam_doan": "1"})
    assert Dossier.objects.get().channel == Channel.PORTAL


def test_the_band_says_whose_part_is_played(client: Client, desk: Desk) -> None:
    del desk
    band = "Đóng vai Cổng Dịch vụ công quốc gia"
    assert band in client.get(reverse("portal:home")).content.decode()
    assert band not in client.get(reverse("account_login")).content.decode()


def test_a_script_asks_what_an_answer_brings_up_and_stays_on_the_page(
    client: Client, desk: Desk
) -> None:
    draft = fill_in(client, desk)
    page = address("step", draft, "hon-nhan")
    marked = 'name="tung_ket_hon" type="radio" value="yes" data-decides'
    shown = client.get(page).content.decode()
    assert (marked in shown, 'name="tinh_trang"' in shown) == (True, False)
    kept = Draft.objects.get(pk=draft.pk).answers
    for said, is_asked in (("yes", True), ("no", False)):
        answer = client.post(page, {"tung_ket_hon": said}, headers={"X-Asking": "1"})
        assert answer.status_code == 200
        assert ('name="tinh_trang"' in answer.content.decode()) is is_asked
    assert Draft.objects.get(pk=draft.pk).answers == kept, (
        "what arrives late is older than what is kept"
    )
