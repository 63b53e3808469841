"""The directory as of a day, and an agency's history, as anybody reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from tests.worlds import begun_with
from tinhso.agencies import queries
from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import AgencyKind, AgencyPeriod, Duty, Membership
from tinhso.agencies.pages.directory import directory
from tinhso.agencies.pages.history import history
from tinhso.agencies.services import load_units
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.actors import AnonymousVisitor, SystemActor

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
SOMEWHERE = UUID(int=0)


def asked(query: str = "") -> ActedRequest:
    request = RequestFactory().get(f"/co-quan?{query}")
    for name, value in {"actor": AnonymousVisitor(), "at": AT, "user": AnonymousUser()}.items():
        setattr(request, name, value)
    return cast("ActedRequest", request)


def listed(query: str) -> str:
    return directory(asked(query)).content.decode()


@pytest.fixture
@begun_with
def loaded() -> None:
    """The shipped directory."""
    load_units(on=date(2026, 11, 22), actor=SystemActor("test"), at=AT)


@pytest.mark.usefixtures("loaded")
@pytest.mark.slow
def test_it_finds_without_accents_on_the_day_asked() -> None:
    assert "Huyện Đăk Tô" not in listed("tim=dak+to")
    assert "Huyện Đắk Tô" in listed("tim=dak+to&ngay=2025-06-30")
    assert "Xã Đăk Tô" in listed("tim=dak+to")
    assert "H48" in listed("tim=H48.16")
    assert "Sở Y tế tỉnh Quảng Ngãi" in listed("tim=h48.16")
    assert "Không có cơ quan nào khớp" in listed("tim=atlantis")
    assert "96 cơ quan" in listed("loai=commune")


@pytest.mark.usefixtures("loaded")
@pytest.mark.slow
def test_an_agency_shows_where_it_came_from_and_went() -> None:
    tra_bui = queries.agency_by_key("quang-ngai/21142")
    page = history(asked(), tra_bui.uuid).content.decode()
    for said in (
        "Xã Trà Bùi",
        "Chia, tách",
        "Chưa phân bổ",
        "UBND xã Cà Đam",
        "UBND xã Tây Trà Bồng",
    ):
        assert said in page
    ca_dam = queries.agency_by_key("quang-ngai/21136-2025")
    page = history(asked(), ca_dam.uuid).content.decode()
    assert "UBND xã Trà Bùi" in page
    assert "H48.103" not in page or "nền tảng đặt tạm" in page
    labour = queries.agency_by_key("kon-tum/so-lao-dong")
    page = history(asked(), labour.uuid).content.decode()
    assert "Người có công" in page
    assert "đến trước 01/03/2025" in page


def test_a_committee_shows_its_seats() -> None:
    committee = make_agency("Ban Chỉ đạo chuyển đổi số", kind=AgencyKind.COMMITTEE)
    member = make_agency("Sở Khoa học và Công nghệ")
    Membership.objects.create(
        committee=committee, member=member, post="Giám đốc", duty=Duty.SECRETARIAT
    )
    for agency, other in ((committee, "Sở Khoa học"), (member, "Ban Chỉ đạo")):
        page = history(asked(), agency.uuid).content.decode()
        assert other in page
        assert "Giám đốc" in page


def test_it_says_from_when_it_knows_and_what_is_still_to_come() -> None:
    make_agency("Sở Thử", since=date(2025, 3, 1))
    for day, said in (("2025-02-28", "từ ngày 01/03/2025"), ("2030-01-01", "Ngày này chưa tới")):
        assert said in listed(f"ngay={day}")
        assert said not in listed("ngay=2025-03-01")
        assert said not in listed("")


def test_an_unknown_agency_is_not_found() -> None:
    with pytest.raises(AgencyNotFound):
        history(asked(), SOMEWHERE)


def test_the_address_answers_a_visitor(client: Client) -> None:
    agency: Agency = make_agency("Sở Thử")
    assert "Sở Thử" in client.get("/co-quan").content.decode()
    assert client.get(f"/co-quan/{agency.uuid}").status_code == 200
    assert client.get(f"/co-quan/{SOMEWHERE}").status_code == 404
    assert AgencyPeriod.objects.count() == 1
