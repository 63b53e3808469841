"""A person's own store: what they were given, what it served for, who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.models import Channel, Dossier, Result
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.factories import AT, MARRIAGE
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in as officer_signed_in
from tinhso.dossiers.tests.stages import DOCUMENT, REFUSAL
from tinhso.dossiers.tests.test_papers_held import KIND, handed_over, refusal_handed_over
from tinhso.portal.tests.accounts import signed_in

if TYPE_CHECKING:
    from tinhso.accounts.actors import CitizenActor
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
STORE, READS = "/giay-to-cua-toi/", "/giay-to-cua-toi/ai-da-xem/"


def given_to(lan: CitizenActor, desk: Desk) -> Dossier:
    dossier = handed_over(desk)
    Dossier.objects.filter(pk=dossier.pk).update(applicant=lan.party)
    Result.objects.update(holder=lan.party)
    return dossier


@pytest.mark.slow
def test_it_shows_one_s_own_results_only(client: Client, desk: Desk) -> None:
    assert client.get(STORE).status_code == 302
    lan = signed_in(client)
    handed_over(desk)
    assert DOCUMENT.document_number not in client.get(STORE).text
    given_to(lan, desk)
    assert DOCUMENT.document_number in client.get(STORE).text


@pytest.mark.slow
def test_what_was_refused_is_no_paper_of_the_store(client: Client, desk: Desk) -> None:
    lan = signed_in(client)
    dossier = refusal_handed_over(desk)
    Dossier.objects.filter(pk=dossier.pk).update(applicant=lan.party)
    Result.objects.update(holder=lan.party, kind=KIND)
    page = client.get(STORE).text
    assert REFUSAL.document_number not in page
    assert "Còn giá trị" not in page
    assert "không được giải quyết (bị từ chối)" in client.get(reverse("portal:own")).text
    draft = drafting.start(MARRIAGE, channel=Channel.NATIONAL, actor=lan, at=AT)
    papers = client.get(reverse("portal:step", args=[draft.uuid, "giay-to"]))
    assert list(papers.context["held"]) == []


@pytest.mark.slow
def test_reads_name_the_agency_and_no_officer(client: Client, desk: Desk) -> None:
    lan = signed_in(client)
    dossier = given_to(lan, desk)
    officer_signed_in(desk, "specialist").get(reverse("dossiers:dossier", args=[dossier.uuid]))
    shown = client.get(READS)
    assert "Ba Gia" in str(shown.context["reads"][0].who)
    assert desk.specialist.name not in shown.text


@pytest.mark.slow
def test_a_held_result_is_used_in_an_application(client: Client, desk: Desk) -> None:
    lan = signed_in(client)
    given_to(lan, desk)
    draft = drafting.start(MARRIAGE, channel=Channel.NATIONAL, actor=lan, at=AT)
    page = client.get(reverse("portal:step", args=[draft.uuid, "giay-to"]))
    (one,) = page.context["held"]
    answer = client.post(reverse("portal:reuse", args=[draft.uuid]), {"held": str(one.key)})
    assert answer.status_code == 302
    assert client.post(reverse("portal:reuse", args=[draft.uuid]), {"held": "x"}).status_code == 404
    draft.refresh_from_db()
    assert draft.answers["attached"]["paper_1"]
