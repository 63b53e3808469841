"""The pages of money, as HTTP sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tinhso.accounts.models import User
from tinhso.payments.models import AccountProposal, CollectingAccount, Payment, PaymentCancellation
from tinhso.payments.tests.factories import account, charged, officer, owed, taken

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.payments.tests.factories import Till


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def client_of(actor: OfficerActor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client


@pytest.mark.slow
def test_it_takes_and_goes_to_the_receipt(till: Till) -> None:
    account(till.commune)
    (charge,) = charged(till)
    client = client_of(till.minh)
    page = client.get(f"/thu-phi/{charge.subject}/")
    assert b"15.000" in page.content
    post = {"method": "qr", "expected": "15000", "agency": str(till.commune.pk)}
    unnamed = client.post(f"/thu-phi/{charge.subject}/", post)
    assert unnamed.status_code == 422
    assert "Nhập số giao dịch ngân hàng" in unnamed.content.decode()
    answer = client.post(f"/thu-phi/{charge.subject}/", {**post, "bank_reference": "FT1"})
    payment = Payment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/thu-phi/bien-lai/{payment.uuid}/")
    assert client.get(answer["Location"]).status_code == 200
    paper = client.get(f"/thu-phi/bien-lai/{payment.uuid}/in.pdf")
    assert paper.content.startswith(b"%PDF")


def test_a_sum_that_changed_meanwhile_comes_back_with_the_page(till: Till) -> None:
    (charge,) = charged(till)
    post = {"method": "cash", "expected": "1", "agency": str(till.commune.pk)}
    answer = client_of(till.minh).post(f"/thu-phi/{charge.subject}/", post)
    assert answer.status_code == 409
    assert not Payment.objects.exists()


def test_a_method_must_be_chosen(till: Till) -> None:
    (charge,) = charged(till)
    answer = client_of(till.minh).post(f"/thu-phi/{charge.subject}/", {"expected": "15000"})
    assert answer.status_code == 422


def test_another_commune_s_charge_is_not_there(till: Till) -> None:
    (charge,) = charged(till)
    assert client_of(till.nam).get(f"/thu-phi/{charge.subject}/").status_code == 404


def test_the_head_cancels_with_a_reason(till: Till) -> None:
    payment = taken(till)
    address = f"/thu-phi/bien-lai/{payment.uuid}/huy/"
    client = client_of(till.hoa)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Ghi nhầm"}).status_code == 302
    assert PaymentCancellation.objects.count() == 1
    assert client.post(address, {"reason": "Ghi nhầm"}).status_code == 409
    assert client_of(till.minh).get(address).status_code == 403
    cancelled = client.get(f"/thu-phi/bien-lai/{payment.uuid}/in.pdf")
    assert cancelled.content.startswith(b"%PDF")


def test_the_day_lists_what_was_taken_here(till: Till) -> None:
    taken(till, owed(amount=40_000))
    address = "/thu-phi/?ngay=2026-09-14"
    assert b"40.000" in client_of(till.minh).get(address).content
    assert b"40.000" not in client_of(till.nam).get(address).content


def test_an_account_is_declared_and_a_wrong_one_keeps_what_was_typed(till: Till) -> None:
    client = client_of(till.van)
    typed = {
        "agency": str(till.commune.pk),
        "bank": "00000x",
        "bank_name": "Ngân hàng Thử nghiệm",
        "number": "0000000003",
        "holder": "XA BA GIA",
        "since": "2030-01-01",
    }
    answer = client.post("/thu-phi/tai-khoan/", typed)
    assert answer.status_code == 422
    assert b"0000000003" in answer.content
    assert client.post("/thu-phi/tai-khoan/", typed | {"bank": "000000"}).status_code == 302
    waiting = AccountProposal.objects.get()
    confirming = f"/thu-phi/tai-khoan/{waiting.uuid}/xac-nhan/"
    assert confirming not in client.get("/thu-phi/tai-khoan/").content.decode()
    assert client.post(confirming).status_code == 409
    assert not CollectingAccount.objects.exists()
    other = client_of(officer("Khoa", ("payments:account:edit",), till.province, deep=True))
    assert confirming in other.get("/thu-phi/tai-khoan/").content.decode()
    assert other.post(confirming).status_code == 302
    assert CollectingAccount.objects.get().number == "0000000003"
    assert client.get("/thu-phi/tai-khoan/").status_code == 200
