"""A machine of a desk that people use after one another: it forgets each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.agencies.models import AgencyPeriod
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.counter.models import TicketDesk
from tinhso.counter.services import open_desk
from tinhso.dossiers.models import Dossier, Draft
from tinhso.portal.station import SILENT, STATION
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin, fill_in

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
BAR = "data-station"


@pytest.fixture
def machine(desk: Desk) -> str:
    """The address of the commune's machine."""
    made = open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    return reverse("portal:station", args=[made.uuid, made.station_key])


def sits_down(machine: str, task: str = "procedures") -> Client:
    """A visitor who pressed the button of that task."""
    client = Client()
    answer = client.post(machine, {"viec": task})
    assert answer.headers["Location"] == reverse(f"portal:{task}")
    return client


def forgotten(answer: Any, machine: str) -> bool:
    """Whether the machine shows its start page and told the browser to keep nothing."""
    told = answer.headers.get("Clear-Site-Data")
    return bool(answer.headers.get("Location") == machine and told == '"cookies", "storage"')


def test_a_press_begins_and_every_page_says_whose_machine_it_is(machine: str) -> None:
    assert BAR not in Client().get(reverse("portal:procedures")).content.decode()
    client = sits_down(machine)
    page = client.get(reverse("portal:procedures"))
    assert BAR in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_to_look_at_the_start_page_begins_nothing(machine: str) -> None:
    client = Client()
    signed_in(client)
    assert client.get(machine).status_code == 200
    assert client.get(reverse("portal:own")).status_code == 200


def test_a_press_signs_out_whoever_was_signed_in(machine: str) -> None:
    client = Client()
    signed_in(client)
    client.post(machine, {"viec": "look_up"})
    assert client.get(reverse("portal:own")).headers["Location"].startswith("/dang-nhap")


def test_what_was_filed_stays_filed_and_the_machine_forgets_it(machine: str, desk: Desk) -> None:
    client = sits_down(machine)
    draft = fill_in(client, desk)
    client.post(reverse("portal:check", args=[draft.uuid]), {"cam_doan": "on"})
    dossier = Dossier.objects.get()
    seen = reverse("portal:dossier", args=[dossier.uuid])
    assert client.get(seen).status_code == 200

    assert forgotten(client.get(machine), machine)

    assert client.get(seen).status_code == 302
    assert BAR not in client.get(reverse("portal:home")).content.decode()
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_whose_code_nobody_was_told_goes(machine: str, desk: Desk, method: str) -> None:
    client = sits_down(machine)
    draft = fill_in(client, desk)
    assert forgotten(getattr(client, method)(machine), machine)
    assert not Draft.objects.exists()
    assert client.get(reverse("portal:check", args=[draft.uuid])).status_code == 404


def test_a_draft_whose_code_was_told_waits_for_who_knows_it(machine: str, desk: Desk) -> None:
    client = sits_down(machine)
    draft = fill_in(client, desk)
    code = client.get(reverse("portal:kept", args=[draft.uuid])).context["code"]
    client.get(machine)
    assert client.get(reverse("portal:check", args=[draft.uuid])).status_code == 404

    again = sits_down(machine, "resume")
    again.post(reverse("portal:resume"), {"ma": code})
    assert again.get(reverse("portal:check", args=[draft.uuid])).status_code == 200


def test_the_house_forgets_what_was_silent_for_long(machine: str, desk: Desk) -> None:
    client = sits_down(machine)
    fill_in(client, desk)
    session = client.session
    session[STATION]["seen"] -= SILENT + 1
    session.save()
    assert forgotten(client.get(reverse("portal:home")), machine)
    assert not Draft.objects.exists()


def test_whoever_signs_out_there_has_ended(machine: str) -> None:
    client = sits_down(machine)
    signed_in(client)
    assert BAR in client.get(reverse("portal:own")).content.decode()
    assert forgotten(client.post(reverse("account_logout")), machine)
    assert BAR not in client.get(reverse("portal:home")).content.decode()


def test_a_draft_of_an_account_is_its_own(machine: str) -> None:
    client = sits_down(machine)
    signed_in(client)
    draft = begin(client)
    client.get(machine)
    assert Draft.objects.get() == draft


def test_another_key_opens_no_machine(machine: str, desk: Desk) -> None:
    kiosk = TicketDesk.objects.get().key
    uuid = TicketDesk.objects.get().uuid
    assert Client().post(reverse("portal:station", args=[uuid, kiosk])).status_code == 404
    open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    assert Client().post(machine).status_code == 404, "the address was renewed"


def test_a_desk_that_ended_begins_nothing(machine: str, desk: Desk) -> None:
    AgencyPeriod.objects.filter(agency=desk.commune).update(until=day_of(clock.now()))
    client = Client()
    assert client.post(machine).status_code == 409
    assert not client.session.keys()
