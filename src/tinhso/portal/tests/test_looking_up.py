"""A pair of code and number opens one dossier for half an hour; a wrong one tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tinhso.dossiers import services
from tinhso.dossiers.tests.factories import AT, ID, received, step, submitted
from tinhso.dossiers.tests.stages import ACTS, asked
from tinhso.dossiers.tests.test_life import DOCUMENT
from tinhso.events.models import Event
from tinhso.kernel.identifiers import show_reference
from tinhso.portal.pages import attempts, proofs
from tinhso.portal.standing import masked
from tinhso.portal.tests.accounts import signed_in

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

OTHER_ID = "000190000009"
UNKNOWN = "H99.41-260914-9999"


def ask(client: Client, code: str | None, number: str) -> Any:
    return client.post(reverse("portal:look_up"), {"ma": code or "", "so": number})


def page_of(dossier: Dossier) -> str:
    return reverse("portal:dossier", args=[dossier.uuid])


def test_the_pair_opens_the_dossier(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    assert dossier.reference
    for code in (dossier.reference, show_reference(dossier.reference).lower()):
        assert ask(client, code, ID).headers["Location"] == page_of(dossier)
    page = client.get(page_of(dossier))
    assert page.status_code == 200
    assert "Lan M." in page.content.decode()
    assert ID not in page.content.decode()


def test_who_never_answered_reads_that_the_work_was_stopped_and_why(
    client: Client, desk: Desk
) -> None:
    act = ACTS["stop"](desk)
    done = act.run()
    ask(client, done.reference, ID)
    page = client.get(page_of(done)).content.decode()
    assert "Dừng xử lý" in page
    assert "Hết hạn bổ sung" in page


def test_a_dossier_about_which_another_agency_was_asked_opens_too(
    client: Client, desk: Desk
) -> None:
    dossier = asked(desk)
    ask(client, dossier.number, ID)
    page = client.get(page_of(dossier))
    assert page.status_code == 200
    assert "Sở Y tế" in page.content.decode()


def test_the_official_number_serves_as_well(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    assert ask(client, dossier.number, "000 190 000 001").headers["Location"] == page_of(dossier)


@pytest.mark.parametrize("between", ["-\u200b", " ", "\u2011", "-\n"])
def test_a_number_copied_from_a_paper_serves_too(client: Client, desk: Desk, between: str) -> None:
    dossier = received(desk)
    for code in (str(dossier.number), show_reference(str(dossier.reference))):
        found = ask(client, code.replace("-", between), f"{ID[:3]}\u200b{ID[3:]}")
        assert found.headers["Location"] == page_of(dossier)


def test_a_wrong_pair_does_not_tell_which_part_is_wrong(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    answers = [
        ask(client, dossier.number, OTHER_ID),
        ask(client, UNKNOWN, ID),
        ask(client, dossier.number, "abc"),
    ]
    said = {str(answer.context["errors"]) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(said) == 1
    assert client.get(page_of(dossier)).headers["Location"] == reverse("portal:look_up")


@pytest.mark.slow
def test_too_many_wrong_pairs_have_to_wait(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for _time in range(attempts.PER_CODE):
        assert ask(client, dossier.number, OTHER_ID).status_code == 422
    assert ask(client, dossier.number, ID).status_code == 429
    assert client.get(page_of(dossier)).status_code == 302
    other = received(desk)
    assert ask(client, other.number, ID).status_code == 302


def test_an_address_that_tries_every_code_has_to_wait(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", 3)
    dossier = received(desk)
    for number in range(3):
        assert ask(client, f"H99.41-260914-{number + 5000}", ID).status_code == 422
    assert ask(client, dossier.number, ID).status_code == 429


def test_half_of_a_pair_is_asked_for_again(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    assert list(ask(client, dossier.number, "").context["errors"]) == ["so"]
    assert list(ask(client, "", ID).context["errors"]) == ["ma"]


def test_a_proof_opens_one_dossier_and_not_the_applicants_others(
    client: Client, desk: Desk
) -> None:
    lan = signed_in(client)
    one, other = submitted(desk, actor=lan), submitted(desk, actor=lan)
    client.logout()
    ask(client, one.reference, ID)
    assert client.get(page_of(one)).status_code == 200
    assert client.get(page_of(other)).status_code == 302


def test_a_proof_ends(client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = submitted(desk)
    monkeypatch.setattr(proofs, "KEPT", -1)
    ask(client, dossier.reference, ID)
    assert client.get(page_of(dossier)).headers["Location"] == reverse("portal:look_up")


def test_the_code_of_the_qr_asks_for_the_number_once(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    by_code = f"{reverse('portal:look_up')}?ma={dossier.reference}"
    assert (
        client.get(reverse("portal:short", args=[dossier.reference])).headers["Location"] == by_code
    )
    assert show_reference(dossier.reference or "") in client.get(by_code).content.decode()
    ask(client, dossier.reference, ID)
    assert client.get(by_code).headers["Location"] == page_of(dossier)


def test_each_look_of_a_visitor_is_logged_once(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    ask(client, dossier.reference, ID)
    for time in (1, 2):
        client.get(page_of(dossier))
        read = Event.objects.filter(kind="parties.read", payload__purpose="look_up")
        assert read.count() == time
        assert {event.actor for event in read} == {"visitor:anonymous"}


def test_the_page_says_where_it_stands(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    ask(client, dossier.number, ID)
    standing = client.get(page_of(dossier)).context["standing"]
    assert (standing.position, standing.total) == (3, 6)
    assert standing.headline == "Xác minh tình trạng hôn nhân"
    assert [line.state for line in standing.steps] == [
        "done",
        "done",
        standing.steps[2].state,
        *["next"] * 3,
    ]
    assert standing.steps[2].state in {"now", "late"}


def test_a_refusal_gives_its_reason(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    services.refuse(dossier.uuid, actor=desk.clerk, reason="Không thuộc thẩm quyền", at=AT)
    ask(client, dossier.reference, ID)
    assert "Không thuộc thẩm quyền" in client.get(page_of(dossier)).content.decode()


def test_the_result_is_named_once_handed_over(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    key = dossier.uuid
    services.forward(key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT)
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=AT)
    services.attach_result(key, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=AT)
    ask(client, dossier.number, ID)
    waiting = client.get(page_of(dossier)).content.decode()
    assert "nhận kết quả" in waiting
    assert DOCUMENT.document_number not in waiting
    services.hand_over(key, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT)
    assert DOCUMENT.document_number in client.get(page_of(dossier)).content.decode()


@pytest.mark.parametrize(("name", "shown"), [("Lan Một", "Lan M."), ("Lan", "Lan"), ("", "")])
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked(name) == shown
