"""Anyone who holds a printed paper can verify it; without its code nobody learns anything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.printing import book
from tinhso.dossiers.printing.papers import FORMS, marks
from tinhso.dossiers.tests.factories import AT, ID, SYSTEM, received, submitted
from tinhso.dossiers.tests.test_charging import at_counter, pay
from tinhso.parties.models import Party
from tinhso.payments import services as payments
from tinhso.payments.models import Payment
from tinhso.payments.printing import receipts
from tinhso.portal.tests.accounts import signed_in
from tinhso.ui import verifying

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

RECEIPT = FORMS["giay-tiep-nhan"]


def _address(dossier: Dossier, slug: str = "giay-tiep-nhan", **changed: str) -> str:

    form = FORMS[slug]
    row = form.rows(dossier)[0]
    told = {**marks(dossier, form, row), **changed}
    return verifying.address_of(
        RequestFactory().get("/"), form.kind, f"{dossier.reference}.1", told
    )


def test_a_receipt_is_verified_by_a_visitor(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    page = client.get(_address(dossier))
    words = page.content.decode()
    assert page.status_code == 200
    assert "Giấy tờ có thật" in words
    assert str(dossier.number) in words
    assert ID not in words
    assert ID[-3:] in words


def test_the_code_under_the_qr_code_serves_as_well(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    code = verifying.code_of("01", f"{dossier.reference}.1")
    page = client.post(reverse("portal:verify"), {"ma": code.lower()})
    assert "Giấy tờ có thật" in page.content.decode()


@pytest.mark.parametrize("between", ["-\u200b", " ", "\u2011"])
def test_a_code_copied_from_the_paper_is_genuine(client: Client, desk: Desk, between: str) -> None:
    code = verifying.code_of("01", f"{received(desk).reference}.1").replace("-", between)
    page = client.post(reverse("portal:verify"), {"ma": code})
    assert page.status_code == 200
    assert "Giấy tờ có thật" in page.content.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_a_slip_in_the_form_of_a_code_accuses_nobody(client: Client) -> None:
    for _attempt in range(45):
        page = client.post(reverse("portal:verify"), {"ma": "01-ABCDE12345.1"})
    words = page.content.decode()
    assert page.status_code == 404
    assert "Mã chưa đúng dạng" in words
    assert "làm giả" not in words


def test_a_paper_that_was_altered_is_named(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    words = client.get(_address(dossier, han="2030-01-01")).content.decode()
    assert "khác với hồ sơ gốc" in words
    assert "hạn" in words


def test_a_code_of_our_make_without_a_paper_is_refused(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    code = verifying.code_of("01", f"{dossier.reference}.1")
    for wrong in (
        code,
        verifying.code_of("01", "7777777777.1"),
        "01-ABCDE12345.1-0000000000",
        "rác",
    ):
        page = client.get(f"/{verifying.PATH}{wrong}/")
        assert page.status_code == 404
        said = page.content.decode().replace(wrong, "")
        assert str(dossier.reference) not in said
        assert dossier.shown_reference not in said


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
def test_guessing_is_stopped(client: Client) -> None:
    statuses: list[Any] = [
        client.post(reverse("portal:verify"), {"ma": f"01-ABCDE12345.{n}-0000000000"}).status_code
        for n in range(45)
    ]
    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_a_former_request_says_that_a_later_one_exists(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    first = dossier.receipts.get()
    words = client.get(_address(dossier)).content.decode()
    assert "cấp sau giấy này" not in words
    dossier.receipts.create(
        id=dossier.uuid, at=first.at + timedelta(hours=1), actor=first.actor, agency=first.agency
    )
    assert "cấp sau giấy này" in client.get(_address(dossier)).content.decode()


def test_every_form_of_a_dossier_can_be_verified(desk: Desk) -> None:
    dossier = received(desk)
    for form in FORMS.values():
        if form.rows(dossier).exists():
            told = verifying.tell(verifying.code_of(form.kind, f"{dossier.reference}.1"))
            assert told is not None
            assert told.follow == dossier.reference


def test_a_paper_printed_before_receipt_stays_genuine_after_it(desk: Desk) -> None:
    dossier = submitted(desk)
    services.request_supplement(
        dossier.uuid, actor=desk.clerk, items=["Bản sao"], reason="Thiếu", at=AT
    )
    form = FORMS["phieu-bo-sung"]
    before = Dossier.objects.get(pk=dossier.pk)
    assert marks(before, form, form.rows(before)[0])["hs"] == before.reference
    Dossier.objects.filter(pk=dossier.pk).update(
        number="H99.41-260914-0009", received_at=AT + timedelta(hours=2)
    )
    after = Dossier.objects.get(pk=dossier.pk)
    assert marks(after, form, form.rows(after)[0])["hs"] == before.reference


def test_a_reader_of_english_finds_it_genuine_too(client: Client, desk: Desk) -> None:
    address = _address(received(desk))
    client.cookies["django_language"] = "en"
    with override("en"):
        words = client.get(address).content.decode()
    assert "khác với hồ sơ gốc" not in words
    assert "differs from the records" not in words


def test_the_applicant_does_not_print_what_is_internal(desk: Desk) -> None:
    dossier = received(desk)
    client = Client()
    signed_in(client)
    Dossier.objects.filter(pk=dossier.pk).update(
        applicant=Party.objects.exclude(pk=dossier.applicant_id or 0).first()
    )
    own = {
        slug: client.get(reverse("dossiers:printing", args=[dossier.uuid, slug])).status_code
        for slug in ("giay-tiep-nhan", "phieu-kiem-soat")
    }
    assert own == {"giay-tiep-nhan": 200, "phieu-kiem-soat": 404}


def test_a_printed_book_is_verified_and_says_what_came_since(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    day = AT.date()
    numbers = [str(dossier.number)]
    key = book.key_of(numbers, desk=desk.commune.pk, since=day, until=day, at=AT)
    address = f"/{verifying.PATH}{verifying.code_of(book.KIND, key)}/?luc=2026-09-14+08:00"
    page = client.get(address).content.decode()
    for words in ("Sổ theo dõi hồ sơ", "UBND xã Ba Gia", "14/09/2026"):
        assert words in page
    assert "Những ngày này nay có hồ sơ khác" not in page
    Dossier.objects.filter(pk=dossier.pk).update(number="H99.41-260914-0009")
    assert "Những ngày này nay có hồ sơ khác" in client.get(address).content.decode()
    received(desk)
    telling = verifying.tell(verifying.code_of(book.KIND, key))
    assert telling is not None
    assert telling.warning == "Nay quầy có 2 hồ sơ trong những ngày này."


def test_a_book_that_begins_before_2020_and_one_printed_without_a_digest_are_verified(
    client: Client, desk: Desk
) -> None:
    since, until = date(2019, 12, 1), date(2020, 6, 30)
    keys = {
        book.key_of([], desk=desk.commune.pk, since=since, until=until, at=AT): since,
        f"{desk.commune.pk}.0.0.0.1": date(2020, 1, 1),
    }
    for key, first in keys.items():
        page = client.get(f"/{verifying.PATH}{verifying.code_of(book.KIND, key)}/")
        assert f"{first:%d/%m/%Y}" in page.content.decode()
        assert "Giấy tờ có thật" in page.content.decode()


def test_a_receipt_of_money_is_verified_without_its_payer(client: Client, desk: Desk) -> None:
    pay(desk, at_counter(desk), 15_000)
    payment = Payment.objects.get()
    code = verifying.code_of(receipts.KIND, str(payment.pk))
    page = client.get(f"/{verifying.PATH}{code}/?tien=15000").content.decode()
    assert "Giấy tờ có thật" in page
    assert payment.number in page
    assert payment.payer not in page
    altered = client.get(f"/{verifying.PATH}{code}/?tien=150000").content.decode()
    assert "số tiền" in altered
    payments.cancel(payment.uuid, actor=SYSTEM, reason="Ghi nhầm", at=AT)
    assert "đã bị hủy" in client.get(f"/{verifying.PATH}{code}/").content.decode()
