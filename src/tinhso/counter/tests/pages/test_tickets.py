"""Kiosk, board and window, as HTTP sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant
from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.counter import services
from tinhso.counter.models import Ticket, TicketDesk, TicketEnd
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.fixture
def kiosk(desk: Desk) -> TicketDesk:
    """The commune gives numbers today."""
    return services.open_desk(desk.commune.pk, actor=desk.head, at=clock.now())


@pytest.mark.slow
def test_a_visitor_takes_a_number_and_the_window_serves_it(desk: Desk, kiosk: TicketDesk) -> None:
    visitor, address = Client(), f"/lay-so/{kiosk.uuid}/{kiosk.key}/"
    assert visitor.get(address).status_code == 200
    answer = visitor.post(address, {"errand": "submit", "once": str(uuid4())})
    assert "Số của bạn" in visitor.get(answer["Location"]).content.decode()
    window = signed_in(desk, "clerk")
    place = "/quay/goi-so/?cua=3"
    assert window.post(place, {"then": "next"}).status_code == 302
    ticket = Ticket.objects.get()
    assert "Mời bạn đến cửa 3." in visitor.get(answer["Location"]).content.decode()
    for button in "again", "served":
        assert window.post(place, {"then": button, "ticket": str(ticket.uuid)}).status_code == 302
    assert TicketEnd.objects.get().ticket == ticket
    over = visitor.get(answer["Location"]).content.decode()
    assert "Lượt này đã xong." in over
    assert "chờ bảng gọi" not in over
    assert "Cửa 3" not in visitor.get(f"/bang-goi/{kiosk.uuid}/").content.decode()
    assert window.post(place, {"then": "next"}).status_code == 409
    assert "cửa 3" in window.get("/quay/goi-so/?cua=3").content.decode()
    assert "cửa 3" in window.get("/quay/goi-so/").content.decode(), "it stands there tomorrow, too"
    assert "cửa 4" in window.get("/quay/goi-so/?cua=4").content.decode()


@pytest.mark.parametrize(
    "post", [{}, {"errand": "x", "once": "y"}, {"errand": "submit"}, {"once": str(uuid4())}]
)
def test_a_press_that_is_none_takes_no_number(kiosk: TicketDesk, post: dict[str, str]) -> None:
    assert Client().post(f"/lay-so/{kiosk.uuid}/{kiosk.key}/", post).status_code == 200
    assert not Ticket.objects.exists()


def test_a_wrong_address_is_not_there(kiosk: TicketDesk) -> None:
    assert Client().get(f"/lay-so/{kiosk.uuid}/{'0' * 32}/").status_code == 404
    assert Client().get(f"/bang-goi/{uuid4()}/").status_code == 404


def test_the_board_is_sent_only_when_it_changed(desk: Desk, kiosk: TicketDesk) -> None:
    visitor, address = Client(), f"/bang-goi/{kiosk.uuid}/"
    first = visitor.get(address)
    known = {"If-None-Match": first["ETag"]}
    assert visitor.get(address, headers=known).status_code == 304
    Client().post(f"/lay-so/{kiosk.uuid}/{kiosk.key}/", {"errand": "ask", "once": str(uuid4())})
    services.call_next(desk.commune.pk, 7, actor=desk.clerk, at=clock.now())
    changed = visitor.get(address, headers=known)
    assert changed.status_code == 200
    assert "Cửa 7" in changed.content.decode()
    part = visitor.get(address, headers={**known, "HX-Request": "true"})
    assert b"<html" not in part.content


def test_the_head_opens_the_desk_and_reads_the_load(desk: Desk) -> None:
    head = signed_in(desk, "head")
    assert head.get("/quay/luong-viec/").status_code == 200
    assert head.post("/quay/luong-viec/").status_code == 302
    assert str(TicketDesk.objects.get().uuid) in head.get("/quay/luong-viec/").content.decode()
    assert signed_in(desk, "clerk").get("/quay/luong-viec/").status_code == 403
    assert signed_in(desk, "clerk").get("/quay/goi-so/?cua=x").status_code == 200
    assert signed_in(desk, "clerk").post("/quay/goi-so/", {"then": "x"}).status_code == 404


@pytest.mark.slow
def test_the_head_of_several_desks_is_shown_the_one_stop_centre_first(desk: Desk) -> None:
    centre = make_agency("Trung tâm Thử", kind=AgencyKind.CENTRE, parent=desk.commune)
    user = User.objects.get(pk=desk.head.user)
    make_grant(user, make_pack_role("unit-head"), desk.commune, includes_subordinates=True)
    head = signed_in(desk, "head")
    assert head.get("/quay/luong-viec/").context["agency"] == centre.pk
    for page in "/quay/lich-hen/", "/quay/doi-chieu/":
        assert head.get(page).context["asked"].agency == centre.pk
        asked = head.get(page, {"co-quan": desk.commune.pk}).context["asked"]
        assert asked.agency == desk.commune.pk, "what is named is shown"
    assert head.get("/thu-phi/").context["agency"] == centre.pk
    services.open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    assert head.get("/quay/luong-viec/").context["agency"] == desk.commune.pk


def test_a_desk_among_many_is_found_by_its_name(desk: Desk) -> None:
    other = [make_agency(f"Phòng {number}", parent=desk.commune) for number in range(12)][7]
    user = User.objects.get(pk=desk.head.user)
    make_grant(user, make_pack_role("unit-head"), desk.commune, includes_subordinates=True)
    head, page = signed_in(desk, "head"), "/quay/luong-viec/"
    assert 'name="tim"' in head.get(page).content.decode()
    found = head.get(page, {"tim": "phong 7", "co-quan": str(desk.commune.pk)})
    assert found.context["agency"] == other.pk
    none = head.get(page, {"tim": "nowhere", "co-quan": str(other.pk)})
    assert "Không có cơ quan nào tên như vậy" in none.content.decode()
    assert none.context["agency"] == other.pk
