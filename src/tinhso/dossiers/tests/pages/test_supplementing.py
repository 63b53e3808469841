"""A supplement brought to the counter, or sent by post: the form corrected, papers added, day and way recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tinhso.calendars.clock import local
from tinhso.dossiers import services
from tinhso.dossiers.errors import BringingIncomplete, ChannelClosed
from tinhso.dossiers.models import Channel, ChannelRule, Dossier, Draft, State
from tinhso.dossiers.plans.bringing import Bringing, Posted
from tinhso.dossiers.tests.factories import AT, answers, received
from tinhso.dossiers.tests.pages.test_counter import typed
from tinhso.dossiers.tests.pages.test_officer_pages import page_of, signed_in
from tinhso.dossiers.tests.stages import DAY, refused, waiting
from tinhso.events.models import Event
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from uuid import UUID

    from tinhso.dossiers.tests.factories import Desk


def address(key: UUID, way: str = "counter") -> str:
    return reverse("dossiers:supplementing", args=[key]) + f"?kenh={way}"


@pytest.mark.slow
def test_the_desk_takes_in_what_was_brought(desk: Desk) -> None:
    dossier = waiting(desk)
    client = signed_in(desk, "clerk")
    assert address(dossier.uuid).partition("?")[0] in client.get(page_of(dossier)).content.decode()
    page = client.get(address(dossier.uuid)).content.decode()
    assert "Bản sao giấy cũ" in page
    assert "Lan Một" in page, "what was handed in before is there to be corrected"

    more: dict[str, Any] = {
        "full_name": "Lan Hai",
        **{
            f"paper_{slot}": SimpleUploadedFile("ban-sao.pdf", PDF, "application/pdf")
            for slot in range(2)
        },
    }
    answer = client.post(address(dossier.uuid), typed(then="supplement", **more))
    assert answer.status_code == 302, answer.content.decode()
    done = Dossier.objects.get(pk=dossier.pk)
    assert done.state == State.IN_PROCESS
    latest = done.submissions.latest("at")
    assert (latest.channel, latest.answers["full_name"]) == ("counter", "Lan Hai")
    assert latest.answered_request == done.supplementrequests.get()
    assert {paper.file.filename for paper in latest.papers.all()} == {"ban-sao.pdf"}
    event = Event.objects.get(kind="dossiers.supplemented")
    assert (event.payload["channel"], event.actor) == ("counter", desk.clerk.key)
    assert not Draft.objects.exists()


def test_what_came_by_post_counts_from_its_arrival(desk: Desk) -> None:
    """Stopped on Tuesday at 8; the envelope came on Wednesday at 8 and was opened on Friday: one working day."""
    dossier = waiting(desk, received(desk), at=AT + DAY)
    done = services.supplement(
        dossier.uuid,
        actor=desk.clerk,
        answers=answers(dossier=dossier.uuid),
        channel=Channel.POST,
        bringing=Bringing(posted=Posted(AT + 2 * DAY, tracking="RR000000000VN")),
        at=AT + 4 * DAY,
    )
    assert done.due_at is not None
    assert f"{local(done.due_at):%Y-%m-%d %H:%M}" == "2026-09-18 17:00"
    assert done.postalitems.get().submission == done.submissions.latest("at")


def test_post_cannot_come_before_it_was_asked_for_nor_tomorrow(desk: Desk) -> None:
    dossier = waiting(desk, received(desk), at=AT + DAY)
    for arrived in (AT, AT + 3 * DAY):
        with refused(BringingIncomplete):
            services.supplement(
                dossier.uuid,
                actor=desk.clerk,
                answers=answers(dossier=dossier.uuid),
                channel=Channel.POST,
                bringing=Bringing(posted=Posted(arrived)),
                at=AT + 2 * DAY,
            )


def test_a_channel_that_is_closed_takes_no_supplement(desk: Desk) -> None:
    dossier = waiting(desk)
    ChannelRule.objects.filter(channel="post").delete()
    with refused(ChannelClosed):
        services.supplement(
            dossier.uuid,
            actor=desk.clerk,
            answers=answers(dossier=dossier.uuid),
            channel=Channel.POST,
            bringing=Bringing(posted=Posted(AT)),
            at=AT,
        )
    client = signed_in(desk, "clerk")
    assert client.get(address(dossier.uuid, "post")).status_code == 409
    assert "kenh=post" not in client.get(address(dossier.uuid)).content.decode()


def test_what_is_wrong_is_told_and_nothing_is_handed_in(desk: Desk) -> None:
    dossier = waiting(desk)
    answer = signed_in(desk, "clerk").post(
        address(dossier.uuid, "post"), typed(then="supplement", phone="", **{"came-arrived_on": ""})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_came-arrived_on"' in page
    assert 'href="#f-phone"' in page
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT


@pytest.mark.slow
def test_whoever_has_no_right_at_the_desk_does_not_come_in(desk: Desk) -> None:
    dossier = waiting(desk)
    for who, status in (("specialist", 403), ("leader", 403), ("land_officer", 404)):
        assert signed_in(desk, who).get(address(dossier.uuid)).status_code == status
        assert (
            signed_in(desk, who).post(address(dossier.uuid), typed(then="supplement")).status_code
            == status
        )
    assert address(dossier.uuid).partition("?")[0] not in (
        signed_in(desk, "specialist").get(page_of(dossier)).content.decode()
    )
    assert not Draft.objects.exists()


def test_nothing_is_taken_in_that_was_not_asked_for(desk: Desk) -> None:
    dossier = received(desk)
    client = signed_in(desk, "clerk")
    assert client.get(address(dossier.uuid)).status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.slow
def test_a_click_with_nothing_brought_uses_up_no_request(desk: Desk) -> None:
    dossier = waiting(desk)
    client = signed_in(desk, "clerk")
    empty = client.post(address(dossier.uuid), typed(then="supplement"))
    assert empty.status_code == 422
    assert "Chưa có giấy tờ nào được bổ sung" in empty.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT
    assert not Event.objects.filter(kind="dossiers.supplemented").exists()

    said = typed(then="supplement", asked_why_0="Đã xem bản chính tại quầy")
    assert client.post(address(dossier.uuid), said).status_code == 302
    assert "Đã xem bản chính tại quầy" in client.get(page_of(dossier)).content.decode()
