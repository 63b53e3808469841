"""Find work in the queue (tìm không dấu): by words, codes, and what is typed wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, DossierKey, WorkItem
from tinhso.dossiers.queries.chosen import QueueFilter
from tinhso.dossiers.queries.worklist import found_by, queue
from tinhso.dossiers.tests.factories import AT, VISITOR, application
from tinhso.kernel.identifiers import CROCKFORD, check_character, read_reference
from tinhso.parties.models import Party
from tinhso.payments.queries import purpose_of

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

LAN: dict[str, Any] = {
    "full_name": "Một Đường Lan",
    "personal_id": "000190000001",
    "phone": "0000000001",
}
HOA: dict[str, Any] = {
    "full_name": "Bốn Hoa",
    "personal_id": "000190000002",
    "phone": "0000000002",
}


def filed(desk: Desk, **facts: Any) -> Dossier:
    return services.submit(application(agency=desk.commune, **facts), actor=VISITOR, at=AT)


@pytest.fixture
def found(desk: Desk) -> Any:
    """What a search finds among the dossiers of Lan (received) and Hoa (only submitted)."""
    lan = services.receive(filed(desk, **LAN).uuid, actor=desk.clerk, at=AT)
    hoa = filed(desk, **HOA)
    names = {lan.pk: "lan", hoa.pk: "hoa"}

    def search(text: str) -> set[str]:
        items = queue(desk.clerk, QueueFilter(search=text), at=AT)
        return {names[key] for key in items.values_list("dossier", flat=True)}

    search.lan, search.hoa = lan, hoa  # type: ignore[attr-defined]
    return search


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("mot duong", {"lan"}),
        ("MỘT ĐƯỜNG LAN", {"lan"}),
        ("lan mo", {"lan"}),
        ("bon hoa", {"hoa"}),
        ("hon nhan", {"lan", "hoa"}),
        ("hôn nhân hoa", {"hoa"}),
        ("H99.41-260914-0001", {"lan"}),
        ("H99.41-\u200b260914-\u200b0001", {"lan"}),
        ("H99.41 260914 0001", {"lan"}),
        ("h99.41-26", {"lan"}),
        ("914-0001", {"lan"}),
        ("000190000002", {"hoa"}),
        ("190000002", {"hoa"}),
        ("0000000002", {"hoa"}),
        ("0000 000 001", {"lan"}),
        ("khong co", set()),
        ("999", set()),
        ("!?", set()),
        ("", {"lan", "hoa"}),
    ],
)
def test_it_is_found_by_name_number_id_and_phone(found: Any, text: str, whose: set[str]) -> None:
    assert found(text) == whose


def test_a_reference_is_read_as_people_type_it(found: Any) -> None:
    reference = found.lan.reference
    spoken = f"{reference[:5]}-{reference[5:]}".lower().replace("0", "o").replace("1", "l")
    assert found(spoken) == {"lan"}
    assert found(reference[:6]) == {"lan"} or not any(char.isdigit() for char in reference[:6])


def test_a_phone_number_that_could_be_a_reference_is_still_a_phone_number(desk: Desk) -> None:
    phone = next(
        f"{body:09d}{check_character(f'{body:09d}')}"
        for body in range(1000)
        if check_character(f"{body:09d}") in CROCKFORD[:10]
    )
    assert read_reference(phone) == phone
    dossier = filed(desk, **{**HOA, "phone": phone})
    assert Party.objects.get(pk=dossier.applicant_id or 0).phone == phone
    assert list(Dossier.objects.filter(found_by(phone))) == [dossier]


def test_a_search_finds_nothing_at_another_agency(desk: Desk) -> None:
    filed(desk, **LAN)
    assert WorkItem.objects.count() == 1
    assert not queue(desk.builder, QueueFilter(search="duong"), at=AT).exists()


@pytest.mark.parametrize("number", ["H99.41-260914-0007", "H48.36.41.250.7-260914-0007"])
def test_the_words_of_a_transfer_find_its_dossier(desk: Desk, number: str) -> None:
    dossier = filed(desk, **LAN)
    DossierKey.objects.create(dossier=dossier, value=number)
    typed = purpose_of(number)
    assert Dossier.objects.filter(found_by(typed)).get() == dossier
    assert Dossier.objects.filter(found_by(typed.replace("PLP ", "plp"))).get() == dossier
