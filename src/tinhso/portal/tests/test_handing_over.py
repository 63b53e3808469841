"""Playing the national portal, the pages hand a dossier over by the API: once, whole, or not at all."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.files import DOSSIER
from tinhso.dossiers.judging import without_files
from tinhso.dossiers.models import Channel, Dossier, Draft, Paper, Submission
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.tests.factories import ANSWERS, BUILDING, MARRIAGE, WELL, Desk, definition_of
from tinhso.events.models import Event
from tinhso.files.models import StoredFile
from tinhso.files.tests.factories import PDF
from tinhso.portal import national
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import STEPS, fill_in
from tinhso.portal.tests.ways import ByTestClient

if TYPE_CHECKING:
    from tinhso.portal.tests.ways import ByTestClient as Way

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def way() -> Way:
    found = national.ways[national.PROVINCE]
    assert isinstance(found, ByTestClient)
    return found


def hand_in(client: Client, draft: Draft) -> Any:
    return client.post(reverse("portal:check", args=[draft.uuid]), {"cam_doan": "on"})


def with_a_paper(client: Client, desk: Desk) -> Draft:
    draft = fill_in(client, desk)
    slot = {"paper_1": SimpleUploadedFile("giay-cu.pdf", PDF, "application/pdf")}
    client.post(reverse("portal:step", args=[draft.uuid, "giay-to"]), slot)
    return draft


@pytest.mark.slow
def test_it_arrives_as_a_partner_sends_it(client: Client, desk: Desk, way: Way) -> None:
    draft = with_a_paper(client, desk)

    answer = hand_in(client, draft)

    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("portal:submitted", args=[dossier.uuid])
    assert way.posted == ["files 201", "dossiers 201"]
    assert dossier.channel == Channel.NATIONAL
    assert dossier.foreign_code == national.code_of(draft.uuid)
    assert dossier.authority == "national"
    assert Event.objects.get(kind="dossiers.submitted").actor.startswith("partner:")
    paper = Paper.objects.get()
    assert (paper.file.subject_kind, paper.file.subject) == (DOSSIER, dossier.uuid)
    assert paper.file.filename == "giay-cu.pdf"
    assert StoredFile.objects.count() == 1
    assert not Draft.objects.exists()
    shown = client.get(answer["Location"])
    assert shown.status_code == 200


@pytest.mark.slow
def test_the_history_names_who_filed_not_the_portal_alone(client: Client, desk: Desk) -> None:
    hand_in(client, fill_in(client, desk))
    dossier = Dossier.objects.get()
    assert dossier.applicant is not None
    filed = next(line for line in history_of(dossier) if line.what == "Nộp hồ sơ")
    assert filed.who == f"{dossier.applicant.name}, qua {dossier.get_channel_display()}"


@pytest.mark.slow
def test_whoever_comes_back_to_the_draft_sees_the_confirmation(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    hand_in(client, draft)
    dossier = Dossier.objects.get()

    again = hand_in(client, draft)

    assert again.status_code == 302
    assert again["Location"] == reverse("portal:submitted", args=[dossier.uuid])
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("broken", ["files", "dossiers"])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.slow
def test_a_lost_answer_keeps_what_was_typed_and_makes_one_dossier(
    client: Client, desk: Desk, way: Way, broken: str, *, after: bool
) -> None:
    draft = with_a_paper(client, desk)
    typed = Draft.objects.get().answers
    way.broken, way.after = broken, after

    lost = hand_in(client, draft)

    assert lost.status_code == 503
    assert "chưa gửi được" in lost.content.decode()
    assert Draft.objects.get().answers == typed
    way.broken = ""
    assert hand_in(client, draft).status_code == 302
    assert Dossier.objects.count() == Submission.objects.count() == Paper.objects.count() == 1
    assert StoredFile.objects.count() == 1
    assert not Draft.objects.exists()


def changed_after_it_arrived(client: Client, desk: Desk, way: Way) -> Draft:
    """A draft that arrived, unknown to its applicant, who then said to be another person."""
    draft = with_a_paper(client, desk)
    way.broken, way.after = "dossiers", True
    hand_in(client, draft)
    way.broken = ""
    other = {"full_name": "Nam Hai", "applicant_kind": "citizen", "phone": "0000000002"}
    client.post(reverse("portal:step", args=[draft.uuid, "nguoi-nop"]), other)
    return draft


@pytest.mark.slow
def test_what_was_changed_after_it_had_arrived_is_not_sent_and_said(
    client: Client, desk: Desk, way: Way
) -> None:
    draft = changed_after_it_arrived(client, desk, way)

    answer = hand_in(client, draft)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Lần gửi trước đã tới nơi" in said
    assert Submission.objects.get().answers["full_name"] == "Lan Một"
    assert re.search(r"Đã nhận: <strong>Lan Một</strong><br>Bạn khai sau đó: Nam Hai", said)
    assert reverse("portal:withdraw", args=[Dossier.objects.get().uuid]) in said
    assert Draft.objects.get().answers["typed"]["full_name"] == ["Nam Hai"]
    assert (
        client.get(reverse("portal:dossier", args=[Dossier.objects.get().uuid])).status_code == 200
    )


@pytest.mark.slow
def test_what_was_changed_may_go_as_another_dossier(client: Client, desk: Desk, way: Way) -> None:
    draft = changed_after_it_arrived(client, desk, way)
    hand_in(client, draft)

    went = client.post(reverse("portal:anew", args=[draft.uuid]))

    kept = Draft.objects.get()
    assert kept.uuid != draft.uuid
    assert went["Location"] == reverse("portal:check", args=[kept.uuid])
    step = {**STEPS["nguoi-nop"], "full_name": "Nam Hai"}
    client.post(reverse("portal:step", args=[kept.uuid, "nguoi-nop"]), step)
    assert hand_in(client, kept).status_code == 302
    names = Submission.objects.order_by("at").values_list("answers__full_name", flat=True)
    assert sorted(names) == ["Lan Một", "Nam Hai"]
    assert Paper.objects.count() == 2
    assert not Draft.objects.exists()


def test_a_draft_of_which_nothing_came_stays_what_it_is(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    assert client.post(reverse("portal:anew", args=[draft.uuid])).status_code == 404
    assert Draft.objects.get().uuid == draft.uuid


def test_a_refusal_of_the_province_is_said_and_nothing_is_lost(
    client: Client, desk: Desk, way: Way
) -> None:
    draft = fill_in(client, desk)
    way.has_token = True  # it was never issued

    answer = hand_in(client, draft)

    assert answer.status_code == 422
    assert "chưa gửi" in answer.content.decode()
    assert Draft.objects.filter(uuid=draft.uuid).exists()
    assert not Dossier.objects.exists()


def test_without_a_way_nothing_is_sent(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = fill_in(client, desk)
    monkeypatch.delitem(national.ways._entries, national.PROVINCE)
    assert hand_in(client, draft).status_code == 503
    assert Draft.objects.filter(uuid=draft.uuid).exists()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("code", [MARRIAGE, WELL, BUILDING])
def test_the_answers_of_every_procedure_arrive_as_they_were(code: str) -> None:
    definition = definition_of(code)
    answers = definition.form.of_values(ANSWERS[code])
    body = json.loads(json.dumps(without_files(answers.values)))
    assert set(ANSWERS[code]) <= set(body)
    assert definition.form.of_values(body).values == answers.values


@pytest.mark.slow
def test_the_applicant_who_is_signed_in_is_the_one(client: Client, desk: Desk) -> None:
    person = signed_in(client)
    hand_in(client, fill_in(client, desk))
    dossier = Dossier.objects.get()
    assert dossier.applicant_id == person.party
    assert (
        reverse("portal:dossier", args=[dossier.uuid])
        in client.get(reverse("portal:own")).content.decode()
    )
