"""What the counter knew of a person is theirs on line once an officer joined it to their account; not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.models import Complaint, Dossier, Rating, State
from tinhso.dossiers.services import request_supplement
from tinhso.dossiers.services.drafting import open_supplement
from tinhso.dossiers.tests.factories import AT, ID, submitted
from tinhso.dossiers.tests.stages import concluded
from tinhso.parties import joining
from tinhso.parties.models import Party
from tinhso.portal.tests.accounts import signed_in

if TYPE_CHECKING:
    from tinhso.accounts.actors import CitizenActor
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def join(desk: Desk, lan: CitizenActor, dossier: Dossier) -> None:
    own = Party.objects.get(pk=lan.party or 0)
    assert dossier.applicant is not None
    at_desk = {"agency": desk.commune.pk, "actor": desk.clerk, "at": AT}
    joining.join(own.uuid, dossier.applicant.uuid, method="card_seen", **at_desk)  # type: ignore[arg-type]


def test_the_account_sees_and_supplements_what_the_joined_party_filed(
    client: Client, desk: Desk
) -> None:
    dossier = submitted(desk)
    lan = signed_in(client, "Lan Một", personal_id=ID)
    request_supplement(dossier.uuid, actor=desk.clerk, items=["Ảnh"], reason="Thiếu", at=AT)
    assert not Dossier.objects.visible_to(lan, at=AT).exists()
    join(desk, lan, dossier)
    assert list(Dossier.objects.visible_to(lan, at=AT)) == [dossier]
    assert open_supplement(dossier.uuid, actor=lan, at=AT).uuid == dossier.uuid
    assert dossier.reference
    assert dossier.shown_reference in client.get(reverse("portal:own")).text
    assert client.get(reverse("portal:dossier", args=[dossier.uuid])).status_code == 200


@pytest.mark.slow
def test_the_account_takes_it_back_complains_and_rates(client: Client, desk: Desk) -> None:
    dossier, over = submitted(desk), concluded(desk)
    lan = signed_in(client, "Lan Một", personal_id=ID)
    own, voice = (
        reverse("portal:withdraw", args=[dossier.uuid]),
        reverse("portal:voice", args=[over.uuid]),
    )
    assert client.get(own).headers["Location"] == reverse("portal:look_up")
    join(desk, lan, dossier)
    join(desk, lan, over)
    assert (client.get(own).status_code, client.get(voice).status_code) == (200, 200)
    client.post(own, {"ly-do": "Đổi ý"})
    client.post(voice, {"loai": "danh-gia", "muc": "4"})
    client.post(voice, {"loai": "khieu-nai", "noi-dung": "Chậm quá"})
    assert Dossier.objects.get(pk=dossier.pk).state == State.WITHDRAWN
    assert (Rating.objects.get().score, Complaint.objects.get().content) == (4, "Chậm quá")


def test_it_ends_when_the_joining_is_taken_back(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    lan = signed_in(client, "Lan Một", personal_id=ID)
    join(desk, lan, dossier)
    made = Party.objects.get(pk=lan.party or 0).joinings.get()
    joining.separate(made.uuid, reason="Nhầm", actor=desk.clerk, at=AT)
    assert not Dossier.objects.visible_to(lan, at=AT).exists()
    with pytest.raises(DossierNotFound):
        open_supplement(dossier.uuid, actor=lan, at=AT)


def test_the_page_of_one_s_details_tells_the_code(client: Client, desk: Desk) -> None:
    del desk
    signed_in(client)
    assert client.get(reverse("portal:person")).context["code"]
