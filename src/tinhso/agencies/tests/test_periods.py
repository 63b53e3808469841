"""What the tables themselves refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tinhso.agencies.models import Agency, AgencyKind, AgencyPeriod, Level
from tinhso.agencies.tests.factories import make_agency, make_competence, make_field

pytestmark = pytest.mark.django_db

SPRING = date(2025, 3, 1)
SUMMER = date(2025, 7, 1)


def test_an_agency_has_one_name_a_day() -> None:
    agency = make_agency("Sở Y tế", until=SUMMER)
    with pytest.raises(IntegrityError, match="agency_period_no_overlap"), transaction.atomic():
        AgencyPeriod.objects.create(
            agency=agency, name="Sở Sức khỏe", level=Level.PROVINCE, since=date(2025, 6, 30)
        )
    AgencyPeriod.objects.create(
        agency=agency, name="Sở Sức khỏe", level=Level.PROVINCE, since=SUMMER
    )
    assert agency.periods.count() == 2


def test_a_code_belongs_to_one_agency_a_day() -> None:
    make_agency("Sở Y tế", code="H48.18", until=SUMMER)
    with pytest.raises(IntegrityError, match="agency_code_no_overlap"), transaction.atomic():
        make_agency("Sở Khác", code="H48.18", since=SPRING)
    make_agency("Sở Khác", code="H48.18", since=SUMMER)


def test_a_field_has_one_holder_a_day_at_a_level_in_a_place() -> None:
    province = make_agency("Tỉnh Quảng Ngãi", kind=AgencyKind.PROVINCE)
    labour, home = make_agency("Sở LĐTBXH"), make_agency("Sở Nội vụ")
    field = make_field("labour")
    make_competence(labour, field, place=province, until=SPRING)
    with pytest.raises(IntegrityError, match="competence_one_holder"), transaction.atomic():
        make_competence(home, field, place=province, since=date(2025, 2, 28))
    make_competence(home, field, place=province, since=SPRING)
    make_competence(home, field, place=province, level=Level.COMMUNE)
    assert field.competences.count() == 3


def test_it_lists_who_is_alive_on_a_day() -> None:
    ended = make_agency("Huyện Đăk Tô", kind=AgencyKind.DISTRICT, until=SUMMER)
    begun = make_agency("Xã Măng Ri", kind=AgencyKind.COMMUNE, since=SUMMER)
    assert list(Agency.objects.alive(date(2025, 6, 30))) == [ended]
    assert list(Agency.objects.alive(SUMMER)) == [begun]
