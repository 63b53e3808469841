"""The card at the counter: it fills in and proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.tests.pages.test_counter import address, typed
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.dossiers.tests.factories import Desk

CARD = "000190000007||Hoa Hai|02011990|Nữ|Thôn Hai, xã Ba Gia|15062021|thêm|nữa"


def scanned(house: Desk, text: str, **more: Any) -> HttpResponse:
    post = typed(**{"card": text, **more, "then": "card"})
    return signed_in(house, "clerk").post(address(), post)  # type: ignore[return-value]


def test_it_fills_in_the_applicant_and_leaves_the_rest(desk: Desk) -> None:
    asked = {name.partition(".")[0] for name in typed()} - {"then"}
    shown = {"form-shown": ",".join(asked | {"muc_dich_khac"})}
    answer = scanned(desk, CARD, muc_dich_khac="Mua nhà", **shown)
    page = answer.content.decode()
    assert answer.status_code == 200
    for text in ("Hoa Hai", "000190000007", "Thôn Hai, xã Ba Gia", "0000000001", "Mua nhà"):
        assert f'value="{text}"' in page
    kept = Draft.objects.get().answers["typed"]
    assert (kept["nguoi_duoc_cap"], kept["ngay_sinh.year"]) == (["Hoa Hai"], ["1990"])
    assert "Đối chiếu với thẻ" in page
    assert "mở thêm câu hỏi" not in page


def test_it_proves_nothing_and_hands_nothing_in(desk: Desk) -> None:
    scanned(desk, CARD)
    assert not Dossier.objects.exists()
    assert not Party.objects.exists()
    assert Draft.objects.get().answers["typed"]["full_name"] == ["Hoa Hai"]


@pytest.mark.slow
def test_what_it_filled_in_is_received_as_any_other(desk: Desk) -> None:
    client = signed_in(desk, "clerk")
    place = address()
    client.post(place, typed(card=CARD, then="card"))
    kept = {"full_name": "Hoa Hai", "personal_id": "000190000007"}
    assert client.post(place, typed(**kept)).status_code == 302
    dossier = Dossier.objects.select_related("applicant").get()
    assert dossier.state == State.IN_PROCESS
    assert dossier.applicant is not None
    assert (dossier.applicant.name, dossier.applicant.is_verified) == ("Hoa Hai", False)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.vn",
        "000190000007||<script>alert(1)</script>|02011990|Nữ|Thôn|15062021",
        "000190000007||Hoa|99999999|Nữ|Thôn|15062021",
        "|" * 3000,
    ],
)
def test_a_hostile_text_is_refused_in_words_and_changes_nothing(desk: Desk, text: str) -> None:
    answer = scanned(desk, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không đọc được mã QR trên thẻ căn cước." in page
    assert "<script>alert" not in page
    assert 'value="Lan Một"' in page, "what was typed stays"
    assert Draft.objects.get().answers["typed"]["full_name"] == ["Lan Một"]


def test_enter_in_another_field_keeps_and_receives_nothing(desk: Desk) -> None:
    """The first button of the form is what Enter presses: it must never receive."""
    answer = scanned(desk, "", full_name="Lan Ba")
    assert answer.status_code == 200
    assert not Dossier.objects.exists()
    assert Draft.objects.get().answers["typed"]["full_name"] == ["Lan Ba"]
